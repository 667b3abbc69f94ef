import type { Hex } from "@/domain/model";
import { addressAt, boolAt, bytesAt, dropBytes, isHexBytes, textOfHex, uintAt, wordAt } from "../bytes";

/** One argument of a custom error, in the order of its declaration. */
export interface RevertArgument {
  readonly name: string;
  readonly type: string;
  readonly value: bigint | boolean | string;
}

/** Why a contract refused. `name` is undefined for a selector that this build does not know: show the raw bytes. */
export interface Revert {
  /** First four bytes of the data; undefined when the contract gave no reason at all. */
  readonly selector: Hex | undefined;
  readonly name: string | undefined;
  readonly args: readonly RevertArgument[];
  /** The data as they came. */
  readonly data: Hex;
}

/**
 * Every error that can bubble out of a Flux call: both vocabularies of the Flux documentation (its interface
 * reference and its error reference name them differently), OpenZeppelin's, and Solidity's own two. The selectors are
 * written down so that no hash function is needed to read them; a test recomputes each one and compares the list with
 * the compiled contracts.
 */
export const REVERT_TABLE: readonly (readonly [selector: Hex, declaration: string])[] = [
  ["0x08c379a0", "Error(string reason)"],
  ["0x4e487b71", "Panic(uint256 code)"],
  ["0x1e618386", "NoExecutorRegistered()"],
  ["0x58548e84", "PositionNotHealthy()"],
  ["0xa8a168bf", "PositionNotActive()"],
  ["0x6415f959", "PositionNotLiquidatable()"],
  ["0xcd1c8867", "InsufficientPayment()"],
  ["0xa17e11d5", "InsufficientLiquidity(uint256 available, uint256 requested)"],
  ["0xdd6e915d", "NotLiquidatable(address manager)"],
  ["0x44d4caf7", "InsufficientBond(uint256 bond, uint256 required)"],
  ["0x8e4a23d6", "Unauthorized(address caller)"],
  ["0x21c2856a", "ExcessiveDebt(uint256 amount, uint256 maximum)"],
  ["0x188053b0", "AssetNotAllowed(address asset)"],
  ["0xee9c4b15", "InvalidParameter(bytes32 key, uint256 value)"],
  ["0xd92e233d", "ZeroAddress()"],
  ["0x1f2a2005", "ZeroAmount()"],
  ["0x203d82d8", "Expired()"],
  ["0xe5713d2e", "VaultLocked()"],
  ["0x5c04816f", "NotLockHolder(address caller)"],
  ["0x44511af1", "SelfLiquidation()"],
  ["0x09429bbb", "DuplicateWrapper(address wrapper)"],
  ["0xf9723290", "WrapperNotRegistered(address wrapper)"],
  ["0x3ff29beb", "TooManyPositions(uint256 maximum)"],
  ["0xb317087b", "NoShares()"],
  ["0xdbd86179", "PositionNotDeleverageable()"],
  ["0x0504a20d", "AccessDenied(address account)"],
  ["0xcf479181", "InsufficientBalance(uint256 available, uint256 requested)"],
  ["0x8ea9158f", "InvalidPosition(bytes32 positionId)"],
  ["0xcd215006", "InvalidPrice(address source)"],
  ["0x76bfd6b9", "UnknownVault(address vault)"],
  ["0x4141e07b", "PaymentAboveMaximum(uint256 payment, uint256 maximum)"],
  ["0xf6b30c77", "ProceedsBelowMinimum(uint256 proceeds, uint256 minimum)"],
  ["0x6697b232", "AccessControlBadConfirmation()"],
  ["0xe2517d3f", "AccessControlUnauthorizedAccount(address account, bytes32 neededRole)"],
  ["0x9996b315", "AddressEmptyCode(address target)"],
  ["0xfb8f41b2", "ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)"],
  ["0xe450d38c", "ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)"],
  ["0xe602df05", "ERC20InvalidApprover(address approver)"],
  ["0xec442f05", "ERC20InvalidReceiver(address receiver)"],
  ["0x96c6fd1e", "ERC20InvalidSender(address sender)"],
  ["0x94280d62", "ERC20InvalidSpender(address spender)"],
  ["0x79012fb2", "ERC4626ExceededMaxDeposit(address receiver, uint256 assets, uint256 max)"],
  ["0x284ff667", "ERC4626ExceededMaxMint(address receiver, uint256 shares, uint256 max)"],
  ["0xb94abeec", "ERC4626ExceededMaxRedeem(address owner, uint256 shares, uint256 max)"],
  ["0xfe9cceec", "ERC4626ExceededMaxWithdraw(address owner, uint256 assets, uint256 max)"],
  ["0xd6bda275", "FailedCall()"],
  ["0xb06ebf3d", "FailedDeployment()"],
  ["0x1e4fbdf7", "OwnableInvalidOwner(address owner)"],
  ["0x118cdaa7", "OwnableUnauthorizedAccount(address account)"],
  ["0x3ee5aeb5", "ReentrancyGuardReentrantCall()"],
  ["0x327269a7", "SafeCastOverflowedIntDowncast(uint8 bits, int256 value)"],
  ["0xa8ce4432", "SafeCastOverflowedIntToUint(int256 value)"],
  ["0x6dfcc650", "SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)"],
  ["0x24775e06", "SafeCastOverflowedUintToInt(uint256 value)"],
  [
    "0xe570110f",
    "SafeERC20FailedDecreaseAllowance(address spender, uint256 currentAllowance, uint256 requestedDecrease)",
  ],
  ["0x5274afe7", "SafeERC20FailedOperation(address token)"],
  ["0x54336609", "TimelockInsufficientDelay(uint256 delay, uint256 minDelay)"],
  ["0xffb03211", "TimelockInvalidOperationLength(uint256 targets, uint256 payloads, uint256 values)"],
  ["0xe2850c59", "TimelockUnauthorizedCaller(address caller)"],
  ["0x90a9a618", "TimelockUnexecutedPredecessor(bytes32 predecessorId)"],
  ["0x5ead8eb5", "TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)"],
  ["0xbfb84ac0", "NoSuchRound(uint80 id)"],
  ["0xd697260b", "RoundOutOfOrder(uint256 updatedAt, uint256 previousUpdatedAt)"],
];

