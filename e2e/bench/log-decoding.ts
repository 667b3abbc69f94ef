import {
  type Abi,
  encodeAbiParameters,
  encodeEventTopics,
  formatLog,
  parseAbi,
  parseEventLogs,
  type RpcLog,
} from "viem";
import { decodeVaultEvent } from "@/chain/flux/events";
import { packLogs } from "@/chain/logs/packing";
import { parseLog, type RawLog } from "@/chain/logs/raw-log";
import { seededRandom } from "../proxy/random";
import { atLeast, atMost, type GoalResult } from "./goal";
import { interleaved } from "./measure";

const LOGS = 20_000;
const ROUNDS = 7;

const abi = parseAbi([
  "event Transfer(address indexed from, address indexed to, uint256 value)",
  "event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)",
  "event Withdraw(address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares)",
  "event Borrowed(address indexed manager, uint256 amount)",
  "event Repaid(address indexed manager, uint256 amount)",
  "event PositionLiquidated(address indexed manager, address indexed liquidator, uint256 positionValue, uint256 trueDebt, uint256 payment, uint256 badDebt)",
]) satisfies Abi;

/** How often each event occurs in a busy vault's history, in parts of twenty. */
const MIX = [
  ...Array<"Transfer">(9).fill("Transfer"),
  ...Array<"Deposit">(4).fill("Deposit"),
  ...Array<"Withdraw">(3).fill("Withdraw"),
  ...Array<"Borrowed">(2).fill("Borrowed"),
  "Repaid",
  "PositionLiquidated",
] as const;

const hex = (value: number): `0x${string}` => `0x${value.toString(16)}`;

/** Logs as a node sends them: JSON, always the same ones. */
function nodeLogs(count: number): RpcLog[] {
  const random = seededRandom(5, "logs");
  const digits = (length: number): `0x${string}` => {
    let text = "";
    while (text.length < length) text += Math.floor(random() * 16).toString(16);
    return `0x${text}`;
  };
  const holders = Array.from({ length: 200 }, () => digits(40));
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error("an empty list has nothing to pick");
    return item;
  };
  const address = digits(40);
  return Array.from({ length: count }, (_, index) => {
    const name = pick(MIX);
    const event = abi.find((one) => one.name === name);
    if (event === undefined) throw new Error("an event of the mix is not in the ABI");
    const indexed = event.inputs.filter((input) => "indexed" in input);
    const plain = event.inputs.filter((input) => !("indexed" in input));
    const args = Object.fromEntries(indexed.map((input) => [input.name, pick(holders)]));
    const blockNumber = 1_000 + Math.floor(index / 3);
    return {
      address,
      topics: encodeEventTopics({ abi: [event], args } as never) as RpcLog["topics"],
      data: encodeAbiParameters(plain, plain.map(() => BigInt(Math.floor(random() * 2 ** 48))) as never),
      blockNumber: hex(blockNumber),
      blockHash: `0x${blockNumber.toString(16).padStart(64, "0")}`,
      blockTimestamp: hex(1_700_000_000 + blockNumber * 12),
      transactionHash: digits(64),
      transactionIndex: "0x0",
      logIndex: hex(index % 3),
      removed: false,
    };
  });
}

/** The same logs as our reader hands them to the decoder. */
function readLogs(logs: readonly unknown[]): RawLog[] {
  return logs.map((one) => {
    const log = parseLog(one);
    if (log?.atSeconds === undefined) throw new Error("a log of the bench was refused");
    return { ...log, atSeconds: log.atSeconds };
  });
}

const decodeOurs = (logs: readonly RawLog[]): number =>
  logs.reduce((count, log) => count + (decodeVaultEvent(log) === undefined ? 0 : 1), 0);

/**
 * P5: from a log to a typed event, against viem's `parseEventLogs`. Reading the node's JSON comes before that on
 * both sides (our strict `parseLog`, viem's `formatLog`) and is noted apart.
 */
export async function logDecoding(): Promise<GoalResult> {
  const json = nodeLogs(LOGS);
  const raw = readLogs(json);
  const formatted = json.map((log) => formatLog(log));
  const viaViem = (): number => parseEventLogs({ abi, logs: formatted }).length;
  if (decodeOurs(raw) !== LOGS || viaViem() !== LOGS)
    throw new Error("not every log of the bench was decoded");
  const { oursMs, baselineMs } = await interleaved({
    rounds: ROUNDS,
    ours: () => decodeOurs(raw),
    baseline: viaViem,
  });
  const whole = await interleaved({
    rounds: ROUNDS,
    ours: () => decodeOurs(readLogs(json)),
    baseline: () => parseEventLogs({ abi, logs: json.map((log) => formatLog(log)) }),
  });
  const perLog = (ms: number): number => (ms * 1_000) / LOGS;
  return {
    id: "P5",
    goal: "log decode: 10x faster than viem's parseEventLogs, 5 µs a log, 200 bytes kept an event",
    checks: [
      atLeast({ what: "times faster than viem", measured: baselineMs / oursMs, limit: 10, unit: "x" }),
      atMost({ what: "time a log", measured: perLog(oursMs), limit: 5, unit: "µs" }),
      atMost({ what: "kept a log", measured: packLogs(raw).length / LOGS, limit: 200, unit: "bytes" }),
    ],
    notes: {
      logs: LOGS,
      "viem, µs a log": perLog(baselineMs),
      "from JSON to events, µs a log": perLog(whole.oursMs),
      "the same with viem, µs a log": perLog(whole.baselineMs),
    },
  };
}
