// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedReading, RoundsRead } from "@/data/risk/use-asset-oracles";
import { unitOf, WAD } from "@/domain/math";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import type { AssetOracle, AssetOracles } from "@/report/load-asset-oracles";
import { stubLayout } from "@/testing/layout";
import { BASE, FIXED, partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom, USDC } from "@/testing/vault-builders";
import { AssetsView, type Impact } from "./assets-view";
import { assetsCsv } from "./export";
import { ageStandingOf, assetsModelOf, exitMeasureOf } from "./model";

const ETHER = unitOf(18);
const FEED = addressFrom(3_000);
const NOW = 1_700_010_000n;

const BOOK: RiskBook = riskBookOf(
  [
    riskPositionOf({
      debt: 20_000n,
      manager: addressFrom(11),
      parts: [partOf(BASE, 4_000n * USDC, true), partOf(WETH, 10n * ETHER), partOf(FIXED, 1_000n * ETHER)],
    }),
  ],
  {
    exits: new Map([
      [
        WETH,
        [
          {
            pool: addressFrom(4_000),
            reserveIn: 100n * ETHER,
            reserveOutAssets: 200_000n * USDC,
            feeBps: 0n,
          },
        ],
      ],
    ]),
  },
);

function reading(change: Partial<FeedReading> & Pick<FeedReading, "asset">): FeedReading {
  return {
    feed: FEED,
    description: "WETH / USD",
    decimals: 8,
    roundId: 77n,
    answer: 2_000n * 10n ** 8n,
    updatedAtSeconds: NOW - 7_300n,
    priceUsdWad: 2_000n * WAD,
    ...change,
  };
}

function oracleOf(change: Partial<AssetOracle> & Pick<AssetOracle, "asset">): AssetOracle {
  return { oracle: addressFrom(5_000), feed: undefined, second: undefined, configured: undefined, ...change };
}

const ORACLES: AssetOracles = {
  byAsset: new Map([
    [
      WETH,
      oracleOf({
        asset: WETH,
        feed: reading({ asset: WETH }),
        second: reading({ asset: WETH, feed: addressFrom(3_001), answer: 1_600n * 10n ** 8n }),
        configured: {
          asset: WETH,
          address: FEED,
          kind: "market",
          heartbeatSeconds: 3_600,
          secondSource: addressFrom(3_001),
        },
      }),
    ],
    [FIXED, oracleOf({ asset: FIXED })],
  ]),
  allowed: [
    { wrapper: addressFrom(6_000), underlying: WETH, symbol: "WETH" },
    { wrapper: addressFrom(6_001), underlying: addressFrom(6_101), symbol: "LINK" },
  ],
};

const ROUNDS: ReadonlyMap<Address, RoundsRead> = new Map([
  [
    WETH,
    {
      end: "first-round",
      rounds: [
        { atSeconds: NOW - 200_000n, answer: 2_500n },
        { atSeconds: NOW - 100_000n, answer: 2_500n },
        { atSeconds: NOW - 99_000n, answer: 2_000n },
        { atSeconds: NOW - 7_300n, answer: 2_000n },
      ],
    },
  ],
]);

function modelWith(rounds: ReadonlyMap<Address, RoundsRead> | undefined) {
  return assetsModelOf({ book: BOOK, oracles: ORACLES, rounds });
}

function View({ rounds }: { readonly rounds?: ReadonlyMap<Address, RoundsRead> }) {
  const [impact, setImpact] = useState<Impact>("2");
  const [chosen, setChosen] = useState<Address | undefined>(undefined);
  return (
    <AssetsView
      book={BOOK}
      model={modelWith(rounds)}
      nowSeconds={NOW}
      impact={impact}
      onImpact={setImpact}
      chosen={chosen}
      onChoose={setChosen}
      stamp={null}
      history={null}
      oracles={null}
    />
  );
}

function cellOf(table: string, asset: string, column: string): string {
  const at = screen.getByRole("table", { name: table });
  const names = within(at)
    .getAllByRole("columnheader")
    .map(({ textContent }) => textContent?.trim());
  const row = within(at)
    .getAllByRole("row")
    .find(({ cells }: HTMLElement & { cells?: HTMLCollectionOf<HTMLTableCellElement> }) =>
      cells?.item(0)?.textContent?.startsWith(asset),
    );
  if (!(row instanceof HTMLTableRowElement)) throw new Error(`${asset} has no row`);
  // The column's name stands in each cell for narrow screens.
  return (row.cells.item(names.indexOf(column))?.textContent ?? "").replace(column, "");
}

