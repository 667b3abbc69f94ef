// @vitest-environment node
import fc from "fast-check";
import {
  type Abi,
  type AbiEvent,
  bytesToHex,
  encodeAbiParameters,
  encodeEventTopics,
  getAddress,
  parseAbi,
  stringToHex,
} from "viem";
import { describe, expect, it } from "vitest";
import type { Hex } from "@/domain/model";
import type { RawLog } from "../logs/raw-log";
import { decodeParameterEvent, decodeTimelockEvent, decodeVaultEvent, parameterKeyOf } from "./events";

const abi = parseAbi([
  "event Transfer(address indexed from, address indexed to, uint256 shares)",
  "event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)",
  "event Withdraw(address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares)",
  "event Borrowed(address indexed manager, uint256 assets)",
  "event Repaid(address indexed manager, uint256 assets)",
  "event BondDeposited(address indexed manager, uint256 assets)",
  "event BondWithdrawn(address indexed manager, uint256 assets)",
  "event PositionLiquidated(address indexed manager, address indexed liquidator, uint256 positionValueAssets, uint256 trueDebtAssets, uint256 paymentAssets, uint256 badDebtAssets)",
  "event PositionADL(address indexed manager, address indexed caller, uint256 trueDebtAssets, uint256 equityReturnedAssets)",
  "event LossRealised(address indexed manager, uint256 principalAssets, uint256 interestAssets, uint256 lpLossAssets, uint256 totalAssetsBefore, uint256 totalAssetsAfter, uint256 totalSupplyShares)",
  "event InterestCollected(address indexed manager, uint256 interestAssets, uint256 protocolFeeAssets, uint256 curatorFeeAssets)",
  "event RecoveryReceived(address indexed from, uint256 assets, uint256 totalAssetsBefore, uint256 totalSupplyShares)",
  "event AssetAllowed(address indexed asset, bool allowed)",
  "event CallScheduled(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data, bytes32 predecessor, uint256 delaySeconds)",
  "event CallExecuted(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data)",
  "event CallSalt(bytes32 indexed id, bytes32 salt)",
  "event Cancelled(bytes32 indexed id)",
  "event MinDelayChange(uint256 oldSeconds, uint256 newSeconds)",
]);

const VAULT_EVENTS = abi.slice(0, 12);
const TIMELOCK_EVENTS = abi.slice(13);

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => bytesToHex(bytes));

function arbitraryOf(type: string, name: string): fc.Arbitrary<unknown> {
  if (name === "index") return fc.bigInt({ min: 0n, max: 1000n });
  if (type === "address") return hex(20);
  if (type === "bool") return fc.boolean();
  if (type === "bytes32") return hex(32);
  if (type === "bytes") return fc.uint8Array({ maxLength: 100 }).map((bytes) => bytesToHex(bytes));
  return fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
}

const ref = {
  blockNumber: 7n,
  blockHash: `0x${"ab".repeat(32)}`,
  transactionHash: `0x${"cd".repeat(32)}`,
  logIndex: 3,
  atSeconds: 1_700_000_000n,
} as const;

type EventItem = Pick<AbiEvent, "name" | "type"> & {
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly indexed?: boolean }[];
};

/** The log as the EVM writes it, by viem. */
function logOf(item: EventItem, args: Readonly<Record<string, unknown>>): RawLog {
  const data = item.inputs.filter((input) => !("indexed" in input));
  return {
    ...ref,
    address: `0x${"ee".repeat(20)}`,
    topics: encodeEventTopics({ abi: [item] as Abi, eventName: item.name, args }) as Hex[],
    data: encodeAbiParameters(data, data.map(({ name }) => args[name]) as never),
  };
}

const cases = (items: readonly EventItem[]) => items.map((item) => [item.name, item] as const);

