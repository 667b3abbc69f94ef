import type { ChainTime } from "@/domain/chain-clock";
import { ageSecondsOf } from "@/domain/chain-clock";
import type { BlockRef, ReadRung, VaultState } from "@/domain/model";
import type { VaultConfig } from "@/report/config";
import type { LoadProgress } from "@/report/load";
import { countedManagers } from "@/shared/counted";
import {
  formatAddress,
  formatDuration,
  formatInteger,
  formatTimestamp,
  toSafeInteger,
} from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import type { NavItem } from "@/ui/layout/nav-strip";

/** Blocks that may pass before what is shown counts as stale. */
const STALE_AFTER_BLOCKS = 5n;
const DEFAULT_BLOCK_TIME_SECONDS = 12;

const RUNG_WORD: Readonly<Record<ReadRung, string>> = {
  lens: "lens",
  batch: "batched views",
  multicall3: "Multicall3",
  "small-batch": "small batches",
  single: "single calls",
};

/** The pages of one vault. */
const PAGES = [
  ["", "Overview"],
  ["/positions", "Positions"],
  ["/stress", "Stress"],
  ["/ledger", "Ledger"],
  ["/lps", "LPs"],
  ["/liquidations", "Liquidations"],
  ["/recovery", "Recovery"],
  ["/assets", "Assets"],
  ["/parameters", "Parameters"],
] as const;

/** Links to a vault's pages; `path` is where the reader is, `block` the past block that is shown. */
export function vaultNav(
  ref: { readonly chainId: number; readonly address: string },
  { path, block }: { readonly path: string; readonly block: bigint | undefined },
): readonly NavItem[] {
  const base = `/v/${ref.chainId}/${ref.address}`;
  // A reader of a past block stays at that block from page to page.
  const query = block === undefined ? "" : `?block=${block}`;
  const here = path.toLowerCase();
  const pages = PAGES.map(([suffix, label]) => {
    const href = `${base}${suffix}`;
    const current = suffix === "" ? here === href || here === `${href}/` : here.startsWith(href);
    return { href: `#${href}${query}`, label, current };
  });
  return [
    ...pages,
    { href: `#/t/${ref.chainId}/${ref.address}${query}`, label: "Transparency", current: false },
  ];
}

/** The vault's name: the operator's label, else its own, else its address. Text from the chain is made harmless. */
export function vaultTitle(config: VaultConfig, state: VaultState | undefined): string {
  const own = state === undefined ? "" : sanitiseText(state.name);
  return config.label ?? (own === "" ? `Vault ${formatAddress(config.address)}` : own);
}

/** The block that a page was read at, in the words of a stamp. */
export interface StampText {
  readonly number: string;
  readonly hash: string;
  readonly age: string;
  readonly time: string;
  readonly rung: string;
  readonly stale: boolean;
}

/** How old a block is and whether that is too old for a live page. A pinned page is old on purpose. */
export function stampOf(input: {
  readonly block: BlockRef;
  readonly rung: ReadRung;
  readonly time: ChainTime;
  readonly blockTimeSeconds: number | undefined;
  readonly isPinned: boolean;
}): StampText {
  const { block, time } = input;
  const ageSeconds = ageSecondsOf(time, block.timestampSeconds);
  const limit = BigInt(input.blockTimeSeconds ?? DEFAULT_BLOCK_TIME_SECONDS) * STALE_AFTER_BLOCKS;
  return {
    number: formatInteger(block.number),
    hash: block.hash,
    age: `${formatDuration(ageSeconds)} ago`,
    time: formatTimestamp(block.timestampSeconds),
    rung: RUNG_WORD[input.rung],
    stale: !input.isPinned && ageSeconds > limit,
  };
}

/** The difference between the reader's clock and the chain's, when it is too large to leave unsaid. */
export function clockGapText(time: ChainTime): string | undefined {
  if (!time.isGapNamed || time.gapSeconds === undefined) return undefined;
  const ahead = time.gapSeconds < 0n;
  const size = formatDuration(ahead ? -time.gapSeconds : time.gapSeconds);
  return ahead
    ? `The chain's clock is ${size} ahead of this computer's. Ages count from the chain's.`
    : `This computer's clock is ${size} ahead of the chain's newest block. Ages count from this computer's.`;
}

/** How far loading has come, for a bar with words. */
export function progressText(progress: LoadProgress | undefined): {
  readonly label: string;
  readonly percent: number | undefined;
  readonly detail: string;
} {
  if (progress === undefined) return { label: "Waiting for the endpoint", percent: undefined, detail: "" };
  switch (progress.stage) {
    case "state":
      return { label: "Reading the vault", percent: undefined, detail: "" };
    case "history": {
      const { doneBlocks, totalBlocks, logs } = progress;
      return {
        label: "Reading the history",
        percent: totalBlocks === 0n ? undefined : toSafeInteger((doneBlocks * 100n) / totalBlocks),
        detail: `${formatInteger(doneBlocks)} of ${formatInteger(totalBlocks)} blocks, ${formatInteger(logs)} events`,
      };
    }
    case "managers":
      return {
        label: `Reading ${countedManagers(progress.managers)}`,
        percent: undefined,
        detail: "",
      };
    case "series":
      return {
        label: "Reading the past for the charts",
        percent: undefined,
        detail: `${formatInteger(progress.blocks)} blocks`,
      };
  }
}
