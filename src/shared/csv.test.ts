import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

describe("toCsv", () => {
  it("ends every line with CRLF, the last one too", () => {
    expect(toCsv({ header: ["a", "b"], rows: [["1", "2"]] })).toBe("a,b\r\n1,2\r\n");
  });

  it("quotes cells with commas, quotes and line breaks", () => {
    expect(toCsv({ header: ["x"], rows: [["1,5"], ['say "no"'], ["a\nb"]] })).toBe(
      'x\r\n"1,5"\r\n"say ""no"""\r\n"a\nb"\r\n',
    );
  });

  it.each(["=1+1", "+1+1", "@SUM(A1)", "-cmd", "\tx"])("takes the formula out of %j", (text) => {
    expect(toCsv({ header: ["x"], rows: [[text]] })).toContain(`'${text}`);
  });

  it("leaves negative numbers as numbers", () => {
    expect(toCsv({ header: ["x"], rows: [["-12.5"]] })).toBe("x\r\n-12.5\r\n");
  });
});
