// @vitest-environment node
import { encodeFunctionData } from "viem/utils";
import { describe, expect, it } from "vitest";
import { NO_PREDECESSOR, scheduleCall, setMinBondRatioCall } from "@/chain/writes/timelock";
import { safeBatchOf, safeBatchText, safeChecksumOf } from "./safe-batch";

const TIMELOCK = `0x${"ab".repeat(20)}` as const;
const STRATEGY = `0x${"cd".repeat(20)}` as const;
const SALT = `0x${"11".repeat(32)}` as const;

const inner = setMinBondRatioCall({ strategy: STRATEGY, ratioWad: 220_000_000_000_000_000n });
const schedule = scheduleCall({
  timelock: TIMELOCK,
  operation: { calls: [inner], predecessor: NO_PREDECESSOR, salt: SALT },
  delaySeconds: 172_800n,
});
const request = {
  chainId: 31_337,
  createdAtMs: 1_780_000_000_000,
  name: "Schedule",
  description: "A test",
  safe: undefined,
  calls: [schedule],
};

describe("safeBatchOf", () => {
  it("gives the file the checksum that Safe's own builder gives", () => {
    // A file as the Transaction Builder 1.18.2 wrote it: an approval of 100,000 USDC.
    const written = {
      version: "1.0",
      chainId: "1",
      createdAt: 1_761_326_849_944,
      meta: {
        name: "Transactions Batch",
        description: "",
        txBuilderVersion: "1.18.2",
        createdFromSafeAddress: "0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6",
        createdFromOwnerAddress: "",
      },
      transactions: [
        {
          to: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
          value: "0",
          data: null,
          contractMethod: {
            inputs: [
              { internalType: "address", name: "spender", type: "address" },
              { internalType: "uint256", name: "value", type: "uint256" },
            ],
            name: "approve",
            payable: false,
          },
          contractInputsValues: {
            spender: "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8",
            value: "100000000000",
          },
        },
      ],
    };
    expect(safeChecksumOf(written)).toBe(
      "0x8b5032f716845c8b08bab3d63dbd9ba92e056f3557793cd041e59b84e16aa989",
    );
  });

  it("holds the fields of the builder's format, with the exact bytes", () => {
    const file = safeBatchOf(request);
    expect(file).toMatchObject({
      version: "1.0",
      chainId: "31337",
      createdAt: 1_780_000_000_000,
      meta: { name: "Schedule", createdFromSafeAddress: "", createdFromOwnerAddress: "" },
    });
    expect(file.transactions).toHaveLength(1);
    expect(file.transactions[0]).toMatchObject({ value: "0", data: schedule.data });
    expect(file.transactions[0]?.to.toLowerCase()).toBe(TIMELOCK);
    const { checksum, ...meta } = file.meta;
    expect(checksum).toBe(safeChecksumOf({ ...file, meta }));
  });

  it("says in method and values exactly what the bytes say", () => {
    const [transaction] = safeBatchOf(request).transactions;
    const method = transaction?.contractMethod;
    const values = transaction?.contractInputsValues;
    if (!method || !values) throw new Error("the batch holds no method");
    expect(Object.values(values).every((value) => typeof value === "string")).toBe(true);
    const again = encodeFunctionData({
      abi: [{ type: "function", stateMutability: "nonpayable", outputs: [], ...method }],
      functionName: method.name,
      args: method.inputs.map(({ name }) => values[name]),
    });
    expect(again).toBe(schedule.data);
    expect(values).toMatchObject({ delay: "172800", value: "0", salt: SALT, data: inner.data });
  });

  it("writes lists as JSON, as the builder's form takes them", () => {
    const batch = scheduleCall({
      timelock: TIMELOCK,
      operation: { calls: [inner, inner], predecessor: NO_PREDECESSOR, salt: SALT },
      delaySeconds: 172_800n,
    });
    const [transaction] = safeBatchOf({ ...request, calls: [batch] }).transactions;
    expect(transaction?.contractMethod?.name).toBe("scheduleBatch");
    expect(JSON.parse(transaction?.contractInputsValues?.["payloads"] ?? "")).toEqual([
      inner.data,
      inner.data,
    ]);
  });

  it("leaves a call that is not the timelock's as bytes alone", () => {
    const [transaction] = safeBatchOf({
      ...request,
      calls: [{ to: STRATEGY, data: "0x12345678", value: 5n }],
    }).transactions;
    expect(transaction).toMatchObject({
      value: "5",
      data: "0x12345678",
      contractMethod: null,
      contractInputsValues: null,
    });
  });

  it("is valid JSON as text and names the Safe with a checksum address", () => {
    const safe = "0xa77de01e157f9f57c7c4a326eee9c4874d0598b6";
    const parsed: unknown = JSON.parse(safeBatchText({ ...request, safe }));
    expect(parsed).toEqual(safeBatchOf({ ...request, safe }));
    expect(parsed).toMatchObject({
      meta: { createdFromSafeAddress: "0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6" },
    });
  });
});
