import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { addressBookSchema } from "./address-book";

const SCHEMA_FILE = fileURLToPath(new URL("../devnet.schema.json", import.meta.url));

describe("the address book's schema", () => {
  it("is the one that is committed beside the devnet (write it anew with UPDATE_SCHEMAS=1)", () => {
    const schema = {
      title: "Address book of a Plimsoll devnet",
      ...z.toJSONSchema(addressBookSchema, { reused: "ref" }),
    };
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    if (process.env["UPDATE_SCHEMAS"] === "1") writeFileSync(SCHEMA_FILE, text);
    expect(JSON.parse(readFileSync(SCHEMA_FILE, "utf8"))).toEqual(JSON.parse(text));
  });

  it("refuses a book with a field that it does not know", () => {
    const result = addressBookSchema.safeParse({ version: 1, surprise: true });
    expect(result.success).toBe(false);
    expect(result.error?.issues.some((issue) => issue.code === "unrecognized_keys")).toBe(true);
  });
});
