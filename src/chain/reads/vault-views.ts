import type { Address, Hex } from "@/domain/model";
import { addressAt, addressesAt, boolAt, bytesAt, bytesOfHex, uintAt, wordsAt } from "../bytes";
import { ChainError } from "../errors";
import {
  BOND_POSITION,
  encodeEvaluateLiquidation,
  encodeView,
  FACTORY_VIEWS,
  PLAIN_POSITION,
  REGISTRY_VIEWS,
  STRATEGY_VIEWS,
  TOKEN_VIEWS,
  VAULT_VIEWS,
  type View,
  WRAPPER_VIEWS,
} from "../flux/views";
import type { ViewCall } from "./call";
import type { RawManager, RawVault } from "./raw-vault";
import type { ViewReader, ViewReading } from "./view-reader";

/*
 * The vault and its managers by the contracts' own views, in as few rounds as the answers allow. It reads exactly what
 * the lens reads on chain and gives the same numbers; it is slower by as many calls as the lens saves.
 */

const MAX_TEXT_BYTES = 64;
const LOSSY_TEXT = new TextDecoder("utf-8");

function uintOf(value: Hex | undefined): bigint | undefined {
  return value === undefined ? undefined : uintAt(value, 0);
}

function addressOf(value: Hex | undefined): Address | undefined {
  return value === undefined ? undefined : addressAt(value, 0);
}

function boolOf(value: Hex | undefined): boolean | undefined {
  return value === undefined ? undefined : boolAt(value, 0);
}

function smallOf(value: Hex | undefined): number | undefined {
  const number = uintOf(value);
  return number === undefined || number > BigInt(Number.MAX_SAFE_INTEGER)
    ? undefined
    : Number.parseInt(number.toString(), 10);
}

function textOf(value: Hex | undefined): string | undefined {
  const bytes = value === undefined ? undefined : bytesAt(value, 0);
  return bytes === undefined ? undefined : LOSSY_TEXT.decode(bytesOfHex(bytes).slice(0, MAX_TEXT_BYTES));
}

/** Values of a round that must be complete: the vault's own part is one figure or none. */
function valuesOrThrow(readings: readonly ViewReading[]): readonly (Hex | undefined)[] {
  return readings.map((reading) => {
    if (reading.read) return reading.value;
    throw new ChainError("bad-answer", { message: "A part of the vault could not be read" });
  });
}

const ROUND_ONE: readonly View[] = [
  VAULT_VIEWS.asset,
  VAULT_VIEWS.name,
  VAULT_VIEWS.symbol,
  VAULT_VIEWS.decimals,
  VAULT_VIEWS.totalAssets,
  VAULT_VIEWS.totalSupply,
  VAULT_VIEWS.idleAssets,
  VAULT_VIEWS.totalPrincipalDebt,
  VAULT_VIEWS.totalAccruedInterest,
  VAULT_VIEWS.totalBadDebt,
  VAULT_VIEWS.collectedFees,
  VAULT_VIEWS.curatorFeeRate,
  VAULT_VIEWS.curator,
  VAULT_VIEWS.adlManager,
  VAULT_VIEWS.strategy,
  VAULT_VIEWS.factory,
  VAULT_VIEWS.baseAssetWrapper,
];

interface Question {
  readonly to: Address | undefined;
  readonly view: View;
}

/** Asks what has an address to be asked at; the rest is unanswered without a call. */
async function ask(read: ViewReader, questions: readonly Question[]): Promise<readonly (Hex | undefined)[]> {
  const calls: ViewCall[] = [];
  for (const { to, view } of questions) if (to !== undefined) calls.push({ to, data: encodeView(view) });
  const answers = valuesOrThrow(await read(calls));
  let next = 0;
  return questions.map(({ to }) => {
    if (to === undefined) return undefined;
    const answer = answers[next];
    next += 1;
    return answer;
  });
}

