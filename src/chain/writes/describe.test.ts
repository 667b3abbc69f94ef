// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address, Hex } from "@/domain/model";
import { type CallDescription, describeCall, type KnownContract } from "./describe";
import { approveCall, liquidateCall, registerExecutorCall } from "./liquidation";
import type { CallRequest } from "./request";
import { cancelCall, executeCall, NO_PREDECESSOR, scheduleCall, setMinBondRatioCall } from "./timelock";

const address = (last: string): Address => `0x${last.padStart(40, "0")}`;
const VAULT = address("a1");
const TOKEN = address("d4");
const FACTORY = address("e5");
const STRATEGY = address("17");
const TIMELOCK = address("28");
const STRANGER = address("99");
const SALT: Hex = `0x${"5a".repeat(32)}`;

const known = new Map<Address, KnownContract>([
  [VAULT, { kind: "vault", label: "Vault" }],
  [TOKEN, { kind: "token", label: "USDC" }],
  [FACTORY, { kind: "factory", label: "Factory" }],
  [STRATEGY, { kind: "strategy", label: "Strategy" }],
  [TIMELOCK, { kind: "timelock", label: "Timelock" }],
]);

const words = (call: CallRequest): CallDescription => describeCall({ ...call, known });
const raise = setMinBondRatioCall({ strategy: STRATEGY, ratioWad: 10n ** 17n });
const operation = { calls: [raise], predecessor: NO_PREDECESSOR, salt: SALT };
const order = liquidateCall({
  vault: VAULT,
  manager: STRANGER,
  mode: "sell-collateral",
  maxPaymentAssets: 1_000_000n,
  minProceedsAssets: 5n,
  deadlineSeconds: 1_700_000_000n,
  route: [{ venue: TOKEN, tokenIn: STRANGER, minOut: 9n }],
});

