import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePublicRoute } from "./route";

const VAULT = `0x${"ab".repeat(20)}`;

describe("the address of a public page", () => {
  it("names chain and vault, and by choice a block and a frame", () => {
    expect(parsePublicRoute(`#/t/1/${VAULT}?block=12&embed=1`)).toEqual({
      kind: "vault",
      chainId: 1,
      address: VAULT,
      block: 12n,
      isEmbedded: true,
    });
  });

  it("drops what it does not know", () => {
    const route = parsePublicRoute(`#/t/1/${VAULT}?rpc=https://evil.example&__proto__=1`);
    expect(route).toEqual({ kind: "vault", chainId: 1, address: VAULT, block: undefined, isEmbedded: false });
  });

  it.each([
    ["a chain that is no number", `#/t/main/${VAULT}`],
    ["a short vault", "#/t/1/0x12"],
    ["a block that is no number", `#/t/1/${VAULT}?block=latest`],
    ["a block with a sign", `#/t/1/${VAULT}?block=-1`],
    ["nothing", "#/t/"],
    ["broken escapes", "#/t/1/%E0%A4%A"],
  ])("says what is wrong with %s", (_, hash) => {
    expect(parsePublicRoute(hash).kind).toBe("issue");
  });

  it("never throws, whatever stands in the address bar", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(["vault", "issue"]).toContain(parsePublicRoute(`#/t/${text}`).kind);
      }),
    );
  });
});
