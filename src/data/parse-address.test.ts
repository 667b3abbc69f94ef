import { describe, expect, it } from "vitest";
import { parseAddress } from "./parse-address";

// The first of the examples in EIP-55.
const CHECKSUMMED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

describe("parseAddress", () => {
  it("takes an address with the right checksum, and gives it in lower case", () => {
    expect(parseAddress(CHECKSUMMED)).toMatchObject({ ok: true, address: CHECKSUMMED.toLowerCase() });
  });

  it("takes an address without a checksum", () => {
    expect(parseAddress(CHECKSUMMED.toLowerCase()).ok).toBe(true);
  });

  it("refuses one changed digit where a checksum stands", () => {
    expect(parseAddress(CHECKSUMMED.replace("6053", "6054"))).toMatchObject({ ok: false, code: "checksum" });
  });

  it("refuses one changed capital where a checksum stands", () => {
    expect(parseAddress(CHECKSUMMED.replace("aAeb", "aaeb"))).toMatchObject({ ok: false, code: "checksum" });
  });
});
