import { type Action, inOrder, type Moment, type ParameterChange, type Part } from "./actions";
import { CORE_MANAGERS, type Opening } from "./core-managers";
import { DAY, HOUR } from "./prices";
import { routineMoments } from "./routine";

/**
 * The story of the vault "core": 126 days of lending USDC, a crash, an exploit during a depeg, and a slide that is
 * not over when the history ends. Times are days since the start.
 */
const MINUTE = 60;
const at = (days: number, minutes = 0): number => Math.round(days * DAY) + minutes * MINUTE;
const ppm = (parts: bigint): Part => ({ ppm: parts });

export const CORE_CHANGES = {
  rateUp: { name: "raise-rate", setter: "setInterestRate", newValueWad: 145_000_000_000_000_000n },
  bondDown: { name: "lower-bond", setter: "setMinBondRatio", newValueWad: 170_000_000_000_000_000n },
  bondUp: { name: "raise-bond", setter: "setMinBondRatio", newValueWad: 250_000_000_000_000_000n },
} as const satisfies Record<string, ParameterChange>;

/** The three causes, the liquidations in time, and who did them. */
const LIQUIDATIONS: readonly (readonly [number, number, string, "wallet" | "sell", string])[] = [
  // An ordinary decline, settled in time.
  [24, 10, "Rail", "wallet", "Castor"],
  // The crash: in time, once capital-free and once from the wallet.
  [44 + 8 / 24, 5, "Zino", "sell", "Pollux"],
  [44.375, 5, "Sandpiper", "wallet", "Castor"],
  // Gap: healthy before the outage of the feeds, insolvent in the first round after it.
  [44.625, 2, "Noddy", "wallet", "Castor"],
  // Delay: could be liquidated since the morning; nobody came before the night.
  [45, 20, "Xenops", "wallet", "Castor"],
  // Execution: almost solvent; what LPs lose is the liquidator's margin.
  [45 + 8 / 24, 15, "Yellowhammer", "wallet", "Castor"],
  [45.5, 10, "Turnstone", "wallet", "Castor"],
  // The exploit: another gap, while USDC is off its peg.
  [80 + 13 / 24, 4, "Skua", "wallet", "Castor"],
  // No price moved here: fifty days of interest did it.
  [102, 45, "Umbrette", "wallet", "Castor"],
  [125.125, 25, "Vireo", "sell", "Pollux"],
];

const DEPOSITS: readonly (readonly [number, string, string])[] = [
  [0.02, "Ada", "700000"],
  [0.1, "Bea", "480000"],
  [0.4, "Cyrus", "350000"],
  [1.3, "Dora", "260000"],
  [2.6, "Elio", "170000"],
  [4.2, "Fenn", "150000"],
  [5.7, "Gus", "320000"],
  [9.1, "Hana", "210000"],
  [12.4, "Ines", "130000"],
  [15.8, "Jory", "260000"],
  [18.2, "Kofi", "95000"],
  [20.9, "Lena", "210000"],
  [23.3, "Milo", "80000"],
  [26.6, "Nora", "175000"],
  [29.4, "Otto", "60000"],
  [31.2, "Pia", "400000"],
  [34.7, "Quin", "45000"],
  [38.5, "Rhea", "120000"],
  [50.3, "Ugo", "650000"],
  [55.2, "Vera", "420000"],
  [62.6, "Wim", "560000"],
  [70.4, "Xenia", "310000"],
  [90.7, "Yara", "1150000"],
  [100.3, "Zeno", "540000"],
];

