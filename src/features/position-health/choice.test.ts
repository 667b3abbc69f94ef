import { describe, expect, it } from "vitest";
import { addressFrom } from "@/testing/vault-builders";
import {
  choiceFromParams,
  DEFAULT_CHOICE,
  DEFAULT_SORT,
  type PositionChoice,
  paramsWithChoice,
  withinOf,
} from "./choice";

const AHEAD: PositionChoice = {
  set: "ahead",
  filter: "attention",
  band: "danger",
  asset: addressFrom(7),
  within: "12.5",
  search: "ab",
  sort: { columnId: "room", direction: "descending" },
};

describe("the choice in the address", () => {
  it("comes back as it was written, beside what else stands there", () => {
    const params = paramsWithChoice(new URLSearchParams("block=12"), AHEAD);
    expect(params.get("block")).toBe("12");
    expect(choiceFromParams(params)).toEqual(AHEAD);
  });

  it("stays out where it is as usual, and takes with it what other columns alone can narrow", () => {
    const params = paramsWithChoice(new URLSearchParams(), AHEAD);
    const now = { ...AHEAD, set: "now", sort: DEFAULT_SORT.now } as const;
    expect(paramsWithChoice(params, now).toString()).toBe("state=attention&band=danger&q=ab");
    expect(paramsWithChoice(params, DEFAULT_CHOICE).toString()).toBe("");
  });

  it("is as usual for whatever an address names wrongly", () => {
    const wrong = new URLSearchParams("set=later&band=purple&asset=0x12&state=rich&sort=1");
    expect(choiceFromParams(wrong)).toEqual(DEFAULT_CHOICE);
  });
});

describe("withinOf", () => {
  it.each([
    ["", { kind: "none" }],
    [" 10 ", { kind: "within", withinWad: 10n ** 17n }],
    ["12.5", { kind: "within", withinWad: 125n * 10n ** 15n }],
    ["0,05", { kind: "within", withinWad: 5n * 10n ** 14n }],
    ["100", { kind: "within", withinWad: 10n ** 18n }],
    ["100.01", { kind: "invalid" }],
    ["-1", { kind: "invalid" }],
    ["1e1", { kind: "invalid" }],
  ])("reads %j", (typed, expected) => {
    expect(withinOf(typed)).toEqual(expected);
  });
});
