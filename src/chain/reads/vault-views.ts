import type { Address, Hex } from "@/domain/model";
import { byteLengthOf } from "../bytes";
import { ChainError } from "../errors";
import {
  encodeEvaluation,
  encodeView,
  FACTORY_VIEWS,
  REGISTRY_VIEWS,
  STRATEGY_VIEWS,
  TOKEN_VIEWS,
  VAULT_VIEWS,
  type View,
} from "../flux/views";
import type { RawVault } from "./raw-vault";
import { type Answer, createRound, type Round, type ViewReader } from "./view-reader";
import { addressOf, boolOf, smallOf, textOf, uintOf } from "./view-values";

/*
 * The vault by the contracts' own views, in as few rounds as the answers allow. It reads exactly what the lens reads on
 * chain and gives the same numbers; it is slower by as many calls as the lens saves.
 */

/** What a call returned; the vault's own part is whole or not at all, so one unread call fails it. */
function valueOf(answer: Answer | undefined): Hex | undefined {
  if (answer === undefined) return undefined;
  const reading = answer();
  if (reading.read) return reading.value;
  throw new ChainError("bad-answer", { message: "A part of the vault could not be read" });
}

/** Asks a contract, if there is one to ask. */
function asker(round: Round, to: Address | undefined): (view: View) => Answer | undefined {
  return (view) => (to === undefined ? undefined : round.add({ to, data: encodeView(view) }));
}

/** Bytes of an answer of `evaluatePosition`: value in USD, value in assets, verdict, payment. */
export const EVALUATION_BYTES = 128;
const NOBODY: Address = "0x0000000000000000000000000000000000000000";

/** The vault's part of a snapshot, and whether its strategy values positions by itself. */
export interface VaultReading {
  readonly vault: RawVault;
  readonly evaluatesPositions: boolean;
}

type OwnPart = Pick<
  RawVault,
  | "asset"
  | "name"
  | "symbol"
  | "shareDecimals"
  | "totalAssets"
  | "totalSupply"
  | "idleAssets"
  | "totalPrincipalDebt"
  | "totalAccruedInterest"
  | "totalBadDebt"
  | "collectedFees"
  | "curatorFeeRate"
  | "curator"
  | "adlManager"
  | "strategy"
  | "factory"
  | "baseAssetWrapper"
>;

async function readOwnPart(read: ViewReader, vault: Address): Promise<OwnPart> {
  const round = createRound();
  const ask = asker(round, vault);
  const asset = ask(VAULT_VIEWS.asset);
  const name = ask(VAULT_VIEWS.name);
  const symbol = ask(VAULT_VIEWS.symbol);
  const decimals = ask(VAULT_VIEWS.decimals);
  const totalAssets = ask(VAULT_VIEWS.totalAssets);
  const totalSupply = ask(VAULT_VIEWS.totalSupply);
  const idleAssets = ask(VAULT_VIEWS.idleAssets);
  const principalDebt = ask(VAULT_VIEWS.totalPrincipalDebt);
  const accruedInterest = ask(VAULT_VIEWS.totalAccruedInterest);
  const badDebt = ask(VAULT_VIEWS.totalBadDebt);
  const collectedFees = ask(VAULT_VIEWS.collectedFees);
  const curatorFeeRate = ask(VAULT_VIEWS.curatorFeeRate);
  const curator = ask(VAULT_VIEWS.curator);
  const adlManager = ask(VAULT_VIEWS.adlManager);
  const strategy = ask(VAULT_VIEWS.strategy);
  const factory = ask(VAULT_VIEWS.factory);
  const baseAssetWrapper = ask(VAULT_VIEWS.baseAssetWrapper);
  await round.run(read);
  return {
    asset: addressOf(valueOf(asset)),
    name: textOf(valueOf(name)),
    symbol: textOf(valueOf(symbol)),
    shareDecimals: smallOf(valueOf(decimals)),
    totalAssets: uintOf(valueOf(totalAssets)),
    totalSupply: uintOf(valueOf(totalSupply)),
    idleAssets: uintOf(valueOf(idleAssets)),
    totalPrincipalDebt: uintOf(valueOf(principalDebt)),
    totalAccruedInterest: uintOf(valueOf(accruedInterest)),
    totalBadDebt: uintOf(valueOf(badDebt)),
    collectedFees: uintOf(valueOf(collectedFees)),
    curatorFeeRate: uintOf(valueOf(curatorFeeRate)),
    curator: addressOf(valueOf(curator)),
    adlManager: addressOf(valueOf(adlManager)),
    strategy: addressOf(valueOf(strategy)),
    factory: addressOf(valueOf(factory)),
    baseAssetWrapper: addressOf(valueOf(baseAssetWrapper)),
  };
}

