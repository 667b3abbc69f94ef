import type { Address } from "@/domain/model";

/** A vault, named the way an address bar names it. */
export interface VaultRef {
  readonly chainId: number;
  readonly address: Address;
}

/**
 * Every query key, in one place. `["vault", chain, address, "live" | block, …]`: the block is in the key only when the
 * page is pinned to it; live data are re-read when a new head makes everything under "live" stale.
 */
const LIVE = "live";

type At = bigint | undefined;

const vaultKey = ({ chainId, address }: VaultRef, at: At) => ["vault", chainId, address, at ?? LIVE] as const;

/** Everything of a vault as it stands now: what a transaction on it makes stale. */
export function liveVaultKey(ref: VaultRef): readonly unknown[] {
  return vaultKey(ref, undefined);
}

/** The whole report of a vault, at the head or at a block. */
export function reportKey(ref: VaultRef, at: At): readonly unknown[] {
  return [...vaultKey(ref, at), "report"];
}

/**
 * What an operator's account may and has set up. Not live: it changes by transactions, which say so, and by others
 * rarely; whatever is signed is checked again at the click. So it costs no request a block.
 */
export function operatorKey(ref: VaultRef): readonly unknown[] {
  return ["vault", ref.chainId, ref.address, "operator"];
}

/** A timelock's minimum delay and the account's roles in it. */
export function timelockKey(ref: VaultRef, account: Address | undefined): readonly unknown[] {
  return [...operatorKey(ref), "timelock", account ?? "nobody"];
}

/** An account's executor, allowance and balance for liquidations in a vault. */
export function liquidatorKey(ref: VaultRef, account: Address | undefined): readonly unknown[] {
  return [...operatorKey(ref), "liquidator", account ?? "nobody"];
}

/** What selling a position would bring. */
export function saleQuoteKey(ref: VaultRef, sale: readonly unknown[]): readonly unknown[] {
  return [...operatorKey(ref), "sale-quote", ...sale];
}

/** A vault's positions taken apart at a block. */
export function riskBookKey(ref: VaultRef, block: bigint): readonly unknown[] {
  return [...vaultKey(ref, block), "risk-book"];
}

/** The past answers of a vault's feeds, seen from a block. */
export function roundsKey(ref: VaultRef, block: bigint): readonly unknown[] {
  return [...vaultKey(ref, block), "rounds"];
}

/** What the exchanges would pay for a vault's positions at a block. */
export function marketMarkKey(ref: VaultRef, block: bigint): readonly unknown[] {
  return [...vaultKey(ref, block), "market-mark"];
}

/** Oracles, feeds and allowed assets behind a risk book, at its block. */
export function assetOraclesKey(ref: VaultRef, block: bigint): readonly unknown[] {
  return [...vaultKey(ref, block), "asset-oracles"];
}

/** One manager's position taken apart at a block, and what the exchanges would pay for it. */
export function managerRiskKey(
  ref: VaultRef,
  asked: { readonly block: bigint; readonly manager: Address },
): readonly unknown[] {
  return [...vaultKey(ref, asked.block), "manager-risk", asked.manager];
}

/** A manager's health over time: not live, it is read when somebody asks. */
export function healthHistoryKey(ref: VaultRef, manager: Address): readonly unknown[] {
  return ["vault", ref.chainId, ref.address, "health-history", manager];
}

/** The state of a vault that stands beside another one for comparison. Not live: it is read once a page. */
export function peerStateKey(ref: VaultRef, at: At): readonly unknown[] {
  return ["vault", ref.chainId, ref.address, "peer", at ?? "newest"];
}

/** What managers' wrappers hold at a block. */
export function compositionKey(
  ref: VaultRef,
  asked: { readonly block: bigint; readonly managers: readonly Address[] },
): readonly unknown[] {
  return [...vaultKey(ref, asked.block), "composition", ...asked.managers];
}

/**
 * An answer of the ledger that is computed beside the page. Not live: the ledger itself follows the head, and each
 * computation of it has its own number.
 */
export function ledgerAnswerKey(
  ref: VaultRef,
  asked: { readonly question: unknown; readonly version: number },
): readonly unknown[] {
  return ["vault", ref.chainId, ref.address, "ledger", asked.question, asked.version];
}

/** The unrealised shortfall over time: not live, it is read when somebody asks. */
export function unrealisedKey(ref: VaultRef): readonly unknown[] {
  return ["vault", ref.chainId, ref.address, "unrealised"];
}

/** What tokens say of themselves; it does not change. */
export function tokensKey(chainId: number, tokens: readonly Address[]): readonly unknown[] {
  return ["tokens", chainId, ...tokens];
}

/** Whether there is code at an address. */
export function codeKey(chainId: number, address: Address | undefined): readonly unknown[] {
  return ["code", chainId, address ?? "nobody"];
}

/** Whether a key is of live data of a chain: what a new head makes stale. */
export function isLiveKeyOf(chainId: number): (key: readonly unknown[]) => boolean {
  return (key) => key[0] === "vault" && key[1] === chainId && key[3] === LIVE;
}

/**
 * Text that is equal exactly for equal keys: object fields in alphabetical order, as TanStack Query does it, and
 * integers of any size, which it refuses.
 */
export function hashQueryKey(key: readonly unknown[]): string {
  return JSON.stringify(key, (_name, value: unknown) => {
    if (typeof value === "bigint") return { $int: value.toString() };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
