import { useMemo, useState } from "react";
import { timelockOf } from "@/data/operator/known-contracts";
import { useTimelock } from "@/data/operator/use-timelock";
import { writeObstacleOf } from "@/data/operator/write-obstacle";
import { useSession } from "@/data/wallet/use-wallet";
import type { FluxState } from "@/domain/model";
import { queueOf } from "@/domain/timelock";
import type { VaultReport } from "@/report/vault-report";
import { controlOf } from "./control";
import { OBSTACLE_WORDS } from "./messages";
import { openIdsOf } from "./queue";

/** What the chain says of the timelock and its queue, and whether this reader may sign anything here. */
export function useControl(
  report: VaultReport,
  { flux, isPinned }: { readonly flux: FluxState; readonly isPinned: boolean },
) {
  const { config, history, snapshot } = report;
  const { state } = snapshot;
  const session = useSession();
  const [isConfirmed, setIsConfirmed] = useState(false);
  const timelockAddress = timelockOf({ config, state });
  const nowSeconds = state.block.timestampSeconds;
  const ids = useMemo(
    () => openIdsOf(queueOf({ events: history.timelock, nowSeconds, minDelaySeconds: 0n })),
    [history.timelock, nowSeconds],
  );
  const { timelock, error, isFetching, retry } = useTimelock(
    { chainId: state.chainId, address: state.address },
    {
      timelock: flux.strategy.isMutable ? timelockAddress : undefined,
      ids,
      pinnedTo: isPinned ? state.block : undefined,
    },
  );
  const minDelaySeconds = timelock?.minDelaySeconds ?? 0n;
  const operations = useMemo(
    () => queueOf({ events: history.timelock, nowSeconds, minDelaySeconds }),
    [history.timelock, nowSeconds, minDelaySeconds],
  );
  const obstacle = writeObstacleOf({ config, session, isPinned, isConfirmed });
  return {
    session,
    control: controlOf({ strategy: flux.strategy, timelockAddress, timelock }),
    timelock,
    error,
    isFetching,
    retry,
    operations,
    obstacleText: obstacle === undefined ? undefined : OBSTACLE_WORDS[obstacle],
    // A file for a multisig needs no wallet here, but the same vault and the present.
    exportObstacleText:
      obstacle === "pinned" || obstacle === "not-listed" ? OBSTACLE_WORDS[obstacle] : undefined,
    isConfirmed,
    setIsConfirmed,
  };
}

export type ControlState = ReturnType<typeof useControl>;