/** The vault's part of a snapshot by views: three rounds. */
export async function readVaultByViews(read: ViewReader, vault: Address): Promise<RawVault> {
  const first = await ask(
    read,
    ROUND_ONE.map((view) => ({ to: vault, view })),
  );
  const asset = addressOf(first[0]);
  const strategy = addressOf(first[14]);
  const factory = addressOf(first[15]);
  const second = await ask(read, [
    { to: asset, view: TOKEN_VIEWS.decimals },
    { to: asset, view: TOKEN_VIEWS.symbol },
    { to: strategy, view: STRATEGY_VIEWS.interestRate },
    { to: strategy, view: STRATEGY_VIEWS.minBondRatio },
    { to: strategy, view: STRATEGY_VIEWS.liquidationBuffer },
    { to: strategy, view: STRATEGY_VIEWS.liquidationProfitMargin },
    { to: strategy, view: STRATEGY_VIEWS.isMutable },
    { to: strategy, view: STRATEGY_VIEWS.owner },
    { to: factory, view: FACTORY_VIEWS.protocolFeeRate },
    { to: factory, view: FACTORY_VIEWS.protocolFeeCollector },
    { to: factory, view: FACTORY_VIEWS.oracleRegistry },
  ]);
  const oracleRegistry = addressOf(second[10]);
  const price = await readPrice(read, { asset, oracleRegistry });
  return {
    asset,
    assetDecimals: smallOf(second[0]),
    assetSymbol: textOf(second[1]),
    name: textOf(first[1]),
    symbol: textOf(first[2]),
    shareDecimals: smallOf(first[3]),
    totalAssets: uintOf(first[4]),
    totalSupply: uintOf(first[5]),
    idleAssets: uintOf(first[6]),
    totalPrincipalDebt: uintOf(first[7]),
    totalAccruedInterest: uintOf(first[8]),
    totalBadDebt: uintOf(first[9]),
    collectedFees: uintOf(first[10]),
    curatorFeeRate: uintOf(first[11]),
    curator: addressOf(first[12]),
    adlManager: addressOf(first[13]),
    strategy,
    factory,
    baseAssetWrapper: addressOf(first[16]),
    interestRate: uintOf(second[2]),
    minBondRatio: uintOf(second[3]),
    liquidationBuffer: uintOf(second[4]),
    liquidationProfitMargin: uintOf(second[5]),
    isMutable: boolOf(second[6]),
    owner: addressOf(second[7]),
    protocolFeeRate: uintOf(second[8]),
    protocolFeeCollector: addressOf(second[9]),
    oracleRegistry,
    basePriceUsd: price,
  };
}

async function readPrice(
  read: ViewReader,
  {
    asset,
    oracleRegistry,
  }: { readonly asset: Address | undefined; readonly oracleRegistry: Address | undefined },
): Promise<bigint | undefined> {
  if (asset === undefined || oracleRegistry === undefined) return undefined;
  const call = { to: oracleRegistry, data: encodeView(REGISTRY_VIEWS.getPriceUSD, [asset]) };
  return uintOf(valuesOrThrow(await read([call]))[0]);
}

/** A manager's own figures and wrappers, before anything is valued. */
interface Draft {
  readonly manager: Address;
  readonly principal: bigint | undefined;
  readonly accruedInterest: bigint | undefined;
  readonly bond: bigint | undefined;
  readonly workingCapital: bigint | undefined;
  readonly wrappers: readonly Address[] | undefined;
}

const CALLS_PER_DRAFT = 4;

async function readDrafts(
  read: ViewReader,
  { vault, managers }: { readonly vault: Address; readonly managers: readonly Address[] },
): Promise<readonly (Draft | undefined)[]> {
  const views = [
    VAULT_VIEWS.managerDebt,
    VAULT_VIEWS.managerBond,
    VAULT_VIEWS.managerWorkingCapital,
    VAULT_VIEWS.managerWrappers,
  ];
  const calls = managers.flatMap((manager) =>
    views.map((view): ViewCall => ({ to: vault, data: encodeView(view, [manager]) })),
  );
  const readings = await read(calls);
  return managers.map((manager, index) => {
    const own = readings.slice(index * CALLS_PER_DRAFT, (index + 1) * CALLS_PER_DRAFT);
    const [debt, bond, workingCapital, wrappers] = own;
    if (debt?.read !== true || bond?.read !== true) return undefined;
    if (workingCapital?.read !== true || wrappers?.read !== true) return undefined;
    return {
      manager,
      principal: uintOf(debt.value),
      accruedInterest: debt.value === undefined ? undefined : uintAt(debt.value, 1),
      bond: uintOf(bond.value),
      workingCapital: uintOf(workingCapital.value),
      wrappers: wrappers.value === undefined ? undefined : addressesAt(wrappers.value, 0),
    };
  });
}

/** Where the value of one position is asked. */
interface PositionKey {
  readonly wrapper: Address;
  readonly positionId: Hex;
}

interface Valuation {
  readonly positions: readonly PositionKey[] | undefined;
  readonly quote: ViewReading | undefined;
}

interface VaultContext {
  readonly vault: Address;
  readonly strategy: Address | undefined;
  readonly baseAssetWrapper: Address | undefined;
}

