import type { StatementJson } from "@/report/statement-schema";
import { addressFrom } from "./vault-builders";

const LINE = {
  block: 10,
  blockHash: `0x${"0a".repeat(32)}`,
  logIndex: 1,
  transaction: `0x${"1a".repeat(32)}`,
  timestamp: 1_750_000_120,
  counterparty: null,
  sharesChange: "600000000000",
  sharesAfter: "600000000000",
  amount: "600000000000",
  interest: "0",
  rounding: "0",
  sharePriceBefore: { assets: "1", shares: "1" },
  sharePriceAfter: { assets: "600000000001", shares: "600000000001" },
} as const;

/** An invented statement: 600,000 paid in, 3,000 lost at block 50, 1,000 came back at block 60. */
export function statementDocument(change: Partial<StatementJson> = {}): StatementJson {
  return {
    schema: "plimsoll-statement/1",
    chainId: 31_337,
    vault: addressFrom(1_000),
    block: { number: 100, hash: `0x${"64".repeat(32)}`, timestamp: 1_750_001_200 },
    asset: { address: addressFrom(2_000), symbol: "USDC", decimals: 6 },
    shareDecimals: 6,
    history: { fromBlock: 1, toBlock: 100, complete: true },
    address: addressFrom(1),
    totals: {
      shares: "600000000000",
      value: "598000000000",
      deposited: "600000000000",
      withdrawn: "0",
      transferredIn: "0",
      transferredOut: "0",
      transferredInShares: "0",
      transferredOutShares: "0",
      interest: "0",
      losses: "3000000000",
      recoveries: "1000000000",
      rounding: "0",
      residual: "0",
      avoided: "0",
      inherited: "0",
    },
    identity: {
      explained: "598000000000",
      rounding: "0",
      value: "598000000000",
      residual: "0",
      closes: true,
    },
    interestAfterLastLine: "0",
    lines: [
      { ...LINE, kind: "deposit", inherited: "0" },
      {
        ...LINE,
        kind: "loss",
        block: 50,
        logIndex: 3,
        counterparty: addressFrom(300),
        sharesChange: "0",
        amount: "3000000000",
      },
      {
        ...LINE,
        kind: "recovery",
        block: 60,
        logIndex: 0,
        counterparty: addressFrom(400),
        sharesChange: "0",
        amount: "1000000000",
      },
    ],
    ...change,
  };
}
