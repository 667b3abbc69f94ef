import { known } from "@/domain/figure";
import type { LpStatement, StatementLine } from "@/domain/ledger-model";
import { addressFrom, USDC } from "./vault-builders";

const PRICE = known({ assets: 1_000_001n, shares: 1_000_001n });

/** One line of an invented statement: a loss of 3,000 at block 50, log 0. */
export function statementLine(change: Partial<StatementLine> = {}): StatementLine {
  return {
    kind: "loss",
    at: { blockNumber: 50n, logIndex: 0 },
    atSeconds: 1_750_000_600n,
    transactionHash: `0x${"5a".repeat(32)}`,
    blockHash: `0x${"50".repeat(32)}`,
    counterparty: addressFrom(300),
    sharesChange: 0n,
    sharesAfter: 600_000n * USDC,
    amountAssets: known(3_000n * USDC),
    interestAssets: known(0n),
    roundingAssets: known(0n),
    priceBefore: PRICE,
    priceAfter: PRICE,
    shiftAssets: undefined,
    ...change,
  };
}

/**
 * An invented statement: 600,000 paid in, 5 of interest, 3,000 lost by a recorded loss and 7 by a fall that no event
 * explains, 2 came back, and 1 unit of rounding.
 */
export function lpStatement(change: Partial<LpStatement> = {}): LpStatement {
  return {
    address: addressFrom(1),
    shares: 600_000n * USDC,
    valueAssets: known(597_000n * USDC - 1n),
    depositedAssets: 600_000n * USDC,
    withdrawnAssets: 0n,
    transferredInAssets: known(0n),
    transferredOutAssets: known(0n),
    interestAssets: known(5n * USDC),
    lossesAssets: known(3_007n * USDC),
    recoveriesAssets: known(2n * USDC),
    roundingAssets: known(-1n),
    residualAssets: known(0n),
    avoidedAssets: known(0n),
    inheritedAssets: { kind: "unknown", reason: "archive-unavailable" },
    interestAfterLastLineAssets: known(1n),
    lines: [
      statementLine({
        kind: "deposit",
        at: { blockNumber: 10n, logIndex: 1 },
        counterparty: undefined,
        sharesChange: 600_000n * USDC,
        amountAssets: known(600_000n * USDC),
        shiftAssets: { kind: "unknown", reason: "archive-unavailable" },
      }),
      statementLine({ interestAssets: known(5n * USDC - 1n), roundingAssets: known(-1n) }),
      statementLine({
        kind: "fall",
        at: { blockNumber: 60n, logIndex: -1 },
        transactionHash: undefined,
        counterparty: undefined,
        amountAssets: known(7n * USDC),
      }),
      statementLine({
        kind: "recovery",
        at: { blockNumber: 70n, logIndex: 2 },
        counterparty: addressFrom(400),
        amountAssets: known(2n * USDC),
      }),
    ],
    ...change,
  };
}
