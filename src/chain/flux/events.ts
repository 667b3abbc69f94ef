import type { Hex, LogRef, ParameterEvent, TimelockEvent, VaultEvent } from "@/domain/model";
import { addressAt, boolAt, byteLengthOf, bytesAt, uintAt, wordAt } from "../bytes";
import type { RawLog } from "../logs/raw-log";
import { STRATEGY_TOPICS, TIMELOCK_TOPICS, VAULT_TOPICS } from "./topics";

/*
 * Hand-written decoding of every event the history is made of. Strict: the number of topics and the length of the
 * data must be the event's own, and addresses must have clean upper bytes; anything else is not our event.
 *
 * The reference is spread last on purpose: V8 copies an object that is spread first and then extended about fifteen
 * times slower (1.05 against 0.07 microseconds, measured on Node 20), which was half the cost of decoding.
 */

type Decoder<T> = (log: RawLog, ref: LogRef) => T | undefined;
type DecoderTable<T> = ReadonlyMap<
  Hex,
  { readonly topics: number; readonly words: number; decode: Decoder<T> }
>;

const WORD_BYTES = 32;

function refOf(log: RawLog): LogRef {
  const { blockNumber, blockHash, transactionHash, logIndex, atSeconds } = log;
  return { blockNumber, blockHash, transactionHash, logIndex, atSeconds };
}

function topicWord(log: RawLog, index: number): Hex {
  return log.topics[index] ?? "0x";
}

/** `words` is the length of static data in words; dynamic events say -1 and check by themselves. */
const DYNAMIC = -1;

function decodeWith<T>(table: DecoderTable<T>, log: RawLog): T | undefined {
  const entry = table.get(topicWord(log, 0));
  if (entry === undefined || log.topics.length !== entry.topics) return undefined;
  if (entry.words !== DYNAMIC && byteLengthOf(log.data) !== entry.words * WORD_BYTES) return undefined;
  return entry.decode(log, refOf(log));
}

type AmountKind = "borrowed" | "repaid" | "bond-deposited" | "bond-withdrawn";

function managerAmount(kind: AmountKind): Decoder<VaultEvent> {
  return (log, ref) => {
    const manager = addressAt(topicWord(log, 1), 0);
    const assets = uintAt(log.data, 0);
    if (manager === undefined || assets === undefined) return undefined;
    return { kind, manager, assets, ...ref };
  };
}

const decodeTransfer: Decoder<VaultEvent> = (log, ref) => {
  const from = addressAt(topicWord(log, 1), 0);
  const to = addressAt(topicWord(log, 2), 0);
  const shares = uintAt(log.data, 0);
  if (from === undefined || to === undefined || shares === undefined) return undefined;
  return { kind: "transfer", from, to, shares, ...ref };
};

const decodeDeposit: Decoder<VaultEvent> = (log, ref) => {
  const sender = addressAt(topicWord(log, 1), 0);
  const owner = addressAt(topicWord(log, 2), 0);
  const assets = uintAt(log.data, 0);
  const shares = uintAt(log.data, 1);
  if (sender === undefined || owner === undefined || assets === undefined || shares === undefined) {
    return undefined;
  }
  return { kind: "deposit", sender, owner, assets, shares, ...ref };
};

const decodeWithdraw: Decoder<VaultEvent> = (log, ref) => {
  const sender = addressAt(topicWord(log, 1), 0);
  const receiver = addressAt(topicWord(log, 2), 0);
  const owner = addressAt(topicWord(log, 3), 0);
  const assets = uintAt(log.data, 0);
  const shares = uintAt(log.data, 1);
  if (sender === undefined || receiver === undefined || owner === undefined) return undefined;
  if (assets === undefined || shares === undefined) return undefined;
  return { kind: "withdraw", sender, receiver, owner, assets, shares, ...ref };
};

const decodeLiquidated: Decoder<VaultEvent> = (log, ref) => {
  const manager = addressAt(topicWord(log, 1), 0);
  const liquidator = addressAt(topicWord(log, 2), 0);
  const positionValueAssets = uintAt(log.data, 0);
  const trueDebtAssets = uintAt(log.data, 1);
  const paymentAssets = uintAt(log.data, 2);
  const badDebtAssets = uintAt(log.data, 3);
  if (manager === undefined || liquidator === undefined || positionValueAssets === undefined)
    return undefined;
  if (trueDebtAssets === undefined || paymentAssets === undefined || badDebtAssets === undefined) {
    return undefined;
  }
  return {
    kind: "liquidated",
    manager,
    liquidator,
    positionValueAssets,
    trueDebtAssets,
    paymentAssets,
    badDebtAssets,
    ...ref,
  };
};

