import { type Action, inOrder, type Moment } from "./actions";
import { DAY } from "./prices";

/**
 * A quiet vault that lends WETH: eight LPs, five managers far above the line, nothing lost. Its numbers have 18
 * decimals and its base asset's price is far from 1 USD.
 */
const at = (days: number): number => Math.round(days * DAY) + 21 * 60;

const STORY: readonly (readonly [number, Action])[] = [
  [60.3, { do: "deposit", lp: "Ada", amount: "120" }],
  [60.6, { do: "deposit", lp: "Bea", amount: "80" }],
  [62.2, { do: "deposit", lp: "Kofi", amount: "60.5" }],
  [63.5, { do: "deposit", lp: "Lena", amount: "45" }],
  [65.4, { do: "deposit", lp: "Milo", amount: "30.25" }],
  [68.7, { do: "deposit", lp: "Nora", amount: "25" }],
  [72.1, { do: "deposit", lp: "Pia", amount: "75" }],
  [88.6, { do: "deposit", lp: "Zeno", amount: "50.125" }],
  [
    64.2,
    {
      do: "open",
      manager: "Avocet",
      bond: "22",
      borrow: "62",
      collateral: [{ ticker: "yWETH", amount: "67" }],
    },
  ],
  [
    66.4,
    {
      do: "open",
      manager: "Brant",
      bond: "20",
      borrow: "60",
      collateral: [{ ticker: "USDC", amount: "220000" }],
    },
  ],
  [
    73.3,
    {
      do: "open",
      manager: "Coot",
      bond: "25",
      borrow: "70",
      collateral: [{ ticker: "WBTC", amount: "4.1" }],
      workingCapital: "2.5",
    },
  ],
  [
    80.1,
    {
      do: "open",
      manager: "Dipper",
      bond: "18",
      borrow: "45",
      collateral: [{ ticker: "yWETH", amount: "52" }],
    },
  ],
  [
    94.8,
    {
      do: "open",
      manager: "Eider",
      bond: "22",
      borrow: "50",
      collateral: [
        { ticker: "yWETH", amount: "30" },
        { ticker: "USDC", amount: "90000" },
      ],
    },
  ],
  [84.5, { do: "repay", manager: "Avocet", amount: { of: "interest" } }],
  [91.5, { do: "give-shares", from: "Kofi", to: "Rhea", part: { ppm: 400_000n } }],
  [99.2, { do: "withdraw", lp: "Bea", amount: "12.5" }],
  [104.4, { do: "repay", manager: "Coot", amount: "15" }],
  [109.9, { do: "redeem", lp: "Nora", part: "all" }],
  [116.3, { do: "bond-in", manager: "Brant", amount: "3.2" }],
  [121.6, { do: "collect-fees" }],
];

export function wethMoments(): readonly Moment[] {
  return inOrder(STORY.map(([days, action]) => ({ atSeconds: at(days), actions: [action] })));
}
