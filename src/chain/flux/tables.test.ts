// @vitest-environment node
import { toEventSelector, toFunctionSelector } from "viem";
import { describe, expect, it } from "vitest";
import { REVERT_TABLE } from "./reverts";
import { ALL_TOPICS, STRATEGY_TOPICS, TIMELOCK_TOPICS, VAULT_TOPICS } from "./topics";
import * as views from "./views";

const topics = [VAULT_TOPICS, STRATEGY_TOPICS, TIMELOCK_TOPICS].flatMap((table) => Object.values(table));
const selectors = Object.values(views)
  .filter((table): table is typeof views.VAULT_VIEWS => typeof table === "object")
  .flatMap((table) => Object.values(table));

describe("selectors and topics that are written down", () => {
  it.each(topics.map(([topic, signature]) => [signature, topic]))("%s is %s", (signature, topic) => {
    expect(toEventSelector(signature)).toBe(topic);
  });

  it.each(selectors.map(([selector, signature]) => [signature, selector]))(
    "%s is %s",
    (signature, selector) => {
      expect(toFunctionSelector(signature)).toBe(selector);
    },
  );

  it.each(REVERT_TABLE.map(([selector, declaration]) => [declaration, selector]))(
    "%s is %s",
    (declaration, selector) => {
      const signature = declaration.replaceAll(/ \w+(?=[,)])/g, "").replaceAll(" ", "");
      expect(toFunctionSelector(signature)).toBe(selector);
    },
  );

  it("name no event and no error twice", () => {
    expect(new Set(ALL_TOPICS).size).toBe(topics.length);
    expect(new Set(REVERT_TABLE.map(([selector]) => selector)).size).toBe(REVERT_TABLE.length);
  });
});
