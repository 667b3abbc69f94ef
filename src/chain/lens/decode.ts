import type { Address, Hex } from "@/domain/model";
import { bytesAt } from "../bytes";
import type { RawManager, RawVault } from "../reads/raw-vault";
import { FieldReader } from "./fields";

/** `keccak256("plimsoll.vault-lens.v1")`: proves that our code ran, whatever the endpoint did with the override. */
export const LENS_MAGIC: Hex = "0xdd9458687e4a214a4f1f4ee5c8fce5e37540e54252bb19732b7bf9cb366b1b92";

/** What every lens answer begins with. */
export interface LensHeader {
  readonly blockNumber: bigint | undefined;
  readonly timestampSeconds: bigint | undefined;
  readonly chainId: bigint | undefined;
}

/**
 * Opens a lens answer: the ABI wrapping, then the magic value. Undefined when our code did not run, which is how an
 * endpoint that ignores state overrides is found out.
 */
export function openLensAnswer(answer: Hex): { header: LensHeader; fields: FieldReader } | undefined {
  const packed = bytesAt(answer, 0);
  if (packed === undefined || packed === "0x") return undefined;
  const fields = new FieldReader(packed);
  if (fields.word() !== LENS_MAGIC) return undefined;
  const blockNumber = fields.uint();
  const timestampSeconds = fields.uint();
  const chainId = fields.uint();
  return { header: { blockNumber, timestampSeconds, chainId }, fields };
}

/** The vault, strategy, factory and price part of `snapshot`. The order is the lens's layout. */
export function readLensVault(fields: FieldReader): RawVault {
  const asset = fields.address();
  const assetDecimals = fields.small();
  const assetSymbol = fields.text();
  const name = fields.text();
  const symbol = fields.text();
  const shareDecimals = fields.small();
  const totalAssets = fields.uint();
  const totalSupply = fields.uint();
  const idleAssets = fields.uint();
  const totalPrincipalDebt = fields.uint();
  const totalAccruedInterest = fields.uint();
  const totalBadDebt = fields.uint();
  const collectedFees = fields.uint();
  const curatorFeeRate = fields.uint();
  const curator = fields.address();
  const adlManager = fields.address();
  const strategy = fields.address();
  const factory = fields.address();
  const baseAssetWrapper = fields.address();
  const interestRate = fields.uint();
  const minBondRatio = fields.uint();
  const liquidationBuffer = fields.uint();
  const liquidationProfitMargin = fields.uint();
  fields.uint(); // cumulativeRate: not part of any figure
  const isMutable = fields.bool();
  const owner = fields.address();
  const protocolFeeRate = fields.uint();
  const protocolFeeCollector = fields.address();
  const oracleRegistry = fields.address();
  const basePriceUsd = fields.uint();
  return {
    asset,
    assetDecimals,
    assetSymbol,
    name,
    symbol,
    shareDecimals,
    totalAssets,
    totalSupply,
    idleAssets,
    totalPrincipalDebt,
    totalAccruedInterest,
    totalBadDebt,
    collectedFees,
    curatorFeeRate,
    curator,
    adlManager,
    strategy,
    factory,
    baseAssetWrapper,
    interestRate,
    minBondRatio,
    liquidationBuffer,
    liquidationProfitMargin,
    isMutable,
    owner,
    protocolFeeRate,
    protocolFeeCollector,
    oracleRegistry,
    basePriceUsd,
  };
}

/** The managers of `snapshot`, in the order asked; undefined when the lens answered for another number of them. */
export function readLensManagers(
  fields: FieldReader,
  managers: readonly Address[],
): readonly RawManager[] | undefined {
  if (fields.small() !== managers.length) return undefined;
  const read = managers.map((manager): RawManager => {
    const principal = fields.uint();
    const accruedInterest = fields.uint();
    const bond = fields.uint();
    const workingCapital = fields.uint();
    const valueUsd = fields.uint();
    const canLiquidate = fields.bool();
    const minPayment = fields.uint();
    const wrapperCount = fields.small();
    return {
      manager,
      principal,
      accruedInterest,
      bond,
      workingCapital,
      valueUsd,
      canLiquidate,
      minPayment,
      wrapperCount,
    };
  });
  return fields.atEnd() ? read : undefined;
}
