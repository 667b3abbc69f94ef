import type { VaultReport } from "@/report/vault-report";
import { depositAt, LESSON, lessonReport, lossAt, recoveryAt, withdrawAt } from "./report-builders";
import { addressFrom, fluxOf, historyOf, stateOf, USDC } from "./vault-builders";

/** Came after the loss of the lesson. */
export const NEWCOMER = addressFrom(4);

/**
 * The lesson's vault some time after its loss of 5,000, borne 3,000, 1,500 and 500: the third LP has left, and
 * somebody has come with as many shares. Of a million shares 600,000, 300,000 and 100,000 are held now.
 */
export function afterLessonReport(
  change: { readonly isComplete?: boolean; readonly paidBack?: bigint } = {},
): VaultReport {
  const [first, second, third] = LESSON.lps;
  const { isComplete = true, paidBack = 0n } = change;
  const assets = 995_500n + paidBack;
  return lessonReport({
    state: stateOf({
      totalAssets: assets * USDC,
      totalSupplyShares: 1_000_000n * USDC,
      virtualShares: 0n,
      flux: fluxOf({ totalBadDebtAssets: 5_000n * USDC, idleAssets: assets * USDC }),
    }),
    history: historyOf(
      [
        ...depositAt(10n, first, 600_000n),
        ...depositAt(11n, second, 300_000n),
        ...depositAt(12n, third, 100_000n),
        ...lossAt(50n, {
          manager: LESSON.manager,
          debt: 100_000n,
          value: 95_000n,
          payment: 95_000n,
          totalAssetsBefore: 1_000_000n,
          supply: 1_000_000n,
        }),
        ...withdrawAt(60n, third, { assets: 99_500n * USDC, shares: 100_000n * USDC }),
        ...depositAt(61n, NEWCOMER, 100_000n),
        ...(paidBack === 0n
          ? []
          : [recoveryAt(70n, { assets: paidBack, totalAssetsBefore: 995_500n, supply: 1_000_000n })]),
      ],
      { complete: isComplete },
    ),
  });
}
