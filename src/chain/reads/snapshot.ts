import type { Address, FluxState, ManagerState, VaultSnapshot, VaultState } from "@/domain/model";
import { sanitiseText } from "@/shared/text";
import { ChainError, isChainError } from "../errors";
import { LENS_VIEWS } from "../flux/lens-views";
import { LENS_CHUNK, readThroughLens } from "../lens/call";
import { readLensManagers, readLensVault } from "../lens/decode";
import type { Rpc } from "../rpc/rpc";
import { climb } from "./ladder";
import type { RawManager, RawVault } from "./raw-vault";
import type { RawReadings, SnapshotRequest } from "./snapshot-request";

/** The lens stops asking when gas runs short; managers it did not get to are asked again in chunks of this size. */
const RETRY_CHUNK = 100;

async function readByLens(rpc: Rpc, request: SnapshotRequest): Promise<RawReadings> {
  const { vault, managers } = request;
  const all = await readLensChunks(rpc, { ...request, chunk: LENS_CHUNK });
  const isFlux = someone(all.vault.strategy) !== undefined;
  const read = new Map(all.managers.map((manager) => [manager.manager, manager]));
  const short = managers.filter((manager) => {
    const raw = read.get(manager);
    return raw !== undefined && managerOf(raw) === undefined;
  });
  if (!isFlux || short.length === 0 || managers.length <= RETRY_CHUNK) return all;
  try {
    const again = await readLensChunks(rpc, { ...request, vault, managers: short, chunk: RETRY_CHUNK });
    for (const manager of again.managers) read.set(manager.manager, manager);
    return { vault: all.vault, managers: [...read.values()] };
  } catch (error) {
    // What the first pass read stands; the rest stays unread and is listed as such.
    if (isChainError(error) && error.code !== "aborted" && error.code !== "wrong-chain") return all;
    throw error;
  }
}

async function readLensChunks(
  rpc: Rpc,
  request: SnapshotRequest & { readonly chunk: number },
): Promise<RawReadings> {
  const { vault, managers: list, block, signal, chunk } = request;
  const chunks = await readThroughLens(rpc, {
    view: LENS_VIEWS.snapshot,
    vault,
    list,
    block,
    signal,
    chunk,
    read: (fields, asked): RawReadings | undefined => {
      const state = readLensVault(fields);
      const managers = readLensManagers(fields, asked);
      return managers === undefined ? undefined : { vault: state, managers };
    },
  });
  const read = chunks.map(({ value }) => value).filter((value) => value !== undefined);
  const [first] = read;
  if (first === undefined) throw new ChainError("bad-answer", { message: "The lens answered nothing" });
  return { vault: first.vault, managers: read.flatMap(({ managers }) => managers) };
}

function notAVault(vault: Address): ChainError {
  return new ChainError("not-a-contract", { message: `${vault} does not answer as an ERC-4626 vault` });
}

const ZERO_ADDRESS = /^0x0{40}$/;

/** The zero address stands for "nobody". */
function someone(address: Address | undefined): Address | undefined {
  return address === undefined || ZERO_ADDRESS.test(address) ? undefined : address;
}

/** The Flux part; undefined as soon as one of its figures is not published, so that no page shows half of it. */
function fluxOf(raw: RawVault): FluxState | undefined {
  const strategy = someone(raw.strategy);
  const { idleAssets, totalPrincipalDebt, totalAccruedInterest, totalBadDebt, collectedFees } = raw;
  const { curatorFeeRate, interestRate, minBondRatio, liquidationBuffer, liquidationProfitMargin } = raw;
  if (strategy === undefined || idleAssets === undefined || totalPrincipalDebt === undefined)
    return undefined;
  if (totalAccruedInterest === undefined || totalBadDebt === undefined) return undefined;
  if (collectedFees === undefined || curatorFeeRate === undefined) return undefined;
  if (interestRate === undefined || minBondRatio === undefined) return undefined;
  if (liquidationBuffer === undefined || liquidationProfitMargin === undefined) return undefined;
  return {
    idleAssets,
    totalPrincipalDebtAssets: totalPrincipalDebt,
    totalAccruedInterestAssets: totalAccruedInterest,
    totalBadDebtAssets: totalBadDebt,
    collectedFeesAssets: collectedFees,
    curatorFeeBps: curatorFeeRate,
    protocolFeeBps: raw.protocolFeeRate,
    curator: someone(raw.curator),
    adlManager: someone(raw.adlManager),
    factory: someone(raw.factory),
    baseAssetWrapper: someone(raw.baseAssetWrapper),
    oracleRegistry: someone(raw.oracleRegistry),
    basePriceUsdWad: raw.basePriceUsd === 0n ? undefined : raw.basePriceUsd,
    strategy: {
      address: strategy,
      isMutable: raw.isMutable ?? false,
      owner: someone(raw.owner),
      interestRateWad: interestRate,
      minBondRatioWad: minBondRatio,
      liquidationBufferWad: liquidationBuffer,
      liquidationProfitMarginWad: liquidationProfitMargin,
    },
  };
}

