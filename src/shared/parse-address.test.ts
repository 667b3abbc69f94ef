import { describe, expect, it } from "vitest";
import { parseAddressForm } from "./parse-address";

const DIGITS = "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

describe("parseAddressForm", () => {
  it("gives the address in lower case and ignores white space around it", () => {
    const parsed = parseAddressForm(` 0x${DIGITS.toUpperCase()}\n`);
    expect(parsed).toMatchObject({ ok: true, address: `0x${DIGITS}`, isMixedCase: false });
  });

  it("keeps the given text and says that mixed case carries a checksum", () => {
    const given = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    expect(parseAddressForm(given)).toMatchObject({ ok: true, given, isMixedCase: true });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    [DIGITS, "no-prefix"],
    ["vitalik.eth", "name"],
    [`0x${"1".repeat(64)}`, "hash"],
    [`0x${DIGITS.slice(1)}`, "too-short"],
    [`0x${DIGITS}0`, "too-long"],
    ["0x", "too-short"],
    [`0x${DIGITS.slice(1)}g`, "not-hex"],
    [`0X${DIGITS}`, "not-hex"],
    ["hello", "not-hex"],
    [`0x${DIGITS.slice(0, 39)}\u0430`, "not-hex"],
    [`javascript:0x${DIGITS}`, "not-hex"],
    [`0x${DIGITS} 0x${DIGITS}`, "not-hex"],
  ])("refuses %j as %s, with words", (text, code) => {
    const parsed = parseAddressForm(text);
    expect(parsed).toMatchObject({ ok: false, code });
    expect(parsed.ok ? "" : parsed.message).toMatch(/\.$/);
  });

  it("counts the digits that are missing or too many", () => {
    expect(parseAddressForm(`0x${DIGITS.slice(2)}`)).toMatchObject({
      message: expect.stringMatching(/^2 digits missing/),
    });
    expect(parseAddressForm(`0x${DIGITS}a`)).toMatchObject({
      message: expect.stringMatching(/^1 digit too many/),
    });
  });
});