/** The vault's part of a snapshot by views: three rounds. */
export async function readVaultByViews(read: ViewReader, vault: Address): Promise<VaultReading> {
  const own = await readOwnPart(read, vault);
  const { asset, strategy, factory } = own;
  const round = createRound();
  const askAsset = asker(round, asset);
  const askStrategy = asker(round, strategy);
  const askFactory = asker(round, factory);
  const assetDecimals = askAsset(TOKEN_VIEWS.decimals);
  const assetSymbol = askAsset(TOKEN_VIEWS.symbol);
  const interestRate = askStrategy(STRATEGY_VIEWS.interestRate);
  const minBondRatio = askStrategy(STRATEGY_VIEWS.minBondRatio);
  const liquidationBuffer = askStrategy(STRATEGY_VIEWS.liquidationBuffer);
  const profitMargin = askStrategy(STRATEGY_VIEWS.liquidationProfitMargin);
  const isMutable = askStrategy(STRATEGY_VIEWS.isMutable);
  const owner = askStrategy(STRATEGY_VIEWS.owner);
  const feeRate = askFactory(FACTORY_VIEWS.protocolFeeRate);
  const feeCollector = askFactory(FACTORY_VIEWS.protocolFeeCollector);
  const registry = askFactory(FACTORY_VIEWS.oracleRegistry);
  const nothing = { manager: NOBODY, wrappers: [], trueDebtAssets: 0n };
  const view = STRATEGY_VIEWS.evaluatePosition;
  const evaluation =
    strategy === undefined
      ? undefined
      : round.add({ to: strategy, data: encodeEvaluation({ view, vault, ...nothing }) });
  await round.run(read);
  const oracleRegistry = addressOf(valueOf(registry));
  const evaluated = valueOf(evaluation);
  return {
    evaluatesPositions: evaluated !== undefined && byteLengthOf(evaluated) >= EVALUATION_BYTES,
    vault: {
      ...own,
      assetDecimals: smallOf(valueOf(assetDecimals)),
      assetSymbol: textOf(valueOf(assetSymbol)),
      interestRate: uintOf(valueOf(interestRate)),
      minBondRatio: uintOf(valueOf(minBondRatio)),
      liquidationBuffer: uintOf(valueOf(liquidationBuffer)),
      liquidationProfitMargin: uintOf(valueOf(profitMargin)),
      isMutable: boolOf(valueOf(isMutable)),
      owner: addressOf(valueOf(owner)),
      protocolFeeRate: uintOf(valueOf(feeRate)),
      protocolFeeCollector: addressOf(valueOf(feeCollector)),
      oracleRegistry,
      basePriceUsd: await readPrice(read, { asset, oracleRegistry }),
    },
  };
}

async function readPrice(
  read: ViewReader,
  { asset, oracleRegistry }: Pick<RawVault, "asset" | "oracleRegistry">,
): Promise<bigint | undefined> {
  if (asset === undefined || oracleRegistry === undefined) return undefined;
  const round = createRound();
  const price = round.add({ to: oracleRegistry, data: encodeView(REGISTRY_VIEWS.getPriceUSD, [asset]) });
  await round.run(read);
  return uintOf(valueOf(price));
}
