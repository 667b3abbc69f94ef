import { useChainTime } from "@/data/head/use-head";
import { useRuntime } from "@/data/runtime";
import type { VaultReport } from "@/report/vault-report";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { stampOf } from "./model";

export interface LiveStampProps {
  readonly report: VaultReport;
  /** The page shows a past block on purpose, so its age is no fault. */
  readonly isPinned?: boolean;
}

/** The block of a report, its age counted on. */
export function LiveStamp({ report, isPinned = false }: LiveStampProps) {
  const { state, rung } = report.snapshot;
  const time = useChainTime(state.chainId);
  const chain = useRuntime().config.chains.find((one) => one.id === state.chainId);
  const blockTimeSeconds = chain?.blockTimeSeconds;
  return <BlockStamp {...stampOf({ block: state.block, rung, time, blockTimeSeconds, isPinned })} />;
}