beforeEach(() => {
  stubLayout();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

describe("the assets", () => {
  it("show each one's part of the collateral and the way out of it", () => {
    render(<View />);
    expect(cellOf("Collateral by asset", "WETH", "Of collateral")).toBe("80.00%");
    expect(cellOf("Collateral by asset", "USDC", "Exit depth 2%")).toBe("none needed");
    expect(cellOf("Collateral by asset", "FIX", "Exit depth 2%")).toBe("no pool configured");
    // 100 and 200,000 without a fee: an average 2 % under 2,000 is reached at 100 × 2 ÷ 98.
    expect(cellOf("Collateral by asset", "WETH", "Exit depth 2%")).toBe("2.0408");
    // The depth is cut to a unit, so that 10 WETH are a hair more than 4.9 of it, and that is rounded up.
    expect(cellOf("Collateral by asset", "WETH", "Times the depth")).toBe("4.91×");
  });

  it("measure days by the impact that the reader tolerates", () => {
    render(<View />);
    expect(cellOf("Collateral by asset", "WETH", "Days to exit")).toBe("5.0 d");
    fireEvent.click(screen.getByRole("radio", { name: "5 %" }));
    expect(cellOf("Collateral by asset", "WETH", "Days to exit")).toBe("2.0 d");
  });

  it("mark a price beyond the margin, a price past its heartbeat, and what is not published", () => {
    render(<View />);
    expect(cellOf("Prices and feeds", "WETH", "Against second source")).toMatch(
      /25\.00% above.*beyond the margin/,
    );
    expect(cellOf("Prices and feeds", "WETH", "Age")).toMatch(/2 h 1 min.*past twice its heartbeat/);
    expect(cellOf("Prices and feeds", "USDC", "Heartbeat")).toBe("not published");
    expect(cellOf("Prices and feeds", "FIX", "Age")).toBe("none: fixed");
  });

  it("name a fixed price for good, and say which view counts for it", () => {
    render(<View />);
    expect(screen.getByText("FIX: a price that no market reaches")).toBeDefined();
    expect(screen.getByText(/only the market-marked figures count/)).toBeDefined();
  });

  it("show the worst hour and day with their dates once the past is read, and no number before", () => {
    const { rerender } = render(<View />);
    expect(cellOf("Prices and feeds", "WETH", "Worst hour")).toBe("not read yet");
    rerender(<View rounds={ROUNDS} />);
    expect(cellOf("Prices and feeds", "WETH", "Worst hour")).toMatch(/^20\.00%2023-11-1\d$/);
    expect(cellOf("Prices and feeds", "WETH", "Worst day")).toMatch(/^20\.00%/);
  });

  it("open the details of an asset with its addresses, round and answer", () => {
    render(<View rounds={ROUNDS} />);
    const [name] = screen.getAllByRole("button", { name: "Details of WETH" });
    if (name === undefined) throw new Error("no button opens the details");
    fireEvent.click(name);
    const details = screen.getByRole("region", { name: "Details of WETH" });
    for (const text of [FEED, addressFrom(5_000), addressFrom(4_000), "77", "2000"])
      expect(within(details).getAllByText(text).length).toBeGreaterThan(0);
  });

  it("list what is allowed and held by nobody", () => {
    render(<View />);
    const panel = screen.getByRole("region", { name: "Allowed, and held by nobody" });
    expect(within(panel).getByText("LINK")).toBeDefined();
    expect(within(panel).queryByText("WETH")).toBeNull();
  });

  it("go into a file with every digit", () => {
    const [header = "", weth = ""] = assetsCsv({ rows: modelWith(ROUNDS).rows, state: BOOK.state }).split(
      "\r\n",
    );
    const cells = weth.split(",");
    const at = (name: string): string | undefined => cells[header.split(",").indexOf(name)];
    expect([at("symbol"), at("amount"), at("value_USDC"), at("share_of_collateral")]).toEqual([
      "WETH",
      "10",
      "20000",
      "0.8",
    ]);
    expect(at("exit_depth_2_percent")).toBe("2.040816326530612244");
    expect([at("worst_hour_fall"), at("oracle_above_second_source")]).toEqual(["0.2", "0.25"]);
  });
});

describe("a measure", () => {
  it("has no number of days where the first unit already brings too little", () => {
    const poor = riskBookOf(BOOK.positions, {
      exits: new Map([
        [
          WETH,
          [
            {
              pool: addressFrom(4_000),
              reserveIn: 100n * ETHER,
              reserveOutAssets: 100_000n * USDC,
              feeBps: 0n,
            },
          ],
        ],
      ]),
    });
    const row = assetsModelOf({ book: poor, oracles: undefined, rounds: undefined }).rows[0];
    if (row === undefined) throw new Error("something is held");
    expect(exitMeasureOf(row.holding, 1)).toEqual({ kind: "no-depth" });
  });

  it.each([
    [60n, 60n, "fresh"],
    [61n, 60n, "late"],
    [120n, 60n, "late"],
    [121n, 60n, "very-late"],
    [121n, undefined, "no-heartbeat"],
  ] as const)("an age of %s against a heartbeat of %s is %s", (age, heartbeat, standing) => {
    expect(ageStandingOf(age, heartbeat)).toBe(standing);
  });
});
