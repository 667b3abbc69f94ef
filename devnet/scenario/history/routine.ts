import type { Action, Moment } from "./actions";
import { DAY } from "./prices";

/**
 * What happens on an ordinary day: one small thing, taken in turn from a fixed rota, so that the vault's state
 * changes day by day as a living vault's does. No chance is involved.
 */
const LPS = ["Ada", "Bea", "Dora", "Elio", "Ines", "Kofi", "Nora", "Pia", "Rhea"] as const;
/** Managers who are there from the first week to the last day. */
const MANAGERS = ["Albatross", "Bittern", "Cormorant", "Dunlin"] as const;

export function routineMoments(args: {
  readonly fromDay: number;
  readonly toDay: number;
  readonly hour: number;
}): readonly Moment[] {
  const moments: Moment[] = [];
  for (let day = args.fromDay; day < args.toDay; day += 1) {
    // The crash has its own script.
    if (day >= 43 && day <= 47) continue;
    const minute = (day * 7) % 50;
    moments.push({ atSeconds: day * DAY + args.hour + minute * 60, actions: [routineOf(day)] });
  }
  return moments;
}

function routineOf(day: number): Action {
  // An LP who is in the vault by that day.
  const present = LPS.slice(0, day < 40 ? 4 : LPS.length);
  const lp = present[day % present.length] ?? "Ada";
  const other = present[(day + 2) % present.length] ?? "Bea";
  const manager = MANAGERS[Math.floor(day / 5) % MANAGERS.length] ?? "Albatross";
  switch (day % 5) {
    case 0:
      return { do: "deposit", lp, amount: String(4_000 + ((day * 613) % 17_000)) };
    case 1:
      return { do: "repay", manager, amount: { of: "interest" } };
    case 2:
      return { do: "withdraw", lp, amount: String(2_500 + ((day * 331) % 6_000)) };
    case 3:
      return { do: "bond-in", manager, amount: String(800 + ((day * 97) % 1_700)) };
    default:
      return {
        do: "give-shares",
        from: lp,
        to: other === lp ? "Bea" : other,
        part: { ppm: BigInt(2_000 + ((day * 41) % 6_000)) },
      };
  }
}
