import { encodeAbiParameters, encodeFunctionData, keccak256, parseAbi, parseAbiParameters } from "viem/utils";
import type { Address, Hex } from "@/domain/model";
import { FLUX_STRATEGY_FUNCTIONS } from "../flux/abi/flux-strategy";
import { TIMELOCK_FUNCTIONS } from "../flux/abi/timelock";
import type { CallRequest } from "./request";

const timelockAbi = parseAbi(TIMELOCK_FUNCTIONS);
const strategyAbi = parseAbi(FLUX_STRATEGY_FUNCTIONS);

/** No operation has to come first. */
export const NO_PREDECESSOR: Hex = `0x${"0".repeat(64)}`;

/** An operation of a timelock: its calls, in order, executed together or not at all. */
export interface TimelockOperation {
  readonly calls: readonly CallRequest[];
  readonly predecessor: Hex;
  readonly salt: Hex;
}

const SINGLE = parseAbiParameters("address, uint256, bytes, bytes32, bytes32");
const BATCH = parseAbiParameters("address[], uint256[], bytes[], bytes32, bytes32");

function columns(calls: readonly CallRequest[]) {
  return {
    targets: calls.map(({ to }) => to),
    values: calls.map(({ value }) => value),
    payloads: calls.map(({ data }) => data),
  };
}

/**
 * The id under which the timelock keeps an operation (`hashOperation`, `hashOperationBatch`). One call is never kept
 * as a batch of one: the contract hashes the two differently.
 */
export function operationIdOf({ calls, predecessor, salt }: TimelockOperation): Hex {
  const [first] = calls;
  if (first !== undefined && calls.length === 1) {
    return keccak256(encodeAbiParameters(SINGLE, [first.to, first.value, first.data, predecessor, salt]));
  }
  const { targets, values, payloads } = columns(calls);
  return keccak256(encodeAbiParameters(BATCH, [targets, values, payloads, predecessor, salt]));
}

/** Puts an operation into the queue; it can be executed `delaySeconds` after the block that schedules it. */
export function scheduleCall({
  timelock,
  operation,
  delaySeconds,
}: {
  readonly timelock: Address;
  readonly operation: TimelockOperation;
  readonly delaySeconds: bigint;
}): CallRequest {
  const { calls, predecessor, salt } = operation;
  const [first] = calls;
  if (first !== undefined && calls.length === 1) {
    const data = encodeFunctionData({
      abi: timelockAbi,
      functionName: "schedule",
      args: [first.to, first.value, first.data, predecessor, salt, delaySeconds],
    });
    return { to: timelock, data, value: 0n };
  }
  const { targets, values, payloads } = columns(calls);
  const data = encodeFunctionData({
    abi: timelockAbi,
    functionName: "scheduleBatch",
    args: [targets, values, payloads, predecessor, salt, delaySeconds],
  });
  return { to: timelock, data, value: 0n };
}

/** Executes an operation that is ready, sending along the value that its calls need. */
export function executeCall({
  timelock,
  operation,
}: {
  readonly timelock: Address;
  readonly operation: TimelockOperation;
}): CallRequest {
  const { calls, predecessor, salt } = operation;
  const value = calls.reduce((sum, call) => sum + call.value, 0n);
  const [first] = calls;
  if (first !== undefined && calls.length === 1) {
    const data = encodeFunctionData({
      abi: timelockAbi,
      functionName: "execute",
      args: [first.to, first.value, first.data, predecessor, salt],
    });
    return { to: timelock, data, value };
  }
  const { targets, values, payloads } = columns(calls);
  const data = encodeFunctionData({
    abi: timelockAbi,
    functionName: "executeBatch",
    args: [targets, values, payloads, predecessor, salt],
  });
  return { to: timelock, data, value };
}

/** Takes a pending operation out of the queue. */
export function cancelCall({ timelock, id }: { readonly timelock: Address; readonly id: Hex }): CallRequest {
  const data = encodeFunctionData({ abi: timelockAbi, functionName: "cancel", args: [id] });
  return { to: timelock, data, value: 0n };
}

/** Sets the yearly interest rate, 10^18 = 100 %. The strategy's owner only. */
export function setInterestRateCall({
  strategy,
  rateWad,
}: {
  readonly strategy: Address;
  readonly rateWad: bigint;
}): CallRequest {
  const data = encodeFunctionData({ abi: strategyAbi, functionName: "setInterestRate", args: [rateWad] });
  return { to: strategy, data, value: 0n };
}

/** Sets the minimum bond ratio, 10^18 = 100 %. The strategy's owner only. */
export function setMinBondRatioCall({
  strategy,
  ratioWad,
}: {
  readonly strategy: Address;
  readonly ratioWad: bigint;
}): CallRequest {
  const data = encodeFunctionData({ abi: strategyAbi, functionName: "setMinBondRatio", args: [ratioWad] });
  return { to: strategy, data, value: 0n };
}