/** Throws unless the decoder reads back exactly the arguments that viem encoded. */
function readBack(item: EventItem, decode: (log: RawLog) => object | undefined): void {
  const record = fc.record(
    Object.fromEntries(item.inputs.map(({ name, type }) => [name, arbitraryOf(type, name)])),
  );
  fc.assert(
    fc.property(record, (args) => {
      const { kind: _kind, ...event } = (decode(logOf(item, args)) ?? { kind: "none" }) as Record<
        string,
        unknown
      >;
      const expected = "index" in args ? { ...args, index: Number(args["index"]) } : args;
      expect(event).toEqual({ ...ref, ...expected });
    }),
  );
}

describe("the hand-written decoder", () => {
  it.each(cases(VAULT_EVENTS))("reads %s as viem wrote it", (_, item) => {
    expect(() => {
      readBack(item, decodeVaultEvent);
    }).not.toThrow();
  });

  it.each(cases(TIMELOCK_EVENTS))("reads %s as viem wrote it", (_, item) => {
    expect(() => {
      readBack(item, decodeTimelockEvent);
    }).not.toThrow();
  });

  it("reads AssetAllowed and ParameterUpdated of a strategy", () => {
    const [allowed] = cases(abi.slice(12, 13));
    if (allowed !== undefined) readBack(allowed[1], decodeParameterEvent);
    const [item] = parseAbi([
      "event ParameterUpdated(bytes32 indexed key, uint256 oldValue, uint256 newValue)",
    ]);
    const key = stringToHex("minBondRatio", { size: 32 });
    expect(decodeParameterEvent(logOf(item, { key, oldValue: 1n, newValue: 2n }))).toEqual({
      ...ref,
      kind: "parameter",
      key: "minBondRatio",
      oldValue: 1n,
      newValue: 2n,
    });
  });

  it("refuses a log with our topic and another shape, instead of reading part of it", () => {
    const [transfer] = VAULT_EVENTS;
    if (transfer === undefined) throw new Error("no event");
    const from: Hex = `0x${"01".repeat(20)}`;
    const log = logOf(transfer, { from, to: from, shares: 5n });
    const dirty: Hex = `0x${"01".repeat(32)}`;
    const [topic = "0x", ...others] = log.topics;
    const shapes: readonly RawLog[] = [
      { ...log, data: "0x" },
      { ...log, data: `${log.data}00` },
      { ...log, topics: [topic] },
      { ...log, topics: [...log.topics, dirty] },
      { ...log, topics: [topic, dirty, ...others.slice(1)] },
    ];
    for (const shape of shapes) expect(decodeVaultEvent(shape)).toBeUndefined();
    expect(decodeVaultEvent(log)?.kind).toBe("transfer");
  });

  it("keeps addresses in lower case", () => {
    const [transfer] = VAULT_EVENTS;
    if (transfer === undefined) throw new Error("no event");
    const from = getAddress("0xd8da6bf26964af9d7eed9e03e53415d37aa96045");
    const event = decodeVaultEvent(logOf(transfer, { from, to: from, shares: 1n }));
    expect(event).toMatchObject({ from: from.toLowerCase() });
  });

  it("does not take an event of one contract for another's", () => {
    const [transfer] = VAULT_EVENTS;
    if (transfer === undefined) throw new Error("no event");
    const from: Hex = `0x${"01".repeat(20)}`;
    const log = logOf(transfer, { from, to: from, shares: 5n });
    expect(decodeTimelockEvent(log)).toBeUndefined();
    expect(decodeParameterEvent(log)).toBeUndefined();
  });
});

describe("parameterKeyOf", () => {
  it("reads a short string and leaves anything else as it stands", () => {
    expect(parameterKeyOf(stringToHex("interestRate", { size: 32 }))).toBe("interestRate");
    for (const word of [
      `0x${"00".repeat(32)}`,
      `0x${"ff".repeat(32)}`,
      stringToHex("a b", { size: 32 }),
    ] as Hex[]) {
      expect(parameterKeyOf(word)).toBe(word);
    }
  });
});
