import { Writable } from "node:stream";
import React, { createElement, type ReactElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
import type { ManagerState, VaultSnapshot } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { valueUsdWadAt } from "@/domain/risk/outcome";
import { todaysPrices } from "@/domain/risk/prices";
import {
  type AheadRow,
  aheadRowsOf,
  exposureChoicesOf,
  filterAhead,
  markOrder,
} from "@/features/position-health/ahead";
import { aheadTexts } from "@/features/position-health/ahead-texts";
import { AheadTable } from "@/features/position-health/components/ahead-table";
import { filterPositions, positionRowsOf, positionTexts } from "@/features/position-health/model";
import { type SortValue, sortRows } from "@/ui/data/table-sort";
import { atLeast, atMost, type GoalResult } from "./goal";
import { interleaved } from "./measure";
import { bookOf } from "./stress";

// Run without a build, views are compiled to calls on a global: the build's own setting does not reach here.
Object.assign(globalThis, { React });

const POSITIONS = 10_000;
const ROUNDS = 5;
const WITHIN_WAD = 2n * 10n ** 17n;

function snapshotOf(book: RiskBook): VaultSnapshot {
  const prices = todaysPrices(book);
  const managers = book.positions.map((position): ManagerState => {
    const value = valueUsdWadAt(position, { book, prices });
    return {
      manager: position.manager,
      principalAssets: position.principalAssets,
      accruedInterestAssets: position.accruedInterestAssets,
      bondAssets: position.bondAssets,
      workingCapitalAssets: 0n,
      valueUsdWad: value.kind === "known" ? value.value : undefined,
      quote: undefined,
      wrapperCount: 1,
    };
  });
  return { state: book.state, managers, unreadManagers: [], rung: "lens" };
}

type Order = (row: AheadRow) => SortValue;

const ORDERS: Readonly<Record<string, Order>> = {
  manager: (row) => row.manager,
  health: ({ healthWad }) => (healthWad.kind === "known" ? healthWad.value : undefined),
  fall: ({ ahead }) => (ahead.kind === "known" ? markOrder(ahead.value.toLiquidation) : undefined),
};

/** What a press on a header or a letter in the search does: narrow all rows, and put what is left in order. */
function choose(
  rows: readonly AheadRow[],
  { book, order }: { readonly book: RiskBook; readonly order: Order },
) {
  const found = new Set(filterPositions(rows, { filter: "open", search: "1" }).map(({ manager }) => manager));
  const narrowed = filterAhead(
    rows.filter(({ manager }) => found.has(manager)),
    { band: undefined, asset: exposureChoicesOf(book)[0]?.value, withinWad: WITHIN_WAD },
  );
  return [
    sortRows({ rows: narrowed, valueOf: order, direction: "ascending" }),
    sortRows({ rows, valueOf: order, direction: "ascending" }),
  ];
}

/** The same on finished texts: every row is put into words before one knows which are seen. */
function chooseByTexts(rows: readonly AheadRow[], { state }: RiskBook) {
  const shown = rows.map((row) => ({
    manager: row.manager,
    now: positionTexts(row, state),
    ahead: aheadTexts(row, state),
  }));
  const numberOf = (text: string) => Number.parseFloat(text.replaceAll(",", ""));
  const fallOf = ({ ahead }: (typeof shown)[number]) =>
    ahead.toLiquidation.kind === "known" ? numberOf(ahead.toLiquidation.text) : Number.POSITIVE_INFINITY;
  const narrowed = shown.filter((row) => row.manager.includes("1") && fallOf(row) <= 20);
  return [narrowed, shown].map((some) => some.toSorted((a, b) => fallOf(a) - fallOf(b)));
}

function htmlOf(element: ReactElement): Promise<string> {
  return new Promise((resolve, reject) => {
    let html = "";
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        html += chunk.toString();
        done();
      },
      final(done) {
        resolve(html);
        done();
      },
    });
    const stream = renderToPipeableStream(element, {
      // Only when the part for long tables has arrived is the table what a reader gets.
      onAllReady: () => stream.pipe(sink),
      onError: reject,
    });
  });
}

/** How many row elements the table of all rows has in the page, its head and spacers among them. */
async function rowElementsOf(rows: readonly AheadRow[], { state }: RiskBook): Promise<number> {
  const html = await htmlOf(
    createElement(AheadTable, {
      state,
      rows,
      hasChances: false,
      hrefOf: (manager: string) => `#/${manager}`,
      sort: { columnId: "fall", direction: "ascending" },
      onSortChange: () => undefined,
      emptyTitle: "",
      emptyText: "",
      footer: "",
    }),
  );
  return html.split("<tr").length - 1;
}

/** P16: the table of a large vault: narrowing and ordering all rows, and what of them is in the page. */
export async function positionsTable(): Promise<GoalResult> {
  const book = bookOf(POSITIONS);
  const snapshot = snapshotOf(book);
  const startedAt = performance.now();
  const all = aheadRowsOf({
    rows: positionRowsOf(snapshot),
    book,
    mark: undefined,
    volatilities: undefined,
  });
  const preparedMs = performance.now() - startedAt;
  const perOrder: { readonly name: string; readonly oursMs: number; readonly baselineMs: number }[] = [];
  for (const [name, order] of Object.entries(ORDERS)) {
    const times = await interleaved({
      rounds: ROUNDS,
      ours: () => choose(all, { book, order }),
      baseline: () => chooseByTexts(all, book),
    });
    perOrder.push({ name, ...times });
  }
  const slowest = perOrder.toSorted((a, b) => b.oursMs - a.oursMs)[0];
  const [few, many] = [await rowElementsOf(all.slice(0, 1_000), book), await rowElementsOf(all, book)];
  return {
    id: "P16",
    goal: "table of 10,000 positions: what is drawn does not grow with them, narrowing and ordering are at once",
    checks: [
      atMost({ what: "row elements in the page", measured: many, limit: 80, unit: "" }),
      atMost({ what: "row elements more than with 1,000 rows", measured: many - few, limit: 0, unit: "" }),
      atMost({
        what: "filter and two sorts, slowest column",
        measured: slowest?.oursMs ?? Number.NaN,
        limit: 100,
        unit: "ms",
      }),
      atLeast({
        what: "times faster than on finished texts, slowest column",
        measured: (slowest?.baselineMs ?? Number.NaN) / (slowest?.oursMs ?? Number.NaN),
        limit: 3,
        unit: "x",
      }),
    ],
    notes: {
      ...Object.fromEntries(perOrder.map(({ name, oursMs }) => [`by ${name}, ms`, oursMs])),
      "rows from a new block, ms": preparedMs,
      positions: POSITIONS,
    },
  };
}
