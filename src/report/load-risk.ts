import { PAYMENT_RULE_VIEW } from "@/chain/flux/oracle-views";
import { encodeView } from "@/chain/flux/views";
import { ethCall, viewResultOf } from "@/chain/reads/call";
import { fetchComposition } from "@/chain/reads/composition";
import type { ManagerComposition } from "@/chain/reads/composition-parts";
import { fetchPools } from "@/chain/reads/pools";
import { fetchPriceSources } from "@/chain/reads/price-sources";
import { uintOf } from "@/chain/reads/view-values";
import type { Rpc } from "@/chain/rpc/rpc";
import { figureOf, known, unknown } from "@/domain/figure";
import { positionValueOf, trueDebtAssets } from "@/domain/health";
import { type PaymentRule, paymentDown } from "@/domain/liquidation";
import type { Address, Figure, FluxState, ManagerState, VaultSnapshot, VaultState } from "@/domain/model";
import type { RiskAsset, RiskBook, RiskPart, RiskPosition } from "@/domain/risk/model";
import { valueUsdWadAt } from "@/domain/risk/outcome";
import { todaysPrices } from "@/domain/risk/prices";
import type { VaultReport } from "./vault-report";

export interface RiskRequest {
  readonly report: Pick<VaultReport, "snapshot" | "config">;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a vault's positions apart at the report's own block: what each holds, what that is priced at and from where,
 * which payment rule the strategy follows, and the exchanges where it could be sold. Unknown "not-published" for a
 * vault that is not Flux or names no oracle registry.
 *
 * @throws ChainError as the reads below; `aborted` when the signal fires.
 */
export async function loadRiskBook(rpc: Rpc, { report, signal }: RiskRequest): Promise<Figure<RiskBook>> {
  const { snapshot, config } = report;
  const { state, managers } = snapshot;
  const { block, flux } = state;
  const registry = flux?.oracleRegistry;
  if (flux === undefined || registry === undefined) return unknown("not-published");
  const owing = managers.filter((manager) => trueDebtAssets(manager) > 0n);
  const base = state.asset.address;
  const [compositions, pools, ruleSaid] = await Promise.all([
    fetchComposition(rpc, {
      vault: state.address,
      managers: owing.map(({ manager }) => manager),
      block,
      signal,
    }),
    fetchPools(rpc, { pools: config.pools, base, block, signal }),
    fetchPaymentRule(rpc, { flux, state, signal }),
  ]);
  const partsOf = new Map(compositions.map((one) => [one.manager, wrapperPartsOf(one)]));
  const held = [...partsOf.values()].flatMap((parts) => (parts ?? []).map(({ asset }) => asset));
  const assets = await fetchPriceSources(rpc, {
    assets: [...new Set([base, ...held])],
    registry,
    block,
    signal,
  });
  const rule = ruleOfQuotes({ managers: owing, state, flux, ruleSaid });
  const draft: RiskBook = { state, assets, positions: [], unread: [], rule, exits: pools };
  return known(assembleBook({ draft, snapshot, owing, partsOf }));
}

function assembleBook(input: {
  readonly draft: RiskBook;
  readonly snapshot: VaultSnapshot;
  readonly owing: readonly ManagerState[];
  readonly partsOf: ReadonlyMap<Address, readonly RiskPart[] | undefined>;
}): RiskBook {
  const { draft, snapshot, owing, partsOf } = input;
  const positions: RiskPosition[] = [];
  const unread: Address[] = [...snapshot.unreadManagers];
  for (const manager of owing) {
    const wrapped = partsOf.get(manager.manager);
    if (wrapped === undefined) unread.push(manager.manager);
    else positions.push(positionOf({ manager, wrapped, draft }));
  }
  return { ...draft, positions, unread };
}

/** One part a stored position, as the contract rounds each; undefined where a wrapper or a balance did not say. */
function wrapperPartsOf({ wrappers }: ManagerComposition): readonly RiskPart[] | undefined {
  const parts: RiskPart[] = [];
  if (wrappers === undefined) return undefined;
  for (const { underlying, positions } of wrappers) {
    if (positions === undefined) return undefined;
    for (const { balance } of positions) {
      if (balance === undefined || underlying === undefined) return undefined;
      if (balance > 0n) parts.push({ asset: underlying, amount: balance, isBond: false });
    }
  }
  return parts;
}

function positionOf(input: {
  readonly manager: ManagerState;
  readonly wrapped: readonly RiskPart[];
  readonly draft: RiskBook;
}): RiskPosition {
  const { manager, wrapped, draft } = input;
  const asset = draft.state.asset.address;
  const position: RiskPosition = {
    manager: manager.manager,
    principalAssets: manager.principalAssets,
    accruedInterestAssets: manager.accruedInterestAssets,
    bondAssets: manager.bondAssets,
    parts: [
      { asset, amount: manager.bondAssets, isBond: true },
      { asset, amount: manager.workingCapitalAssets, isBond: false },
      ...wrapped,
    ],
    valueUsdWad: figureOf(manager.valueUsdWad, "value-unreadable"),
    quote: manager.quote,
    isExact: false,
  };
  const rebuilt = valueUsdWadAt(position, { book: draft, prices: todaysPrices(draft) });
  const isRebuilt = rebuilt.kind === "known" && rebuilt.value === manager.valueUsdWad;
  return { ...position, isExact: isRebuilt && hasKnownSources(position, draft.assets) };
}

/** Whether every price that the position depends on is one whose movement can be followed. */
function hasKnownSources({ parts }: RiskPosition, assets: ReadonlyMap<Address, RiskAsset>): boolean {
  return parts.every(({ asset }) => {
    const kind = assets.get(asset)?.source.kind;
    return kind !== undefined && kind !== "unknown";
  });
}

async function fetchPaymentRule(
  rpc: Rpc,
  {
    flux,
    state,
    signal,
  }: { readonly flux: FluxState; readonly state: VaultState; readonly signal?: AbortSignal | undefined },
): Promise<PaymentRule | undefined> {
  const call = { to: flux.strategy.address, data: encodeView(PAYMENT_RULE_VIEW) };
  const [answer] = await rpc.batch([ethCall(call, state.block)], { signal });
  const said = answer === undefined ? undefined : uintOf(viewResultOf(answer));
  return said === 0n ? "a" : said === 1n ? "b" : undefined;
}

/** The rule under which every quote of the strategy is what the model pays; the strategy's own word decides where both fit. */
function ruleOfQuotes(input: {
  readonly managers: readonly ManagerState[];
  readonly state: VaultState;
  readonly flux: FluxState;
  readonly ruleSaid: PaymentRule | undefined;
}): PaymentRule | undefined {
  const { managers, state, flux, ruleSaid } = input;
  const fits = (rule: PaymentRule): boolean =>
    managers.every((manager) => {
      const position = positionValueOf(manager, state);
      if (position.kind === "unknown" || manager.quote === undefined) return true;
      const modelled = paymentDown({
        rule,
        valueAssets: position.value.valueAssets,
        trueDebtAssets: position.value.debtAssets,
        profitMarginWad: flux.strategy.liquidationProfitMarginWad,
      });
      return modelled === manager.quote.minPaymentAssets;
    });
  const fitting = (["a", "b"] as const).filter(fits);
  if (fitting.length === 1) return fitting[0];
  return fitting.length === 2 ? ruleSaid : undefined;
}
