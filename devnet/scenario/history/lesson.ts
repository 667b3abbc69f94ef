import { inOrder, type Moment } from "./actions";
import { DAY } from "./prices";

/**
 * The textbook case of bad debt, to the unit: a debt of 100,000, a position worth 95,000, a payment of 95,000 (the
 * liquidator's margin is zero here), and 5,000 that three LPs share 60 / 30 / 10.
 *
 * OAT falls from 1.00 to 0.75 at a stroke, so 100,000 OAT and a bond of 20,000 are worth 95,000.
 */
const MANAGER = "Finch";
const at = (days: number, minutes: number): number => days * DAY + minutes * 60;

export function lessonMoments(): readonly Moment[] {
  return inOrder([
    { atSeconds: at(110, 11), actions: [{ do: "deposit", lp: "Ada", amount: "600000" }] },
    { atSeconds: at(110, 26), actions: [{ do: "deposit", lp: "Bea", amount: "300000" }] },
    { atSeconds: at(111, 34), actions: [{ do: "deposit", lp: "Cyrus", amount: "100000" }] },
    {
      atSeconds: at(112, 47),
      actions: [
        {
          do: "open",
          manager: MANAGER,
          bond: "20000",
          borrow: "100000",
          collateral: [{ ticker: "OAT", amount: "100000" }],
        },
      ],
    },
    {
      atSeconds: at(118, 6),
      actions: [{ do: "liquidate", manager: MANAGER, liquidator: "Castor", mode: "wallet" }],
    },
  ]);
}
