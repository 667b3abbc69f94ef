import { isZeroAddress } from "./address";
import type { Address, Hex, VaultEvent } from "./model";

/**
 * One action of a block as the vault's logs tell it: a deposit or withdrawal (share transfer and event together), a
 * bare transfer, a loss, a recovery, a collection of interest. What moves neither shares nor total assets (loans,
 * repayments of principal, bonds) is no step.
 */
export interface BlockStep {
  readonly firstLogIndex: number;
  /** The same as the first unless two logs tell of one action. */
  readonly lastLogIndex: number;
  /** Signed; what the logs say that the action did to total assets. Zero for a loss that the vault did not state. */
  readonly assetsChange: bigint;
  /** Signed; shares minted less burned. */
  readonly sharesChange: bigint;
  /** What the vault itself says of its totals around the action. */
  readonly stated:
    | { readonly beforeAssets: bigint; readonly afterAssets: bigint; readonly supplyShares: bigint }
    | undefined;
  /** A liquidation that left bad debt and whose loss the vault did not state. */
  readonly unstated: { readonly manager: Address; readonly badDebtAssets: bigint } | undefined;
  /** Interest was split into fees, each rounded down: total assets may rise by {@link MAX_FEE_DUST_ASSETS}. */
  readonly mayRoundUp: boolean;
}

/**
 * The most by which total assets rise when interest is collected: each of the two fees is rounded down to whole
 * units, and the fraction that no interest backs any more falls to LPs (`InterestLedger._collectInterest`).
 */
export const MAX_FEE_DUST_ASSETS = 2n;

type Draft = { -readonly [K in keyof BlockStep]: BlockStep[K] } & {
  readonly transactionHash: Hex;
  /** What still waits for its other log: the holder of a mint or burn, or the manager of a liquidation. */
  waiting:
    | {
        readonly kind: "mint" | "burn" | "deposit" | "withdraw" | "liquidated" | "loss";
        readonly who: Address;
        readonly amount: bigint;
      }
    | undefined;
};

const PARTNER = {
  mint: "deposit",
  burn: "withdraw",
  deposit: "mint",
  withdraw: "burn",
  liquidated: "loss",
  loss: "liquidated",
} as const;

function draftOf(event: VaultEvent, change: Partial<Draft>): Draft {
  return {
    firstLogIndex: event.logIndex,
    lastLogIndex: event.logIndex,
    assetsChange: 0n,
    sharesChange: 0n,
    stated: undefined,
    unstated: undefined,
    mayRoundUp: false,
    transactionHash: event.transactionHash,
    waiting: undefined,
    ...change,
  };
}

function draftOfEvent(event: VaultEvent): Draft | undefined {
  switch (event.kind) {
    case "transfer": {
      const { from, to, shares } = event;
      if (isZeroAddress(from) && isZeroAddress(to)) return draftOf(event, {});
      if (isZeroAddress(from)) {
        return draftOf(event, { sharesChange: shares, waiting: { kind: "mint", who: to, amount: shares } });
      }
      if (isZeroAddress(to)) {
        return draftOf(event, {
          sharesChange: -shares,
          waiting: { kind: "burn", who: from, amount: shares },
        });
      }
      return draftOf(event, {});
    }
    case "deposit":
      return draftOf(event, {
        assetsChange: event.assets,
        waiting: { kind: "deposit", who: event.owner, amount: event.shares },
      });
    case "withdraw":
      return draftOf(event, {
        assetsChange: -event.assets,
        waiting: { kind: "withdraw", who: event.owner, amount: event.shares },
      });
    case "liquidated":
      if (event.badDebtAssets === 0n) return draftOf(event, {});
      return draftOf(event, {
        unstated: { manager: event.manager, badDebtAssets: event.badDebtAssets },
        waiting: { kind: "liquidated", who: event.manager, amount: 0n },
      });
    case "loss":
      return draftOf(event, {
        assetsChange: event.totalAssetsAfter - event.totalAssetsBefore,
        stated: {
          beforeAssets: event.totalAssetsBefore,
          afterAssets: event.totalAssetsAfter,
          supplyShares: event.totalSupplyShares,
        },
        waiting: { kind: "loss", who: event.manager, amount: 0n },
      });
    case "recovery":
      return draftOf(event, {
        assetsChange: event.assets,
        stated: {
          beforeAssets: event.totalAssetsBefore,
          afterAssets: event.totalAssetsBefore + event.assets,
          supplyShares: event.totalSupplyShares,
        },
      });
    case "interest-collected":
      return draftOf(event, { mayRoundUp: true });
    case "borrowed":
    case "repaid":
    case "bond-deposited":
    case "bond-withdrawn":
    case "deleveraged":
      return undefined;
  }
}

/** The nearest earlier draft of the same transaction that waits for this one. */
function partnerOf(drafts: readonly Draft[], draft: Draft): Draft | undefined {
  const { waiting } = draft;
  if (waiting === undefined) return undefined;
  const kind = PARTNER[waiting.kind];
  for (let place = drafts.length - 1; place >= 0; place -= 1) {
    const one = drafts[place];
    const isPartner =
      one?.waiting?.kind === kind &&
      one.waiting.who === waiting.who &&
      one.waiting.amount === waiting.amount &&
      one.transactionHash === draft.transactionHash;
    if (isPartner) return one;
  }
  return undefined;
}

/** Makes one action of two logs, at the place of the earlier. */
function join(earlier: Draft, later: Draft): void {
  earlier.lastLogIndex = later.lastLogIndex;
  earlier.assetsChange += later.assetsChange;
  earlier.sharesChange += later.sharesChange;
  earlier.stated ??= later.stated;
  earlier.unstated = undefined;
  earlier.waiting = undefined;
}

/**
 * The steps of one block, in the order of their first logs. `events` are the block's own, in order, each once.
 *
 * A mint and its deposit log are one step, likewise a burn and its withdrawal log, a liquidation and its loss log;
 * they are recognised by transaction, address and amount, in either order. A mint without a deposit (shares given
 * away, fee shares) moves the supply alone.
 */
export function blockStepsOf(events: readonly VaultEvent[]): readonly BlockStep[] {
  const drafts: Draft[] = [];
  for (const event of events) {
    const draft = draftOfEvent(event);
    if (draft === undefined) continue;
    const partner = partnerOf(drafts, draft);
    if (partner === undefined) drafts.push(draft);
    else join(partner, draft);
  }
  return drafts;
}