describe("describeCall", () => {
  it("names function, arguments and units", () => {
    expect(words(approveCall({ token: TOKEN, spender: VAULT, amount: 7n }))).toMatchObject({
      target: { label: "USDC" },
      functionName: "approve",
      args: [
        { name: "spender", type: "address", value: VAULT, unit: undefined },
        { name: "value", type: "uint256", value: 7n, unit: "token" },
      ],
      understood: true,
    });
  });

  it("opens the executor's bounds and the route inside a liquidation", () => {
    const { args, understood } = words(order);
    const data = args.find(({ name }) => name === "data");
    expect(data?.parts?.map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ["mode", 1n, "liquidation-mode"],
      ["maxPayment", 1_000_000n, "assets"],
      ["minProceeds", 5n, "assets"],
      ["deadline", 1_700_000_000n, "timestamp"],
      ["route", expect.any(String), undefined],
    ]);
    const route = data?.parts?.at(-1)?.parts?.[0]?.value;
    expect(route).toMatchObject([
      [
        { name: "venue", value: TOKEN },
        { name: "tokenIn", value: STRANGER },
        { name: "minOut", value: 9n },
      ],
    ]);
    expect(understood).toBe(true);
  });

  it("does not claim to understand a liquidation whose data hold something else", () => {
    const strange = liquidateCall({
      vault: VAULT,
      manager: STRANGER,
      mode: "pay-from-wallet",
      maxPaymentAssets: 1n,
      minProceedsAssets: 0n,
      deadlineSeconds: 1n,
      route: [],
    });
    const cut: CallRequest = {
      ...strange,
      data: strange.data.replace(/0{64}$/, `${"0".repeat(62)}01`) as Hex,
    };
    expect(words(cut).understood).toBe(false);
  });

  it("shows every call of a batch, in order, and trusts the whole only when it knows each", () => {
    const hidden: CallRequest = { to: STRANGER, data: "0xdeadbeef", value: 0n };
    const batch = { ...operation, calls: [raise, hidden, raise] };
    const description = words(scheduleCall({ timelock: TIMELOCK, operation: batch, delaySeconds: 172_800n }));
    expect(description.functionName).toBe("scheduleBatch");
    expect(description.inner.map(({ to, functionName }) => [to, functionName])).toEqual([
      [STRATEGY, "setMinBondRatio"],
      [STRANGER, undefined],
      [STRATEGY, "setMinBondRatio"],
    ]);
    expect(description.understood).toBe(false);
    expect(words(executeCall({ timelock: TIMELOCK, operation })).understood).toBe(true);
    expect(words(cancelCall({ timelock: TIMELOCK, id: SALT }))).toMatchObject({
      functionName: "cancel",
      inner: [],
      understood: true,
    });
  });

  it("says a scheduled call once: its bytes point to the words for it", () => {
    const description = words(scheduleCall({ timelock: TIMELOCK, operation, delaySeconds: 172_800n }));
    expect(description.args.filter(({ isInner }) => isInner === true).map(({ name }) => name)).toEqual([
      "data",
    ]);
    expect(description.inner).toMatchObject([
      { functionName: "setMinBondRatio", target: { kind: "strategy" } },
    ]);
    // Elsewhere an argument of this name is data like any other.
    expect(words(order).args.some(({ isInner }) => isInner === true)).toBe(false);
  });

  it("sees a timelock that schedules a call to itself", () => {
    const inner = scheduleCall({ timelock: TIMELOCK, operation, delaySeconds: 1n });
    const outer = scheduleCall({
      timelock: TIMELOCK,
      operation: { ...operation, calls: [inner] },
      delaySeconds: 1n,
    });
    expect(words(outer).inner[0]?.inner[0]?.functionName).toBe("setMinBondRatio");
  });

  it("gives an unknown target no friendly name, even for a selector that it knows", () => {
    const description = words({ ...raise, to: STRANGER });
    expect(description).toMatchObject({
      target: undefined,
      functionName: undefined,
      selector: raise.data.slice(0, 10),
      data: raise.data,
      understood: false,
    });
  });

  it("does not take a token's function for a vault's", () => {
    expect(words({ ...raise, to: TOKEN }).functionName).toBeUndefined();
  });

  it("notices bytes behind the arguments", () => {
    const call = registerExecutorCall({ factory: FACTORY, manager: STRANGER, executor: VAULT });
    const longer: CallRequest = { ...call, data: `${call.data}00` };
    expect(words(longer)).toMatchObject({
      functionName: "registerExecutor",
      exact: false,
      understood: false,
    });
  });

  it("shows a value that is sent along", () => {
    expect(words({ ...raise, value: 5n }).value).toBe(5n);
  });

  it("describes a plain transfer of nothing as not understood", () => {
    expect(words({ to: VAULT, data: "0x", value: 1n })).toMatchObject({
      selector: undefined,
      understood: false,
    });
  });

  it("never describes changed bytes with the words of the unchanged ones", () => {
    const originals = [order, scheduleCall({ timelock: TIMELOCK, operation, delaySeconds: 172_800n }), raise];
    const plain = (call: CallDescription): string =>
      JSON.stringify({ ...call, data: "" }, (key, value: unknown) =>
        typeof value === "bigint" ? `${value.toString()}n` : key === "data" ? "" : value,
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.nat(),
        fc.integer({ min: 1, max: 15 }),
        (call, position, flip) => {
          const at = 2 + (position % (call.data.length - 2));
          const digit = (Number.parseInt(call.data.charAt(at), 16) ^ flip).toString(16);
          const changed: CallRequest = {
            ...call,
            data: `${call.data.slice(0, at)}${digit}${call.data.slice(at + 1)}` as Hex,
          };
          const before = words(call);
          const after = words(changed);
          const same = plain(before) === plain(after);
          expect(same && after.understood).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known.keys()), fc.uint8Array({ maxLength: 300 }), (to, bytes) => {
        const data: Hex = `0x${Buffer.from(bytes).toString("hex")}`;
        expect(words({ to, data, value: 0n }).data).toBe(data);
      }),
    );
  });
});