const decodeDeleveraged: Decoder<VaultEvent> = (log, ref) => {
  const manager = addressAt(topicWord(log, 1), 0);
  const caller = addressAt(topicWord(log, 2), 0);
  const trueDebtAssets = uintAt(log.data, 0);
  const equityReturnedAssets = uintAt(log.data, 1);
  if (manager === undefined || caller === undefined) return undefined;
  if (trueDebtAssets === undefined || equityReturnedAssets === undefined) return undefined;
  return { kind: "deleveraged", manager, caller, trueDebtAssets, equityReturnedAssets, ...ref };
};

const decodeLoss: Decoder<VaultEvent> = (log, ref) => {
  const manager = addressAt(topicWord(log, 1), 0);
  const principalAssets = uintAt(log.data, 0);
  const interestAssets = uintAt(log.data, 1);
  const lpLossAssets = uintAt(log.data, 2);
  const totalAssetsBefore = uintAt(log.data, 3);
  const totalAssetsAfter = uintAt(log.data, 4);
  const totalSupplyShares = uintAt(log.data, 5);
  if (manager === undefined || principalAssets === undefined || interestAssets === undefined)
    return undefined;
  if (lpLossAssets === undefined || totalAssetsBefore === undefined) return undefined;
  if (totalAssetsAfter === undefined || totalSupplyShares === undefined) return undefined;
  return {
    kind: "loss",
    manager,
    principalAssets,
    interestAssets,
    lpLossAssets,
    totalAssetsBefore,
    totalAssetsAfter,
    totalSupplyShares,
    ...ref,
  };
};

const decodeInterest: Decoder<VaultEvent> = (log, ref) => {
  const manager = addressAt(topicWord(log, 1), 0);
  const interestAssets = uintAt(log.data, 0);
  const protocolFeeAssets = uintAt(log.data, 1);
  const curatorFeeAssets = uintAt(log.data, 2);
  if (manager === undefined || interestAssets === undefined) return undefined;
  if (protocolFeeAssets === undefined || curatorFeeAssets === undefined) return undefined;
  return { kind: "interest-collected", manager, interestAssets, protocolFeeAssets, curatorFeeAssets, ...ref };
};

const decodeRecovery: Decoder<VaultEvent> = (log, ref) => {
  const from = addressAt(topicWord(log, 1), 0);
  const assets = uintAt(log.data, 0);
  const totalAssetsBefore = uintAt(log.data, 1);
  const totalSupplyShares = uintAt(log.data, 2);
  if (from === undefined || assets === undefined) return undefined;
  if (totalAssetsBefore === undefined || totalSupplyShares === undefined) return undefined;
  return { kind: "recovery", from, assets, totalAssetsBefore, totalSupplyShares, ...ref };
};

const VAULT_DECODERS: DecoderTable<VaultEvent> = new Map([
  [VAULT_TOPICS.transfer[0], { topics: 3, words: 1, decode: decodeTransfer }],
  [VAULT_TOPICS.deposit[0], { topics: 3, words: 2, decode: decodeDeposit }],
  [VAULT_TOPICS.withdraw[0], { topics: 4, words: 2, decode: decodeWithdraw }],
  [VAULT_TOPICS.borrowed[0], { topics: 2, words: 1, decode: managerAmount("borrowed") }],
  [VAULT_TOPICS.repaid[0], { topics: 2, words: 1, decode: managerAmount("repaid") }],
  [VAULT_TOPICS.bondDeposited[0], { topics: 2, words: 1, decode: managerAmount("bond-deposited") }],
  [VAULT_TOPICS.bondWithdrawn[0], { topics: 2, words: 1, decode: managerAmount("bond-withdrawn") }],
  [VAULT_TOPICS.positionLiquidated[0], { topics: 3, words: 4, decode: decodeLiquidated }],
  [VAULT_TOPICS.positionADL[0], { topics: 3, words: 2, decode: decodeDeleveraged }],
  [VAULT_TOPICS.lossRealised[0], { topics: 2, words: 6, decode: decodeLoss }],
  [VAULT_TOPICS.interestCollected[0], { topics: 2, words: 3, decode: decodeInterest }],
  [VAULT_TOPICS.recoveryReceived[0], { topics: 2, words: 3, decode: decodeRecovery }],
]);

/** Solidity's short string in a bytes32: ASCII up to the first zero byte. Anything else is shown as it stands. */
export function parameterKeyOf(word: Hex): string {
  const digits = word.slice(2).replace(/(?:00)+$/, "");
  let text = "";
  for (let at = 0; at < digits.length; at += 2) {
    const code = Number.parseInt(digits.slice(at, at + 2), 16);
    if (code < 0x21 || code > 0x7e) return word;
    text += String.fromCodePoint(code);
  }
  return text === "" ? word : text;
}

