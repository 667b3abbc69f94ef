// @vitest-environment node
import fc from "fast-check";
import { bytesToHex, encodeAbiParameters, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import type { Hex } from "@/domain/model";
import { LENS_MAGIC, openLensAnswer } from "./decode";
import { FieldReader } from "./fields";

type Field = bigint | "failed" | Uint8Array;

/** One field as the lens writes it. */
function fieldHex(field: Field): string {
  if (field === "failed") return "ff";
  const digits = typeof field === "bigint" ? field.toString(16) : bytesToHex(field).slice(2);
  const body = field === 0n ? "" : digits.padStart(Math.ceil(digits.length / 2) * 2, "0");
  return (body.length / 2).toString(16).padStart(2, "0") + body;
}

const packed = (...fields: readonly Field[]): Hex => `0x${fields.map(fieldHex).join("")}`;
const number = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

describe("FieldReader", () => {
  it("reads numbers of any length, with zero and failure told apart", () => {
    const field = fc.oneof(number, fc.constant<Field>("failed"), fc.constant(0n));
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const reader = new FieldReader(packed(...fields));
        for (const one of fields) expect(reader.uint()).toBe(one === "failed" ? undefined : one);
        expect(reader.atEnd()).toBe(true);
      }),
    );
  });

  it("puts the leading zeros of addresses and words back", () => {
    const reader = new FieldReader(packed(1n, 1n, 0n));
    expect(reader.address()).toBe(`0x${"1".padStart(40, "0")}`);
    expect(reader.word()).toBe(`0x${"1".padStart(64, "0")}`);
    expect(reader.address()).toBe(`0x${"0".repeat(40)}`);
  });

  it("refuses an address that is too long and a truth that is neither", () => {
    const reader = new FieldReader(packed(2n ** 160n, 2n, 1n, 0n, "failed"));
    expect(reader.address()).toBeUndefined();
    expect([reader.bool(), reader.bool(), reader.bool(), reader.bool()]).toEqual([
      undefined,
      true,
      false,
      undefined,
    ]);
  });

  it("reads text, and replaces what is no UTF-8", () => {
    const reader = new FieldReader(packed(new TextEncoder().encode("USD₮"), new Uint8Array([0x41, 0xff])));
    expect(reader.text()).toBe("USD₮");
    expect(reader.text()).toBe("A\ufffd");
  });

  it("refuses counts that are no counts", () => {
    const reader = new FieldReader(packed(2n ** 255n, 64n));
    expect(reader.small()).toBeUndefined();
    expect(reader.small()).toBe(64);
  });

  it("throws where the bytes end early, never a shorter number", () => {
    fc.assert(
      fc.property(
        number.filter((value) => value > 0n),
        fc.nat(),
        (value, cut) => {
          const whole = packed(value);
          const short: Hex = `0x${whole.slice(2, 2 + (cut % (whole.length - 2)))}`;
          expect(() => new FieldReader(short).uint()).toThrow(
            expect.objectContaining({ code: "bad-answer" }),
          );
        },
      ),
    );
  });
});

describe("openLensAnswer", () => {
  const answerOf = (bytes: Hex): Hex => encodeAbiParameters([{ type: "bytes" }], [bytes]);

  it("opens an answer of the lens", () => {
    const opened = openLensAnswer(answerOf(packed(BigInt(LENS_MAGIC), 5n, 6n, 7n, 8n)));
    expect(opened?.header).toEqual({ blockNumber: 5n, timestampSeconds: 6n, chainId: 7n });
    expect(opened?.fields.uint()).toBe(8n);
  });

  it("does not open what any other code returned", () => {
    for (const answer of [
      "0x",
      `0x${"00".repeat(32)}`,
      answerOf("0x"),
      answerOf(packed(1n, 5n, 6n, 7n)),
      stringToHex("hello"),
    ]) {
      expect(openLensAnswer(answer as Hex)).toBeUndefined();
    }
  });
});
