// @vitest-environment node
import { toFunctionSelector } from "viem/utils";
import { describe, expect, it } from "vitest";
import * as views from "./sale-views";

const selectors = Object.values(views)
  .flatMap((table) => Object.values(table))
  .map(([selector, signature]) => [signature, selector] as const);

describe("selectors that are written down", () => {
  it.each(selectors)("%s is %s", (signature, selector) => {
    expect(toFunctionSelector(signature)).toBe(selector);
  });
});