const BY_SELECTOR: ReadonlyMap<string, string> = new Map(REVERT_TABLE);

interface Parameter {
  readonly type: string;
  readonly name: string;
}

function parametersOf(declaration: string): readonly Parameter[] {
  const list = declaration.slice(declaration.indexOf("(") + 1, -1);
  if (list === "") return [];
  return list.split(", ").map((item) => {
    const [type = "", name = ""] = item.split(" ");
    return { type, name };
  });
}

const SIGN_BIT = 1n << 255n;
const MODULUS = 1n << 256n;

function valueAt(type: string, body: Hex, index: number): RevertArgument["value"] | undefined {
  if (type === "address") return addressAt(body, index);
  if (type === "bool") return boolAt(body, index);
  if (type === "string") {
    const bytes = bytesAt(body, index);
    return bytes === undefined ? undefined : textOfHex(bytes);
  }
  if (type === "bytes") return bytesAt(body, index);
  if (type === "bytes4") return wordAt(body, index)?.slice(0, 10);
  if (type.startsWith("bytes")) return wordAt(body, index);
  const word = uintAt(body, index);
  if (word === undefined || type.startsWith("uint")) return word;
  return word >= SIGN_BIT ? word - MODULUS : word;
}

/**
 * Decodes revert data against every known error. Data that do not decode as their selector promises are given raw,
 * with the selector and without a name.
 */
export function decodeRevert(data: Hex): Revert {
  if (!isHexBytes(data) || data.length < 10) return { selector: undefined, name: undefined, args: [], data };
  const lower = data.toLowerCase();
  const selector: Hex = `0x${lower.slice(2, 10)}`;
  const declaration = BY_SELECTOR.get(selector);
  const raw: Revert = { selector, name: undefined, args: [], data };
  if (declaration === undefined) return raw;
  const body = dropBytes(data, 4);
  const args: RevertArgument[] = [];
  for (const [index, parameter] of parametersOf(declaration).entries()) {
    const value = valueAt(parameter.type, body, index);
    if (value === undefined) return raw;
    args.push({ ...parameter, value });
  }
  return { selector, name: declaration.slice(0, declaration.indexOf("(")), args, data };
}
