import { corridorOf } from "@/domain/liquidation";
import type { Figure } from "@/domain/model";
import { queueOf } from "@/domain/timelock";
import type { VaultReport } from "@/report/vault-report";
import {
  formatAddress,
  formatBps,
  formatInteger,
  formatRatio,
  formatRatioPercent,
  formatTimestamp,
} from "@/shared/format";
import type { KeyValue } from "@/ui/data/key-value-list";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

const percent = (ratioWad: bigint): string => formatRatioPercent({ ratioWad });

const percentOr = (figure: Figure): string =>
  figure.kind === "known" ? percent(figure.value) : WHY_UNKNOWN[figure.reason];

/** The parameters that stand between a falling price and a loss; undefined where the vault publishes none. */
export function parameterLines(report: VaultReport): readonly KeyValue[] | undefined {
  const flux = report.snapshot.state.flux;
  if (flux === undefined) return undefined;
  const { strategy } = flux;
  const corridor = corridorOf(strategy);
  return [
    {
      key: "bond",
      label: "Minimum bond ratio",
      value: percent(strategy.minBondRatioWad),
      hint: "what a manager posts against each borrowed unit",
    },
    {
      key: "buffer",
      label: "Liquidation buffer",
      value: percent(strategy.liquidationBufferWad),
      hint: "a larger buffer means later liquidation and a thinner cushion for LPs",
    },
    {
      key: "threshold",
      label: "Liquidation threshold T",
      value: formatRatio({ ratioWad: corridor.thresholdWad }),
      hint: "1 + bond ratio − buffer; below this health a manager can be liquidated",
    },
    {
      key: "gap",
      label: "Gap tolerance",
      value: percentOr(corridor.gapToleranceAWad),
      hint: "how far value may fall between trigger and settlement before LPs lose",
    },
    {
      key: "rate",
      label: "Interest rate",
      value: `${percent(strategy.interestRateWad)} a year`,
      hint: "paid by managers, simple and linear",
    },
    {
      key: "fees",
      label: "Fees on interest",
      value:
        flux.protocolFeeBps === undefined
          ? `curator ${formatBps(flux.curatorFeeBps)}, protocol not published`
          : `curator ${formatBps(flux.curatorFeeBps)}, protocol ${formatBps(flux.protocolFeeBps)}`,
    },
    { key: "mutable", label: "Who can change them", value: changedBy(report) },
  ];
}

function changedBy(report: VaultReport): string {
  const strategy = report.snapshot.state.flux?.strategy;
  if (strategy === undefined || !strategy.isMutable) return "nobody, ever: the strategy is immutable";
  return strategy.owner === undefined ? "not published" : `only ${formatAddress(strategy.owner)}`;
}

/** Parameter changes that wait in the timelock, in words; an empty list means that none waits. */
export function pendingChanges(report: VaultReport): readonly string[] {
  const { block } = report.snapshot.state;
  const queue = queueOf({
    events: report.history.timelock,
    nowSeconds: block.timestampSeconds,
    minDelaySeconds: 0n,
  });
  return queue
    .filter(({ state }) => state === "pending" || state === "ready")
    .map(({ calls, etaSeconds, state }) => {
      const count = `${formatInteger(calls.length)} ${calls.length === 1 ? "call" : "calls"}`;
      return state === "ready"
        ? `${count}, may be executed since ${formatTimestamp(etaSeconds)}`
        : `${count}, may be executed from ${formatTimestamp(etaSeconds)}`;
    });
}
