// @vitest-environment node
import { describe, expect, it } from "vitest";
import { createPacer, fullJitterMs, retryAfterMs } from "./pacing";

describe("fullJitterMs", () => {
  it("is spread evenly below a doubling ceiling", () => {
    const at = (failures: number, random: number) =>
      fullJitterMs({ failures, baseMs: 100, capMs: 1000, random });
    expect([0, 1, 2, 3, 4, 50].map((failures) => at(failures, 1))).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(at(3, 0)).toBe(0);
    expect(at(3, 0.25)).toBe(200);
  });
});

describe("retryAfterMs", () => {
  it("reads seconds", () => {
    expect(retryAfterMs("120", null)).toBe(120_000);
    expect(retryAfterMs(" 0 ", null)).toBe(0);
  });

  it("reads a date against the response's own clock only", () => {
    const later = "Wed, 21 Oct 2026 07:28:30 GMT";
    expect(retryAfterMs(later, "Wed, 21 Oct 2026 07:28:00 GMT")).toBe(30_000);
    expect(retryAfterMs(later, null)).toBeUndefined();
    expect(retryAfterMs(later, "Wed, 21 Oct 2026 07:29:00 GMT")).toBeUndefined();
  });

  it("ignores what it cannot read", () => {
    for (const header of [null, "", "soon", "-5", "1e9", "99999999999"]) {
      expect(retryAfterMs(header, null)).toBeUndefined();
    }
  });
});

describe("createPacer", () => {
  it("does not pace an endpoint that never complained", () => {
    const pacer = createPacer();
    for (let nowMs = 0; nowMs < 1000; nowMs += 1) {
      expect(pacer.reserveMs(nowMs)).toBe(0);
      pacer.onAccepted(nowMs);
    }
    expect(pacer.rate()).toBeUndefined();
  });

  it("takes nine tenths of what was accepted in the last second when it is refused", () => {
    const pacer = createPacer();
    for (let nowMs = 0; nowMs < 1000; nowMs += 20) pacer.onAccepted(nowMs);
    pacer.onLimited(990);
    expect(pacer.rate()).toBe(45);
    expect([pacer.reserveMs(1000), pacer.reserveMs(1000), pacer.reserveMs(1000)].map(Math.round)).toEqual([
      0, 22, 44,
    ]);
  });

  it("counts refusals of requests that were in flight together once", () => {
    const pacer = createPacer();
    for (let nowMs = 0; nowMs < 1000; nowMs += 20) pacer.onAccepted(nowMs);
    for (const nowMs of [990, 995, 1000, 1500]) pacer.onLimited(nowMs);
    expect(pacer.rate()).toBe(45);
  });

  it("comes back slowly to the refused rate, and faster beyond it", () => {
    const pacer = createPacer();
    for (let nowMs = 0; nowMs < 1000; nowMs += 20) pacer.onAccepted(nowMs);
    pacer.onLimited(1000);
    const after = (seconds: number): number => {
      pacer.onAccepted(1000 + seconds * 1000);
      return pacer.rate() ?? 0;
    };
    expect(after(5)).toBeCloseTo(46.55, 1);
    const atCeiling = after(12);
    expect(after(13) - atCeiling).toBeCloseTo(2.45, 1);
  });
});