/** Round two: which positions there are in each wrapper, and the strategy's quote. */
async function readValuations(
  read: ViewReader,
  { drafts, context }: { readonly drafts: readonly Draft[]; readonly context: VaultContext },
): Promise<readonly (Valuation | undefined)[]> {
  const { vault, strategy, baseAssetWrapper } = context;
  const calls = drafts.flatMap(({ manager, wrappers = [], principal, accruedInterest }): ViewCall[] => {
    const labels = wrappers.map((wrapper) => ({
      to: vault,
      data: encodeView(VAULT_VIEWS.managerPositions, [manager, wrapper]),
    }));
    if (strategy === undefined || principal === undefined || accruedInterest === undefined) return labels;
    const trueDebtAssets = principal + accruedInterest;
    const data = encodeEvaluateLiquidation({ vault, manager, wrappers, trueDebtAssets });
    return [...labels, { to: strategy, data }];
  });
  const readings = await read(calls);
  let next = 0;
  return drafts.map(({ wrappers, principal, accruedInterest }) => {
    const own = readings.slice(next, next + (wrappers?.length ?? 0));
    next += own.length;
    const asked = strategy !== undefined && principal !== undefined && accruedInterest !== undefined;
    const quote = asked ? readings[next] : undefined;
    if (asked) next += 1;
    if (own.some((reading) => !reading.read) || quote?.read === false) return undefined;
    return { positions: positionsOf({ wrappers, own, baseAssetWrapper }), quote };
  });
}

function positionsOf({
  wrappers,
  own,
  baseAssetWrapper,
}: {
  readonly wrappers: readonly Address[] | undefined;
  readonly own: readonly ViewReading[];
  readonly baseAssetWrapper: Address | undefined;
}): readonly PositionKey[] | undefined {
  if (wrappers === undefined || baseAssetWrapper === undefined) return undefined;
  const positions: PositionKey[] = [
    { wrapper: baseAssetWrapper, positionId: BOND_POSITION },
    { wrapper: baseAssetWrapper, positionId: PLAIN_POSITION },
  ];
  for (const [index, wrapper] of wrappers.entries()) {
    const reading = own[index];
    const labels =
      reading?.read === true && reading.value !== undefined ? wordsAt(reading.value, 0) : undefined;
    if (labels === undefined) return undefined;
    positions.push(...labels.map((positionId) => ({ wrapper, positionId })));
  }
  return positions;
}

/**
 * The managers' part of a snapshot by views: three rounds for any number of managers. A manager of whom any call was
 * left unanswered by the endpoint is undefined; a call that the chain answered with a revert is an undefined field.
 */
export async function readManagersByViews(
  read: ViewReader,
  { managers, context }: { readonly managers: readonly Address[]; readonly context: VaultContext },
): Promise<readonly (RawManager | undefined)[]> {
  const { vault } = context;
  const maybe = await readDrafts(read, { vault, managers });
  const drafts = maybe.filter((draft) => draft !== undefined);
  const valuations = await readValuations(read, { drafts, context });
  const calls = drafts.flatMap(({ manager }, index) =>
    (valuations[index]?.positions ?? []).map(
      ({ wrapper, positionId }): ViewCall => ({
        to: wrapper,
        data: encodeView(WRAPPER_VIEWS.getValue, [vault, manager, positionId]),
      }),
    ),
  );
  const values = await read(calls);
  let next = 0;
  const raw = new Map<Address, RawManager>();
  for (const [index, draft] of drafts.entries()) {
    const valuation = valuations[index];
    const count = valuation?.positions?.length ?? 0;
    const own = values.slice(next, next + count);
    next += count;
    if (valuation === undefined || own.some((reading) => !reading.read)) continue;
    raw.set(draft.manager, toRawManager({ draft, valuation, own }));
  }
  return managers.map((manager) => raw.get(manager));
}

function toRawManager({
  draft,
  valuation,
  own,
}: {
  readonly draft: Draft;
  readonly valuation: Valuation;
  readonly own: readonly ViewReading[];
}): RawManager {
  const { wrappers, ...figures } = draft;
  const quote = valuation.quote?.read === true ? valuation.quote.value : undefined;
  return {
    ...figures,
    valueUsd: valuation.positions === undefined ? undefined : sumOfValues(own),
    canLiquidate: quote === undefined ? undefined : boolAt(quote, 0),
    minPayment: quote === undefined ? undefined : uintAt(quote, 1),
    wrapperCount: wrappers?.length,
  };
}

/** The sum, or undefined as soon as one value is: a smaller sum would look like a sum. */
function sumOfValues(readings: readonly ViewReading[]): bigint | undefined {
  let sum = 0n;
  for (const reading of readings) {
    const value = reading.read ? uintOf(reading.value) : undefined;
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