/** LPs who leave, and who pass shares on: before, between and after the losses. */
const LP_MOVES: readonly (readonly [number, number, Action])[] = [
  [43, 30, { do: "redeem", lp: "Gus", part: "all" }],
  // Between the gap and the delay of the crash.
  [44.75, 12, { do: "give-shares", from: "Jory", to: "Sten", part: "all" }],
  [44.75, 14, { do: "redeem", lp: "Quin", part: "all" }],
  // Between the delay and the execution.
  [45.125, 8, { do: "give-shares", from: "Otto", to: "Tova", part: ppm(500_000n) }],
  [48, 40, { do: "redeem", lp: "Lena", part: ppm(500_000n) }],
  [66, 35, { do: "lock-shares", lp: "Pia", part: ppm(350_000n) }],
  [67, 50, { do: "lock-shares", lp: "Rhea", part: ppm(400_000n) }],
  [79, 20, { do: "redeem", lp: "Hana", part: "all" }],
  [80.875, 25, { do: "withdraw", lp: "Cyrus", amount: "120000" }],
  [81, 31, { do: "give-shares", from: "Milo", to: "Kofi", part: "all" }],
  [97, 17, { do: "give-shares", from: "Sten", to: "Jory", part: ppm(250_000n) }],
  [110, 22, { do: "redeem", lp: "Fenn", part: "all" }],
];

const MANAGER_MOVES: readonly (readonly [number, number, Action])[] = [
  [41, 44, { do: "repay", manager: "Tern", amount: "60000" }],
  [52, 13, { do: "close", manager: "Tern" }],
  [46, 18, { do: "collateral-in", manager: "Bittern", holding: { ticker: "WETH", amount: "25" } }],
  [60.5, 26, { do: "borrow", manager: "Albatross", amount: "50000" }],
  [73, 9, { do: "collateral-out", manager: "Albatross", holding: { ticker: "WBTC", amount: "0.4" } }],
  [95, 33, { do: "bond-out", manager: "Dunlin", amount: "5000" }],
];

/** The timelock's queue, the fees and the reserve. */
const GOVERNANCE: readonly (readonly [number, number, Action])[] = [
  [38, 55, { do: "schedule", change: CORE_CHANGES.rateUp }],
  [40.125, 35, { do: "execute", change: CORE_CHANGES.rateUp }],
  [58, 15, { do: "collect-fees" }],
  [60, 50, { do: "contribute", from: "reserve", amount: "25000" }],
  [70, 40, { do: "curator-fee", bps: 800n }],
  [74, 25, { do: "schedule", change: CORE_CHANGES.bondDown }],
  [75, 25, { do: "cancel", change: CORE_CHANGES.bondDown }],
  [111, 15, { do: "collect-fees" }],
  // 20 hours before the end: pending for 28 hours more.
  [125.125, 40, { do: "schedule", change: CORE_CHANGES.bondUp }],
];

function openings(managers: readonly Opening[]): readonly Moment[] {
  return managers.map((entry) => ({
    atSeconds: at(entry.day, 30),
    actions: [
      {
        do: "open",
        manager: entry.manager,
        bond: entry.bond,
        borrow: entry.borrow,
        collateral: entry.collateral,
        ...(entry.workingCapital === undefined ? {} : { workingCapital: entry.workingCapital }),
      },
    ],
  }));
}

/** The yield vault's depositors earn once a day, which moves its exchange rate. */
function earnings(): readonly Moment[] {
  return Array.from({ length: 125 }, (_, index) => ({
    atSeconds: at(index + 1),
    actions: [{ do: "earn", ticker: "yWETH", amount: "0.18" } as const],
  }));
}

export function coreMoments(): readonly Moment[] {
  const scripted: readonly Moment[] = [
    ...DEPOSITS.map(([days, lp, amount]) => ({
      atSeconds: at(days),
      actions: [{ do: "deposit", lp, amount } as const],
    })),
    ...openings(CORE_MANAGERS),
    ...LIQUIDATIONS.map(([days, minutes, manager, mode, liquidator]) => ({
      atSeconds: at(days, minutes),
      actions: [{ do: "liquidate", manager, mode, liquidator } as const],
    })),
    ...[...LP_MOVES, ...MANAGER_MOVES, ...GOVERNANCE].map(([days, minutes, action]) => ({
      atSeconds: at(days, minutes),
      actions: [action],
    })),
    ...earnings(),
  ];
  return inOrder([...scripted, ...routineMoments({ fromDay: 6, toDay: 125, hour: 10 * HOUR })]);
}
