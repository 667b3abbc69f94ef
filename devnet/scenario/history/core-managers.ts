import type { Holding } from "./actions";

export interface Opening {
  readonly manager: string;
  readonly day: number;
  readonly bond: string;
  readonly borrow: string;
  readonly collateral: readonly Holding[];
  readonly workingCapital?: string;
}

/**
 * Who borrows what, and when. The amounts decide where each manager's health stands at the end of the history, or
 * when and in what state it is liquidated; the scenario's tests hold them to it.
 */
export const CORE_MANAGERS: readonly Opening[] = [
  // Far above the line at the end.
  {
    manager: "Albatross",
    day: 3,
    bond: "120000",
    borrow: "260000",
    collateral: [{ ticker: "WBTC", amount: "6.2" }],
  },
  {
    manager: "Bittern",
    day: 4,
    bond: "70000",
    borrow: "220000",
    collateral: [{ ticker: "WETH", amount: "75" }],
  },
  {
    manager: "Cormorant",
    day: 5,
    bond: "90000",
    borrow: "300000",
    collateral: [{ ticker: "yWETH", amount: "125" }],
    workingCapital: "15000",
  },
  {
    manager: "Dunlin",
    day: 5.5,
    bond: "60000",
    borrow: "180000",
    collateral: [
      { ticker: "eUSD", amount: "120000" },
      { ticker: "WETH", amount: "32" },
    ],
  },
  // Liquidated along the way.
  {
    manager: "Rail",
    day: 6,
    bond: "30000",
    borrow: "150000",
    collateral: [{ ticker: "ARB", amount: "135500" }],
  },
  {
    manager: "Tern",
    day: 13,
    bond: "60000",
    borrow: "200000",
    collateral: [{ ticker: "WETH", amount: "72" }],
  },
  {
    manager: "Zino",
    day: 27,
    bond: "62000",
    borrow: "300000",
    collateral: [{ ticker: "WETH", amount: "78" }],
  },
  {
    manager: "Sandpiper",
    day: 33,
    bond: "50000",
    borrow: "250000",
    collateral: [{ ticker: "WETH", amount: "66.5" }],
  },
  {
    manager: "Umbrette",
    day: 40,
    bond: "42000",
    borrow: "210000",
    collateral: [{ ticker: "eUSD", amount: "190500" }],
  },
  {
    manager: "Yellowhammer",
    day: 37,
    bond: "50000",
    borrow: "240000",
    collateral: [{ ticker: "WBTC", amount: "3.4" }],
  },
  {
    manager: "Turnstone",
    day: 39,
    bond: "80000",
    borrow: "280000",
    collateral: [{ ticker: "WBTC", amount: "4.1" }],
  },
  {
    manager: "Xenops",
    day: 41,
    bond: "84000",
    borrow: "400000",
    collateral: [{ ticker: "WETH", amount: "107" }],
  },
  {
    manager: "Noddy",
    day: 42,
    bond: "100000",
    borrow: "480000",
    collateral: [{ ticker: "WETH", amount: "130" }],
  },
  {
    manager: "Skua",
    day: 64,
    bond: "40000",
    borrow: "130000",
    collateral: [{ ticker: "ARB", amount: "125000" }],
  },
  {
    manager: "Vireo",
    day: 112,
    bond: "60000",
    borrow: "300000",
    collateral: [{ ticker: "WETH", amount: "90.5" }],
  },
  // Posted a bond, never borrowed.
  { manager: "Wigeon", day: 57, bond: "50000", borrow: "0", collateral: [] },
  // In between at the end.
  {
    manager: "Egret",
    day: 51,
    bond: "110000",
    borrow: "320000",
    collateral: [{ ticker: "WETH", amount: "118" }],
  },
  {
    manager: "Fulmar",
    day: 53,
    bond: "90000",
    borrow: "280000",
    collateral: [{ ticker: "WBTC", amount: "5" }],
  },
  {
    manager: "Gannet",
    day: 59,
    bond: "75000",
    borrow: "250000",
    collateral: [{ ticker: "yWETH", amount: "95" }],
  },
  {
    manager: "Heron",
    day: 61,
    bond: "100000",
    borrow: "350000",
    collateral: [{ ticker: "WETH", amount: "118" }],
  },
  {
    manager: "Ibis",
    day: 65,
    bond: "66000",
    borrow: "300000",
    collateral: [{ ticker: "WBTC", amount: "5" }],
  },
  {
    manager: "Jacana",
    day: 86,
    bond: "40000",
    borrow: "120000",
    collateral: [{ ticker: "ARB", amount: "190000" }],
  },
  {
    manager: "Kittiwake",
    day: 92,
    bond: "80000",
    borrow: "380000",
    collateral: [{ ticker: "WETH", amount: "127" }],
  },
  {
    manager: "Lapwing",
    day: 99,
    bond: "64000",
    borrow: "290000",
    collateral: [{ ticker: "WETH", amount: "93.5" }],
  },
  {
    manager: "Merlin",
    day: 104,
    bond: "56000",
    borrow: "260000",
    collateral: [{ ticker: "WBTC", amount: "3.87" }],
  },
  // Below the line at the end, and nobody has come yet.
  {
    manager: "Osprey",
    day: 113,
    bond: "80000",
    borrow: "380000",
    collateral: [{ ticker: "WETH", amount: "112" }],
  },
  {
    manager: "Petrel",
    day: 115,
    bond: "60000",
    borrow: "290000",
    collateral: [{ ticker: "WETH", amount: "80" }],
  },
  {
    manager: "Quail",
    day: 117,
    bond: "70000",
    borrow: "340000",
    collateral: [{ ticker: "WETH", amount: "90" }],
  },
  {
    manager: "Shag",
    day: 119,
    bond: "50000",
    borrow: "240000",
    collateral: [{ ticker: "WBTC", amount: "3.5" }],
  },
];