const decodeParameter: Decoder<ParameterEvent> = (log, ref) => {
  const oldValue = uintAt(log.data, 0);
  const newValue = uintAt(log.data, 1);
  if (oldValue === undefined || newValue === undefined) return undefined;
  return { kind: "parameter", key: parameterKeyOf(topicWord(log, 1)), oldValue, newValue, ...ref };
};

const decodeAssetAllowed: Decoder<ParameterEvent> = (log, ref) => {
  const asset = addressAt(topicWord(log, 1), 0);
  const allowed = boolAt(log.data, 0);
  return asset === undefined || allowed === undefined
    ? undefined
    : { kind: "asset-allowed", asset, allowed, ...ref };
};

const STRATEGY_DECODERS: DecoderTable<ParameterEvent> = new Map([
  [STRATEGY_TOPICS.parameterUpdated[0], { topics: 2, words: 2, decode: decodeParameter }],
  [STRATEGY_TOPICS.assetAllowed[0], { topics: 2, words: 1, decode: decodeAssetAllowed }],
]);

function indexOf(log: RawLog): number | undefined {
  const index = uintAt(topicWord(log, 2), 0);
  return index === undefined || index > BigInt(Number.MAX_SAFE_INTEGER)
    ? undefined
    : Number.parseInt(index.toString(), 10);
}

const decodeScheduled: Decoder<TimelockEvent> = (log, ref) => {
  const index = indexOf(log);
  const target = addressAt(log.data, 0);
  const value = uintAt(log.data, 1);
  const data = bytesAt(log.data, 2);
  const predecessor = wordAt(log.data, 3);
  const delaySeconds = uintAt(log.data, 4);
  if (index === undefined || target === undefined || value === undefined) return undefined;
  if (data === undefined || predecessor === undefined || delaySeconds === undefined) return undefined;
  const id = topicWord(log, 1);
  return { kind: "scheduled", id, index, target, value, data, predecessor, delaySeconds, ...ref };
};

const decodeExecuted: Decoder<TimelockEvent> = (log, ref) => {
  const index = indexOf(log);
  const target = addressAt(log.data, 0);
  const value = uintAt(log.data, 1);
  const data = bytesAt(log.data, 2);
  if (index === undefined || target === undefined || value === undefined || data === undefined)
    return undefined;
  return { kind: "executed", id: topicWord(log, 1), index, target, value, data, ...ref };
};

const decodeSalt: Decoder<TimelockEvent> = (log, ref) => {
  const salt = wordAt(log.data, 0);
  return salt === undefined ? undefined : { kind: "salt", id: topicWord(log, 1), salt, ...ref };
};

const decodeMinDelay: Decoder<TimelockEvent> = (log, ref) => {
  const oldSeconds = uintAt(log.data, 0);
  const newSeconds = uintAt(log.data, 1);
  return oldSeconds === undefined || newSeconds === undefined
    ? undefined
    : { kind: "min-delay", oldSeconds, newSeconds, ...ref };
};

const TIMELOCK_DECODERS: DecoderTable<TimelockEvent> = new Map([
  [TIMELOCK_TOPICS.callScheduled[0], { topics: 3, words: DYNAMIC, decode: decodeScheduled }],
  [TIMELOCK_TOPICS.callExecuted[0], { topics: 3, words: DYNAMIC, decode: decodeExecuted }],
  [TIMELOCK_TOPICS.callSalt[0], { topics: 2, words: 1, decode: decodeSalt }],
  [
    TIMELOCK_TOPICS.cancelled[0],
    { topics: 2, words: 0, decode: (log, ref) => ({ kind: "cancelled", id: topicWord(log, 1), ...ref }) },
  ],
  [TIMELOCK_TOPICS.minDelayChange[0], { topics: 1, words: 2, decode: decodeMinDelay }],
]);

/** One event of a vault; undefined for a log that is none of those the history is made of. */
export function decodeVaultEvent(log: RawLog): VaultEvent | undefined {
  return decodeWith(VAULT_DECODERS, log);
}

/** One event of a strategy. */
export function decodeParameterEvent(log: RawLog): ParameterEvent | undefined {
  return decodeWith(STRATEGY_DECODERS, log);
}

/** One event of a timelock. */
export function decodeTimelockEvent(log: RawLog): TimelockEvent | undefined {
  return decodeWith(TIMELOCK_DECODERS, log);
}
