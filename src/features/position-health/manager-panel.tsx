import { useMemo } from "react";
import { parseAddress } from "@/data/parse-address";
import { useManagerRisk } from "@/data/risk/use-manager-risk";
import { useChainInfo } from "@/data/use-chain-info";
import { type ManagerComposition, useComposition, useCompositionBlock } from "@/data/vault/use-composition";
import { useTokens } from "@/data/vault/use-tokens";
import type { Address, VaultSnapshot } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { sanitiseText } from "@/shared/text";
import { Callout } from "@/ui/data/messages";
import { LinkButton } from "@/ui/forms/button";
import { HealthHistoryPanel } from "./health-history-panel";
import { ManagerAheadPanel } from "./manager-ahead-panel";
import type { PositionParts } from "./manager-model";
import { ManagerView, type PartsState } from "./manager-view";
import { FAULT_WORD } from "./messages";

export interface ManagerPanelProps {
  readonly report: VaultReport;
  /** As the address bar has it. */
  readonly managerText: string;
  readonly positionsHref: string;
  readonly liquidateHref: string;
}

/** One manager, by the address in the address bar. */
export function ManagerPanel({ managerText, ...props }: ManagerPanelProps) {
  const parsed = parseAddress(managerText);
  if (parsed.ok) return <KnownAddress {...props} manager={parsed.address} />;
  return (
    <Callout
      tone="caution"
      title="This is not a manager's address"
      action={<LinkButton href={props.positionsHref}>All managers of this vault</LinkButton>}
    >
      {parsed.message}
    </Callout>
  );
}

/** The manager's view, with the composition of its position read beside the report. */
function KnownAddress(props: Omit<ManagerPanelProps, "managerText"> & { readonly manager: Address }) {
  const { report, manager } = props;
  const { parts, retry, isRetrying } = usePartsState(report.snapshot, manager);
  const explorer = useChainInfo(report.config.chainId)?.explorerUrl;
  const txHrefOf = useMemo(
    () => (explorer === undefined ? undefined : (hash: string) => `${explorer}/tx/${hash}`),
    [explorer],
  );
  const view = useManagerRisk(report, manager);
  const book = view.risk?.book.kind === "known" ? view.risk.book.value : undefined;
  return (
    <ManagerView
      {...props}
      book={book}
      ahead={<ManagerAheadPanel view={view} manager={manager} />}
      past={<HealthHistoryPanel report={report} manager={manager} book={book} />}
      parts={parts}
      onRetryParts={retry}
      isRetryingParts={isRetrying}
      txHrefOf={txHrefOf}
    />
  );
}

interface PartsReading {
  readonly parts: PartsState;
  readonly retry: () => void;
  readonly isRetrying: boolean;
}

function usePartsState({ state, managers }: VaultSnapshot, manager: Address): PartsReading {
  const position = managers.find((one) => one.manager === manager);
  const block = useCompositionBlock(state.block, position);
  const { composition, error, isFetching, retry } = useComposition(state, {
    managers: position === undefined ? [] : [manager],
    block,
  });
  const found = composition?.managers.find((one) => one.manager === manager);
  const underlyings = useMemo(() => underlyingsOf(found), [found]);
  const tokens = useTokens(state.chainId, { tokens: underlyings, block });
  const parts = useMemo((): PartsState => {
    if (found !== undefined) return { kind: "ready", parts: partsOf(found, tokens) };
    if (composition !== undefined) return { kind: "unavailable", reason: "value-unreadable" };
    if (error === undefined) return { kind: "loading" };
    const host = error.endpointHost === undefined ? "" : ` Endpoint: ${error.endpointHost}.`;
    return { kind: "failed", cause: `${FAULT_WORD[error.code]}${host}` };
  }, [found, composition, error, tokens]);
  return { parts, retry, isRetrying: isFetching };
}

function underlyingsOf(composition: ManagerComposition | undefined): readonly Address[] {
  const found = new Set<Address>();
  for (const { underlying } of composition?.wrappers ?? [])
    if (underlying !== undefined) found.add(underlying);
  return [...found].sort();
}

function partsOf(composition: ManagerComposition, tokens: ReturnType<typeof useTokens>): PositionParts {
  const words = new Map(tokens.map((token) => [token.address, token]));
  return {
    bondValueUsdWad: composition.bondValueUsdWad,
    workingCapitalValueUsdWad: composition.workingCapitalValueUsdWad,
    wrappers: composition.wrappers?.map(({ wrapper, underlying, positions }) => {
      const token = underlying === undefined ? undefined : words.get(underlying);
      return {
        wrapper,
        underlying,
        symbol: token?.symbol === undefined ? undefined : sanitiseText(token.symbol, 16),
        decimals: token?.decimals,
        positions,
      };
    }),
  };
}
