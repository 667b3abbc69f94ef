import type {
  Address,
  BlockRef,
  Hex,
  ParameterEvent,
  TimelockEvent,
  VaultEvent,
  VaultHistory,
} from "@/domain/model";
import { decodeParameterEvent, decodeTimelockEvent, decodeVaultEvent } from "./flux/events";
import { ALL_TOPICS, type EventTopic, STRATEGY_TOPICS, TIMELOCK_TOPICS, VAULT_TOPICS } from "./flux/topics";
import type { LogFilter } from "./logs/chunk";
import type { BlockInterval } from "./logs/intervals";
import type { RawLog } from "./logs/raw-log";

/** Whose events make up a vault's history. */
export interface HistorySubject {
  readonly vault: Address;
  readonly strategy?: Address | undefined;
  readonly timelock?: Address | undefined;
  /** The vault's first block. */
  readonly fromBlock: bigint;
}

/** A vault's history together with what is needed to extend it by new blocks. */
export interface HistoryRead extends VaultHistory {
  readonly subject: HistorySubject;
  readonly head: BlockRef;
  /** The newest final block inside the history; what lies after it is read again with every extension. */
  readonly settled: BlockRef | undefined;
  /** Ranges that no endpoint keeps any more. */
  readonly gaps: readonly BlockInterval[];
  /** Logs with one of our events' names that do not decode as it: a contract that is not what it seems. */
  readonly undecoded: number;
  /** Whether a stored history was thrown away because it was of another chain. */
  readonly rebuilt: boolean;
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}

/** The one filter for all of a vault's events. */
export function historyFilter({ vault, strategy, timelock }: HistorySubject): LogFilter {
  const addresses = [vault, strategy, timelock].filter((address) => address !== undefined).map(lower);
  return { addresses: [...new Set(addresses)], topics: [ALL_TOPICS] };
}

function topicSet(table: Readonly<Record<string, EventTopic>>): ReadonlySet<Hex> {
  return new Set(Object.values(table).map(([topic]) => topic));
}

const VAULT_TOPIC_SET = topicSet(VAULT_TOPICS);
const STRATEGY_TOPIC_SET = topicSet(STRATEGY_TOPICS);
const TIMELOCK_TOPIC_SET = topicSet(TIMELOCK_TOPICS);

/** Events by their emitter. */
export interface DecodedLogs {
  readonly vault: readonly VaultEvent[];
  readonly parameters: readonly ParameterEvent[];
  readonly timelock: readonly TimelockEvent[];
  readonly undecoded: number;
}

/**
 * Decodes logs of a vault, its strategy and its timelock, each by the tables of its own kind: an address says what an
 * event means, not its name.
 */
export function decodeLogs(logs: readonly RawLog[], subject: HistorySubject): DecodedLogs {
  const vaultAddress = lower(subject.vault);
  const strategyAddress = subject.strategy === undefined ? undefined : lower(subject.strategy);
  const timelockAddress = subject.timelock === undefined ? undefined : lower(subject.timelock);
  const vault: VaultEvent[] = [];
  const parameters: ParameterEvent[] = [];
  const timelock: TimelockEvent[] = [];
  let undecoded = 0;
  const sort = <T>(event: T | undefined, into: T[], isOurs: boolean): void => {
    if (event !== undefined) into.push(event);
    else if (isOurs) undecoded += 1;
  };
  for (const log of logs) {
    const topic = log.topics[0] ?? "0x";
    if (log.address === vaultAddress) sort(decodeVaultEvent(log), vault, VAULT_TOPIC_SET.has(topic));
    if (log.address === strategyAddress) {
      sort(decodeParameterEvent(log), parameters, STRATEGY_TOPIC_SET.has(topic));
    }
    if (log.address === timelockAddress) {
      sort(decodeTimelockEvent(log), timelock, TIMELOCK_TOPIC_SET.has(topic));
    }
  }
  return { vault, parameters, timelock, undecoded };
}

/** Whether a history came from this layer and can be extended. */
export function isHistoryRead(history: VaultHistory): history is HistoryRead {
  return "subject" in history && "settled" in history;
}
