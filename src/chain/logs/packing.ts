import type { Address, Hex } from "@/domain/model";
import { bytesOfHex, hexOfBytes } from "../bytes";
import type { RawLog } from "./raw-log";

/*
 * Logs as bytes, a fifth of their JSON: hashes and addresses once each, words without their leading zeros, block
 * numbers and times as differences. All numbers are LEB128 varints.
 *
 *   chunk  = first block, number of logs, table of addresses, table of first topics, logs
 *   log    = flags, [block difference, block hash, time difference], [transaction hash], log index, address,
 *            first topic, other topics, data
 */

const WORD = 32;
const ADDRESS = 20;
const NEW_BLOCK = 1;
const NEW_TRANSACTION = 2;
const TOPICS_SHIFT = 2;
/** Marks data that are not whole words and are kept as they are. */
const RAW_DATA = 1;

class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  varint(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.byte(Number.parseInt((rest & 127n).toString(), 10) | 128);
      rest >>= 7n;
    }
    this.byte(Number.parseInt(rest.toString(), 10));
  }

  small(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** A 32-byte word without leading zeros, after its length. */
  word(word: Uint8Array): void {
    let start = 0;
    while (start < word.length && word[start] === 0) start += 1;
    this.byte(word.length - start);
    this.bytes(word.subarray(start));
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

/** The bytes do not hold what they should: a damaged chunk. */
export class PackingError extends Error {
  override readonly name = "PackingError";
}

class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new PackingError("The bytes end early");
    this.#at += 1;
    return value;
  }

  bytes(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new PackingError("The bytes end early");
    const value = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return value;
  }

  varint(): bigint {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7n;
      if (shift > 256n) throw new PackingError("A number does not end");
    }
  }

  small(): number {
    const value = this.varint();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new PackingError("A number is too large");
    return Number.parseInt(value.toString(), 10);
  }

  /** Hex digits of a word with its leading zeros put back. */
  wordDigits(): string {
    const length = this.byte();
    if (length > WORD) throw new PackingError("A word is too long");
    return hexOfBytes(this.bytes(length))
      .slice(2)
      .padStart(WORD * 2, "0");
  }

  hex(count: number): Hex {
    return hexOfBytes(this.bytes(count));
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}

function tableOf(values: readonly Hex[]): ReadonlyMap<Hex, number> {
  return new Map([...new Set(values)].map((value, index) => [value, index]));
}

function writeData(writer: ByteWriter, data: Hex): void {
  const bytes = bytesOfHex(data);
  const whole = bytes.length % WORD === 0;
  const units = whole ? bytes.length / WORD : bytes.length;
  writer.small(units * 2 + (whole ? 0 : RAW_DATA));
  if (!whole) {
    writer.bytes(bytes);
    return;
  }
  for (let at = 0; at < bytes.length; at += WORD) writer.word(bytes.subarray(at, at + WORD));
}

function readData(reader: ByteReader): Hex {
  const head = reader.small();
  const units = Math.floor(head / 2);
  if (head % 2 === RAW_DATA) return reader.hex(units);
  let digits = "";
  for (let index = 0; index < units; index += 1) digits += reader.wordDigits();
  return `0x${digits}`;
}

/** Packs logs that are in the chain's order; a log without any topic keeps none. */
export function packLogs(logs: readonly RawLog[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const addresses = tableOf(logs.map(({ address }) => address));
  const topics = tableOf(logs.flatMap(({ topics: [first] }) => (first === undefined ? [] : [first])));
  writer.varint(logs[0]?.blockNumber ?? 0n);
  writer.small(logs.length);
  writer.small(addresses.size);
  for (const address of addresses.keys()) writer.bytes(bytesOfHex(address));
  writer.small(topics.size);
  for (const topic of topics.keys()) writer.bytes(bytesOfHex(topic));
  let previous: RawLog | undefined;
  for (const log of logs) {
    const newBlock = previous?.blockHash !== log.blockHash;
    const newTransaction = newBlock || previous?.transactionHash !== log.transactionHash;
    const flags = (newBlock ? NEW_BLOCK : 0) | (newTransaction ? NEW_TRANSACTION : 0);
    writer.byte(flags | (log.topics.length << TOPICS_SHIFT));
    if (newBlock) {
      writer.varint(log.blockNumber - (previous ?? log).blockNumber);
      writer.bytes(bytesOfHex(log.blockHash));
      writer.varint(log.atSeconds - (previous?.atSeconds ?? 0n));
    }
    if (newTransaction) writer.bytes(bytesOfHex(log.transactionHash));
    writer.small(log.logIndex);
    writer.small(addresses.get(log.address) ?? 0);
    const [first, ...others] = log.topics;
    if (first !== undefined) writer.small(topics.get(first) ?? 0);
    for (const topic of others) writer.word(bytesOfHex(topic));
    writeData(writer, log.data);
    previous = log;
  }
  return writer.finish();
}

function readTable(reader: ByteReader, width: number): readonly Hex[] {
  const count = reader.small();
  const table: Hex[] = [];
  for (let index = 0; index < count; index += 1) table.push(reader.hex(width));
  return table;
}

function entryOf(table: readonly Hex[], index: number): Hex {
  const entry = table[index];
  if (entry === undefined) throw new PackingError("A table has no such entry");
  return entry;
}

/** Reads packed logs back. Throws `PackingError` when the bytes are damaged. */
export function unpackLogs(bytes: Uint8Array): readonly RawLog[] {
  const reader = new ByteReader(bytes);
  let blockNumber = reader.varint();
  const count = reader.small();
  const addresses: readonly Address[] = readTable(reader, ADDRESS);
  const topicTable = readTable(reader, WORD);
  const logs: RawLog[] = [];
  let blockHash: Hex = "0x";
  let transactionHash: Hex = "0x";
  let atSeconds = 0n;
  for (let index = 0; index < count; index += 1) {
    const flags = reader.byte();
    if ((flags & NEW_BLOCK) !== 0) {
      blockNumber += reader.varint();
      blockHash = reader.hex(WORD);
      atSeconds += reader.varint();
    }
    if ((flags & NEW_TRANSACTION) !== 0) transactionHash = reader.hex(WORD);
    const logIndex = reader.small();
    const address = entryOf(addresses, reader.small());
    const topicCount = flags >> TOPICS_SHIFT;
    const topics: Hex[] = topicCount > 0 ? [entryOf(topicTable, reader.small())] : [];
    for (let topic = 1; topic < topicCount; topic += 1) topics.push(`0x${reader.wordDigits()}`);
    const data = readData(reader);
    logs.push({ address, topics, data, blockNumber, blockHash, transactionHash, logIndex, atSeconds });
  }
  if (!reader.atEnd()) throw new PackingError("There are bytes left over");
  return logs;
}
