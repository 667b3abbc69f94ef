// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unknown } from "@/domain/figure";
import { unitOf, WAD } from "@/domain/math";
import type { Round } from "@/domain/risk/rounds";
import { stubLayout } from "@/testing/layout";
import { partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { fluxOf, percent, stateOf, strategyOf } from "@/testing/vault-builders";
import { boundRowsOf, derivedOf, gapFactOf, peerRowOf } from "./model";
import { GapFactView, PeersView, ProfilesView } from "./profiles-view";
import { arithmeticOf, gapFactText } from "./texts";

/** The documentation's typical vault: bond 20 %, buffer 10 %, margin 1 %. */
const STRATEGY = strategyOf({
  interestRateWad: percent(15),
  minBondRatioWad: percent(20),
  liquidationBufferWad: percent(10),
  liquidationProfitMarginWad: percent(1),
});

const BOOK = riskBookOf([riskPositionOf({ debt: 1n, parts: [partOf(WETH, unitOf(18))] })]);

function fallOf(after: bigint): readonly Round[] {
  return [
    { atSeconds: 1_000n, answer: 1_000n },
    { atSeconds: 10_000n, answer: 1_000n },
    { atSeconds: 11_000n, answer: after },
  ];
}

beforeEach(stubLayout);
afterEach(cleanup);

describe("the published profiles", () => {
  it("say of each parameter where it stands, and of a bound without a figure that none is published", () => {
    const standings = boundRowsOf(STRATEGY).map(({ name, standings: all }) => [
      name,
      ...all.map(({ standing }) => standing),
    ]);
    expect(standings).toEqual([
      ["interestRateWad", "above", "inside", "below"],
      ["minBondRatioWad", "below", "inside", "inside"],
      ["liquidationBufferWad", "not-published", "inside", "not-published"],
    ]);
  });

  it("show the arithmetic with the vault's own numbers", () => {
    const lines = arithmeticOf(derivedOf(STRATEGY)).map(({ key, result }) => [key, result]);
    expect(lines).toEqual([
      ["t", "1.100"],
      ["cushion", "10.00%"],
      ["gap-a", "9.09%"],
      ["gap-b", "8.17%"],
      ["room", "8.33%"],
      ["to-insolvent", "16.66%"],
      ["leverage", "5.00×"],
    ]);
    render(
      <ProfilesView
        bounds={boundRowsOf(STRATEGY)}
        derived={derivedOf(STRATEGY)}
        gap={null}
        stamp="At block 7."
      />,
    );
    expect(screen.getByText("1 + b − f = 1 + 20% − 10%")).toBeDefined();
    const rate = within(screen.getByRole("table")).getByRole("row", { name: /^Interest rate/ });
    expect(rate.textContent).toMatch(/12% to 20%inside/);
  });
});

describe("the gap tolerance beside the worst recorded hour", () => {
  it.each([
    // g is 1 − 1 ÷ 1.1 = 9.0909 % under rule (a).
    [909n, true],
    [910n, false],
  ] as const)("after an hour that left %s of 1,000", (after, isBelow) => {
    const fact = gapFactOf({ book: BOOK, strategy: STRATEGY, roundsOf: () => fallOf(after) });
    if (fact.kind === "unknown") throw new Error("the fall is known");
    expect(fact.value.isBelow).toBe(isBelow);
    expect(gapFactText(fact.value).title).toContain(isBelow ? "is below" : "is not below");
  });

  it("takes the harder rule where the quotes do not tell which one holds", () => {
    const fact = gapFactOf({
      book: { ...BOOK, rule: undefined },
      strategy: STRATEGY,
      roundsOf: () => fallOf(915n),
    });
    expect(fact).toMatchObject({
      value: { rule: "b", isBelow: true, fall: { fallWad: (85n * WAD) / 1_000n } },
    });
  });

  it("is unknown without rounds, and not a zero", () => {
    expect(gapFactOf({ book: BOOK, strategy: STRATEGY, roundsOf: () => undefined })).toEqual(
      unknown("not-published"),
    );
    expect(gapFactOf({ book: riskBookOf([]), strategy: STRATEGY, roundsOf: () => [] })).toEqual(
      unknown("not-published"),
    );
  });

  it("is stated as history", () => {
    const fact = gapFactOf({ book: BOOK, strategy: STRATEGY, roundsOf: () => fallOf(850n) });
    if (fact.kind === "unknown") throw new Error("the fall is known");
    render(<GapFactView fact={fact.value} />);
    expect(screen.getByText("g 9.09% is below the worst recorded hour of WETH, 15.00%")).toBeDefined();
    expect(screen.getByText(/History, not a forecast/)).toBeDefined();
  });
});

describe("the other configured vaults", () => {
  it("stand side by side, and say what is not read or not published", () => {
    const about = { chainName: "Devnet", href: "#/v", isThis: false, fault: undefined };
    const state = stateOf({ flux: fluxOf({ strategy: STRATEGY }) });
    render(
      <PeersView
        rows={[
          peerRowOf({ ...about, key: "1", name: "Own", isThis: true, state }),
          peerRowOf({ ...about, key: "2", name: "Slow", state: undefined }),
          peerRowOf({ ...about, key: "3", name: "Gone", state: undefined, fault: "No endpoint answers." }),
          peerRowOf({ ...about, key: "4", name: "Plain", state: { ...state, flux: undefined } }),
        ]}
      />,
    );
    const row = (name: string) => screen.getByRole("row", { name: new RegExp(`^${name}`) }).textContent;
    expect(row("Own")).toMatch(/this vault.*15%.*20%.*10%.*1%.*1\.100.*9\.09%.*8\.17%/);
    expect(row("Slow")).toContain("being read");
    expect(row("Gone")).toContain("No endpoint answers.");
    expect(row("Plain")).toContain("not published");
  });
});
