import { describe, expect, it } from "vitest";
import { overflowOf } from "./nav-strip";

describe("a strip that scrolls", () => {
  it("knows at which ends something is hidden", () => {
    expect(overflowOf({ scrollLeft: 0, clientWidth: 300, scrollWidth: 300 })).toBe("none");
    expect(overflowOf({ scrollLeft: 0, clientWidth: 300, scrollWidth: 500 })).toBe("end");
    expect(overflowOf({ scrollLeft: 90, clientWidth: 300, scrollWidth: 500 })).toBe("both");
    expect(overflowOf({ scrollLeft: 199.6, clientWidth: 300, scrollWidth: 500 })).toBe("start");
  });
});