/** More decimals than any amount could need; a token that says so is not believed. */
const MAX_DECIMALS = 77;
const RAW_UNITS = "raw units";
const MAX_SYMBOL = 16;

function plausible(decimals: number | undefined): number | undefined {
  return decimals === undefined || decimals > MAX_DECIMALS ? undefined : decimals;
}

function stateOf(rpc: Rpc, { request, raw }: { request: SnapshotRequest; raw: RawVault }): VaultState {
  const { vault, block } = request;
  const { asset, totalAssets, totalSupply } = raw;
  if (asset === undefined || totalAssets === undefined || totalSupply === undefined) throw notAVault(vault);
  const assetDecimals = plausible(raw.assetDecimals);
  const shareDecimals = plausible(raw.shareDecimals);
  const offset = (shareDecimals ?? 0) - (assetDecimals ?? 0);
  return {
    chainId: rpc.chainId,
    address: vault,
    block,
    // Names come from a contract: nothing invisible, nothing long, nothing that reorders what stands beside it.
    name: raw.name === undefined ? "" : sanitiseText(raw.name),
    shareSymbol: raw.symbol === undefined ? "" : sanitiseText(raw.symbol, MAX_SYMBOL),
    shareDecimals: shareDecimals ?? 0,
    // Without believable decimals amounts are shown as the integers they are, and say so.
    asset: {
      address: asset,
      symbol:
        assetDecimals === undefined
          ? RAW_UNITS
          : raw.assetSymbol === undefined
            ? "?"
            : sanitiseText(raw.assetSymbol, MAX_SYMBOL),
      decimals: assetDecimals ?? 0,
    },
    totalAssets,
    totalSupplyShares: totalSupply,
    virtualShares: 10n ** BigInt(Math.max(0, offset)),
    flux: fluxOf(raw),
  };
}

/** A manager whose own figures were read; undefined when one of them was not. */
function managerOf(raw: RawManager): ManagerState | undefined {
  const { manager, principal, accruedInterest, bond, workingCapital, wrapperCount } = raw;
  if (principal === undefined || accruedInterest === undefined || bond === undefined) return undefined;
  if (workingCapital === undefined || wrapperCount === undefined) return undefined;
  const { canLiquidate, minPayment } = raw;
  const quoted = canLiquidate !== undefined && minPayment !== undefined;
  return {
    manager,
    principalAssets: principal,
    accruedInterestAssets: accruedInterest,
    bondAssets: bond,
    workingCapitalAssets: workingCapital,
    valueUsdWad: raw.valueUsd,
    quote: quoted ? { canLiquidate, minPaymentAssets: minPayment } : undefined,
    wrapperCount,
  };
}

function uniqueLower(addresses: readonly Address[]): readonly Address[] {
  return [...new Set(addresses.map((address) => address.toLowerCase() as Address))];
}

/**
 * Reads a vault and its managers at one block hash.
 *
 * Through the lens: one request for 1,250 managers. Where the endpoint does not take it, through plain views in
 * batches, Multicall3, small batches or single calls, with identical numbers. A manager that could not be read is in
 * `unreadManagers`, never missing silently and never zero.
 *
 * Throws `not-a-contract` when the address does not answer as an ERC-4626 vault, `chain-moved` when the block is no
 * longer part of the chain, and whatever the client throws when no endpoint can be reached.
 */
export async function fetchSnapshot(rpc: Rpc, request: SnapshotRequest): Promise<VaultSnapshot> {
  const managers = uniqueLower(request.managers);
  const vault = request.vault.toLowerCase() as Address;
  const asked: SnapshotRequest = { ...request, vault, managers };
  const { rung, value } = await climb(rpc, {
    block: asked.block,
    signal: asked.signal,
    only: asked.rung,
    read: async (way) => {
      if (way === "lens") return readByLens(rpc, asked);
      // Most readers never need it: the other ways of reading are a file of their own.
      const { readByViews } = await import("./snapshot-by-views");
      return readByViews(rpc, { ...asked, rung: way });
    },
  });
  const read = value.managers.map(managerOf).filter((manager) => manager !== undefined);
  const known = new Set(read.map(({ manager }) => manager));
  return {
    state: stateOf(rpc, { request: asked, raw: value.vault }),
    managers: read,
    unreadManagers: managers.filter((manager) => !known.has(manager)),
    rung,
  };
}
