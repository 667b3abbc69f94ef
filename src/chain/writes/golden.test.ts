// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Address, Hex } from "@/domain/model";
import {
  approveCall,
  deployExecutorCall,
  liquidateCall,
  registerExecutorCall,
  sweepCall,
} from "./liquidation";
import type { CallRequest } from "./request";
import {
  cancelCall,
  executeCall,
  NO_PREDECESSOR,
  operationIdOf,
  scheduleCall,
  setInterestRateCall,
  setMinBondRatioCall,
} from "./timelock";

/*
 * Call data written out word by word, by the rules of the ABI and with the selectors of the compiled contracts. No
 * encoder takes part, so a changed signature, a swapped argument or a library's change of mind turns a test red.
 */

const VAULT: Address = "0x00000000000000000000000000000000000000a1";
const MANAGER: Address = "0x00000000000000000000000000000000000000b2";
const EXECUTOR: Address = "0x00000000000000000000000000000000000000c3";
const TOKEN: Address = "0x00000000000000000000000000000000000000d4";
const FACTORY: Address = "0x00000000000000000000000000000000000000e5";
const POOL: Address = "0x00000000000000000000000000000000000000f6";
const STRATEGY: Address = "0x0000000000000000000000000000000000000017";
const TIMELOCK: Address = "0x0000000000000000000000000000000000000028";
const SALT: Hex = `0x${"5a".repeat(32)}`;

const word = (value: bigint | number | Address): string =>
  (typeof value === "string" ? value.slice(2) : value.toString(16)).padStart(64, "0");
const words = (...values: (bigint | number | Address)[]): string => values.map(word).join("");
const padded = (hex: string): string => hex.padEnd(Math.ceil(hex.length / 64) * 64, "0");

const RATE = 120_000_000_000_000_000n;
const SET_RATE = `5f84f302${word(RATE)}`;
const SET_RATIO = `4c7d16a8${word(RATE)}`;

const order = {
  vault: VAULT,
  manager: MANAGER,
  maxPaymentAssets: 1_000_000n,
  minProceedsAssets: 5n,
  deadlineSeconds: 1_700_000_000n,
} as const;

describe("call data", () => {
  it.each<[string, CallRequest, Address, string]>([
    ["deploying an executor", deployExecutorCall({ factory: FACTORY }), FACTORY, "0d89b6bb"],
    [
      "registering an executor",
      registerExecutorCall({ factory: FACTORY, manager: MANAGER, executor: EXECUTOR }),
      FACTORY,
      `79e663ac${words(MANAGER, EXECUTOR)}`,
    ],
    [
      "approving",
      approveCall({ token: TOKEN, spender: EXECUTOR, amount: 7n }),
      TOKEN,
      `095ea7b3${words(EXECUTOR, 7)}`,
    ],
    ["sweeping", sweepCall({ executor: EXECUTOR, token: TOKEN }), EXECUTOR, `01681a62${word(TOKEN)}`],
    [
      "liquidating from the wallet",
      liquidateCall({ ...order, mode: "pay-from-wallet", route: [] }),
      VAULT,
      `a0807d34${words(MANAGER, 96, 128, 0, 192)}${words(0, 1_000_000, 5, 1_700_000_000, 160, 0)}`,
    ],
    [
      "liquidating by selling, with an additional wrapper",
      liquidateCall({
        ...order,
        additionalWrappers: [TOKEN],
        mode: "sell-collateral",
        route: [{ venue: POOL, tokenIn: TOKEN, minOut: 9n }],
      }),
      VAULT,
      `a0807d34${words(MANAGER, 96, 160, 1, TOKEN, 352)}${words(1, 1_000_000, 5, 1_700_000_000, 160, 160)}${words(32, 1, POOL, TOKEN, 9)}`,
    ],
    ["setting the rate", setInterestRateCall({ strategy: STRATEGY, rateWad: RATE }), STRATEGY, SET_RATE],
    [
      "setting the bond ratio",
      setMinBondRatioCall({ strategy: STRATEGY, ratioWad: RATE }),
      STRATEGY,
      SET_RATIO,
    ],
    ["cancelling", cancelCall({ timelock: TIMELOCK, id: SALT }), TIMELOCK, `c4d252f5${SALT.slice(2)}`],
  ])("of %s", (_, { to, data, value }, target, expected) => {
    expect({ to, data, value }).toEqual({ to: target, data: `0x${expected}`, value: 0n });
  });
});

describe("a timelock operation", () => {
  const one = {
    calls: [setInterestRateCall({ strategy: STRATEGY, rateWad: RATE })],
    predecessor: NO_PREDECESSOR,
    salt: SALT,
  };
  const two = { ...one, calls: [...one.calls, setMinBondRatioCall({ strategy: STRATEGY, ratioWad: RATE })] };
  const payload = padded(SET_RATE);

  it("of one call is scheduled and executed by the functions for one", () => {
    expect(scheduleCall({ timelock: TIMELOCK, operation: one, delaySeconds: 172_800n }).data).toBe(
      `0x01d5062a${words(STRATEGY, 0, 192)}${NO_PREDECESSOR.slice(2)}${SALT.slice(2)}${words(172_800, 36)}${payload}`,
    );
    expect(executeCall({ timelock: TIMELOCK, operation: one }).data).toBe(
      `0x134008d3${words(STRATEGY, 0, 160)}${NO_PREDECESSOR.slice(2)}${SALT.slice(2)}${word(36)}${payload}`,
    );
  });

  it("of two calls is scheduled and executed as a batch", () => {
    const lists = `${words(2, STRATEGY, STRATEGY)}${words(2, 0, 0)}${words(2, 64, 160, 36)}${payload}${word(36)}${padded(SET_RATIO)}`;
    expect(scheduleCall({ timelock: TIMELOCK, operation: two, delaySeconds: 172_800n }).data).toBe(
      `0x8f2a0bb0${words(192, 288, 384)}${NO_PREDECESSOR.slice(2)}${SALT.slice(2)}${word(172_800)}${lists}`,
    );
    expect(executeCall({ timelock: TIMELOCK, operation: two }).data).toBe(
      `0xe38335e5${words(160, 256, 352)}${NO_PREDECESSOR.slice(2)}${SALT.slice(2)}${lists}`,
    );
  });

  it("sends along the value that its calls need", () => {
    const [call] = one.calls;
    const paid = {
      ...one,
      calls:
        call === undefined
          ? []
          : [
              { ...call, value: 3n },
              { ...call, value: 4n },
            ],
    };
    expect(executeCall({ timelock: TIMELOCK, operation: paid }).value).toBe(7n);
    expect(scheduleCall({ timelock: TIMELOCK, operation: paid, delaySeconds: 1n }).value).toBe(0n);
  });

  it("has another id for another salt, predecessor, value or order", () => {
    const [call] = one.calls;
    const other: Hex = `0x${"01".repeat(32)}`;
    const operations = [
      one,
      two,
      { ...two, calls: two.calls.toReversed() },
      { ...one, salt: other },
      { ...one, predecessor: other },
      { ...one, calls: call === undefined ? [] : [{ ...call, value: 1n }] },
    ];
    expect(new Set(operations.map(operationIdOf)).size).toBe(operations.length);
  });
});
