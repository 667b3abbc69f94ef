import { parseAddress } from "@/data/parse-address";
import { compareBigint } from "@/domain/math";
import type { Address } from "@/domain/model";
import type { RiskAsset, RiskBook, Shock } from "@/domain/risk/model";
import { formatRatioPercent, toSafeInteger } from "@/shared/format";
import { parsePercent } from "@/shared/parse";

/** What falls: everything that stands against the debts, one asset, several, or the asset that the debts are in. */
export type ShockKind = "all" | "one" | "several" | "base";

/** What a reader looks at; all of it stands in the address, so that it can be shown to somebody else. */
export interface StressChoice {
  readonly kind: ShockKind;
  /** Chosen assets; used by "one" (its first) and "several". */
  readonly assets: readonly Address[];
  /** 10^18 = 100 %, in steps of 0.01 %. */
  readonly fallWad: bigint;
  /** Whose loss is asked for, as typed. */
  readonly holder: string;
}

/** A hundredth of a per cent: what two falls differ by at least. */
export const FALL_STEP_WAD = 10n ** 14n;
/** The largest fall that can be chosen: 80 %. */
export const MOST_FALL_WAD = 80n * 10n ** 16n;
const DEFAULT_FALL_WAD = 25n * 10n ** 16n;
export const PRESET_FALLS_WAD: readonly bigint[] = [5n, 10n, 25n, 50n].map((percent) => percent * 10n ** 16n);
export const DEPEG_FALL_WAD = 10n * 10n ** 16n;

const KINDS: readonly ShockKind[] = ["all", "one", "several", "base"];

/** A fall within the slider, cut to its steps. */
export function fallWithin(fallWad: bigint): bigint {
  if (fallWad < 0n) return 0n;
  return fallWad > MOST_FALL_WAD ? MOST_FALL_WAD : (fallWad / FALL_STEP_WAD) * FALL_STEP_WAD;
}

/** The slider's number, per cent, as a fall. */
export function fallOfPercent(percent: number): bigint {
  return fallWithin(BigInt(Math.round(percent * 100)) * FALL_STEP_WAD);
}

/** A fall as the slider's number, per cent. */
export function percentOfFall(fallWad: bigint): number {
  return toSafeInteger(fallWad / FALL_STEP_WAD) / 100;
}

/** "25%", "12.5%": without digits that say nothing. */
export function fallText(fallWad: bigint): string {
  const text = formatRatioPercent({ ratioWad: fallWad }).replace("%", "");
  return `${text.replace(/\.?0+$/u, "")}%`;
}

function fallOfText(text: string | null): bigint {
  if (text === null) return DEFAULT_FALL_WAD;
  const parsed = parsePercent({ text });
  return parsed.ok ? fallWithin(parsed.value) : DEFAULT_FALL_WAD;
}

/** The choice that an address holds; what it does not say, or says wrongly, is as usual. */
export function choiceOf(params: URLSearchParams): StressChoice {
  const kind = KINDS.find((one) => one === params.get("shock")) ?? "all";
  const assets = (params.get("assets") ?? "").split(",").flatMap((text) => {
    const parsed = parseAddress(text);
    return parsed.ok ? [parsed.address] : [];
  });
  return {
    kind,
    assets: [...new Set(assets)],
    fallWad: fallOfText(params.get("fall")),
    holder: params.get("who") ?? "",
  };
}

/** The address with a choice in it; what is as usual stays out. */
export function paramsWith(before: URLSearchParams, choice: StressChoice): URLSearchParams {
  const after = new URLSearchParams(before);
  const put = (name: string, value: string): void => {
    if (value === "") after.delete(name);
    else after.set(name, value);
  };
  const isChosen = choice.kind === "one" || choice.kind === "several";
  put("shock", choice.kind === "all" ? "" : choice.kind);
  put("assets", isChosen ? choice.assets.join(",") : "");
  put("fall", choice.fallWad === DEFAULT_FALL_WAD ? "" : fallText(choice.fallWad).replace("%", ""));
  put("who", choice.holder);
  return after;
}

/** What somebody can let fall: every held asset but the base asset and shares of vaults, which follow their own. */
export function choosableAssets(book: RiskBook): readonly RiskAsset[] {
  const base = book.state.asset.address;
  return [...book.assets.values()]
    .filter(({ address, source }) => address !== base && source.kind !== "exchange-rate")
    .sort((a, b) => compareBigint(BigInt(a.address), BigInt(b.address)));
}

/** Assets whose oracle price no market moves. */
export function fixedAssets(book: RiskBook): readonly RiskAsset[] {
  return [...book.assets.values()].filter(({ source }) => source.kind === "fixed");
}

/** The assets that a choice lets fall. */
export function shockedAssets(
  book: RiskBook,
  choice: Pick<StressChoice, "kind" | "assets">,
): readonly Address[] {
  const choosable = choosableAssets(book);
  switch (choice.kind) {
    case "all":
      return choosable.filter(({ source }) => source.kind !== "fixed").map(({ address }) => address);
    case "base":
      return [book.state.asset.address];
    case "one": {
      const found = choosable.find(({ address }) => address === choice.assets[0]) ?? choosable[0];
      return found === undefined ? [] : [found.address];
    }
    case "several":
      return choosable.filter(({ address }) => choice.assets.includes(address)).map(({ address }) => address);
  }
}

/** The shocks of a choice, one an asset. */
export function shocksOf(assets: readonly Address[], fallWad: bigint): readonly Shock[] {
  return assets.map((asset) => ({ asset, fallWad }));
}

/** "all collateral together", "WETH", "WETH and WBTC", "the base asset USDC". */
export function shockName(book: RiskBook, choice: Pick<StressChoice, "kind" | "assets">): string {
  if (choice.kind === "all") return "all collateral together";
  if (choice.kind === "base") return `the base asset ${book.state.asset.symbol}`;
  const names = shockedAssets(book, choice).map((address) => book.assets.get(address)?.symbol ?? address);
  if (names.length === 0) return "nothing chosen";
  const last = names.at(-1) ?? "";
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
