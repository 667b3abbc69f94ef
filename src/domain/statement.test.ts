import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookOf, settingOf } from "@/testing/ledger-books";
import { type Expected, expectedLines, life, partsOf, sum, worth } from "@/testing/ledger-lives";
import type { Fact } from "@/testing/ledger-simulator";
import { known } from "./figure";
import { fullLedgerOf } from "./full-ledger";
import { ledgerOf } from "./ledger";
import type { StatementLine } from "./ledger-model";
import type { Figure } from "./model";
import { logPricesOf } from "./price-at-log";
import { shiftTotalsOf } from "./shift-totals";
import { splitsOf, statementOf, statementTotalsOf, virtualTotalsOf } from "./statement";
import { statementBookOf } from "./statement-book";
import { roundingByKindOf } from "./statement-rounding";

function valueOf(figure: Figure | undefined): bigint {
  if (figure?.kind !== "known") throw new Error(`expected a known figure, not ${figure?.reason}`);
  return figure.value;
}

const shown = (line: StatementLine): Expected => ({
  kind: line.kind,
  change: line.sharesChange,
  amount: valueOf(line.amountAssets),
  interest: valueOf(line.interestAssets),
  rounding: valueOf(line.roundingAssets),
  shift: line.shiftAssets === undefined ? undefined : valueOf(line.shiftAssets),
});

const RUNS = { numRuns: 300 };

describe("any life of a vault", () => {
  it("gives every address the lines that the definitions give, to the unit", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const book = bookOf(vault);
        for (const who of vault.holders) {
          expect(statementOf(book, who).lines.map(shown)).toEqual(expectedLines(vault, who));
        }
      }),
      RUNS,
    );
  });

  it("closes every identity: residual zero, and the value is that of the shares held now", () => {
    fc.assert(
      fc.property(life, (vault) => {
        for (const totals of statementTotalsOf(bookOf(vault))) {
          expect(totals.residualAssets).toEqual(known(0n));
          expect(totals.shares).toBe(vault.heldBy(totals.address));
          expect(totals.valueAssets).toEqual(known(worth(totals.shares, vault.price)));
        }
      }),
      RUNS,
    );
  });

  it("gives all LPs at once the totals that each one's lines add up to", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const book = bookOf(vault);
        for (const totals of statementTotalsOf(book)) {
          const { lines, interestAfterLastLineAssets, ...own } = statementOf(book, totals.address);
          expect(own).toEqual(totals);
          const total = (kinds: readonly string[], of: (line: StatementLine) => Figure | undefined) =>
            sum(lines.filter(({ kind }) => kinds.includes(kind)).map((line) => valueOf(of(line))));
          const amounts = (...kinds: string[]) => total(kinds, (line) => line.amountAssets);
          const everything = [...new Set(lines.map(({ kind }) => kind))];
          expect({
            deposited: amounts("deposit"),
            withdrawn: amounts("withdrawal"),
            in: known(amounts("transfer-in")),
            out: known(amounts("transfer-out")),
            losses: known(amounts("loss", "fall")),
            recoveries: known(amounts("recovery")),
            interest: known(
              total(everything, (line) => line.interestAssets) + valueOf(interestAfterLastLineAssets),
            ),
            rounding: known(
              sum(roundingByKindOf({ lines }).map(({ roundingAssets }) => valueOf(roundingAssets))),
            ),
            avoided: known(total(["withdrawal"], (line) => line.shiftAssets)),
            inherited: known(total(["deposit"], (line) => line.shiftAssets)),
          }).toEqual({
            deposited: totals.depositedAssets,
            withdrawn: totals.withdrawnAssets,
            in: totals.transferredInAssets,
            out: totals.transferredOutAssets,
            losses: totals.lossesAssets,
            recoveries: totals.recoveriesAssets,
            interest: totals.interestAssets,
            rounding: totals.roundingAssets,
            avoided: totals.avoidedAssets,
            inherited: totals.inheritedAssets,
          });
        }
      }),
      RUNS,
    );
  });

  it("rounds no line by more than its kind can, so that rounding never stands in for something else", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const book = bookOf(vault);
        for (const who of vault.holders) {
          const kinds = roundingByKindOf(statementOf(book, who));
          expect(kinds.filter(({ beyondLimit }) => beyondLimit > 0)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("splits every loss, fall and recovery exactly, and LPs and virtual shares bear all of them together", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const book = bookOf(vault);
        const { losses, falls, recoveries } = splitsOf(book);
        const facts = (...kinds: Fact["kind"][]) => vault.facts.filter(({ kind }) => kinds.includes(kind));
        const splits = [...falls, ...losses, ...recoveries];
        const amounts = [...facts("fall"), ...facts("loss"), ...facts("recovery")];
        expect(splits.length).toBe(amounts.length);
        splits.forEach(({ shares }, order) => {
          const fact = amounts[order];
          if (shares.kind === "unknown" || fact === undefined) throw new Error("expected a split");
          expect(sum(shares.value.map(({ amountAssets }) => amountAssets))).toBe(fact.assets);
          expect(new Map(shares.value.map((line) => [line.holder ?? "virtual", line.amountAssets]))).toEqual(
            partsOf(fact, vault.virtual),
          );
        });
        const totals = statementTotalsOf(book);
        const virtual = virtualTotalsOf(book);
        const whole = (of: "lossesAssets" | "recoveriesAssets") =>
          sum([...totals, ...(virtual === undefined ? [] : [virtual])].map((one) => valueOf(one[of])));
        expect(whole("lossesAssets")).toBe(sum(facts("loss", "fall").map(({ assets }) => assets)));
        expect(whole("recoveriesAssets")).toBe(sum(facts("recovery").map(({ assets }) => assets)));
      }),
      RUNS,
    );
  });

  it("comes out the same from the totals of whole blocks as from every price inside them", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const setting = settingOf(vault);
        const { history, state } = setting;
        const { virtual: virtualShares } = vault;
        const totals = vault.ends.map(({ block, assets, supply, startAssets, startSupply }) => ({
          block,
          totalAssets: assets,
          totalSupplyShares: supply,
          atStart: { totalAssets: startAssets, totalSupplyShares: startSupply },
        }));
        const ledger = fullLedgerOf({
          history,
          state,
          ledger: ledgerOf({ history, state }),
          samples: [],
          readings: { totals, unavailableBlocks: [] },
        });
        const read = statementBookOf({
          ...setting,
          ledger,
          prices: logPricesOf({ history, totals, virtualShares }),
          openShortfalls: vault.open,
        });
        expect(statementTotalsOf(read)).toEqual(statementTotalsOf(bookOf(vault)));
      }),
      RUNS,
    );
  });

  it("counts in public only how much was moved and by how many", () => {
    fc.assert(
      fc.property(life, (vault) => {
        const book = bookOf(vault);
        const shifts = shiftTotalsOf(book);
        if (shifts.kind === "unknown") throw new Error("expected totals");
        const lines = vault.holders.flatMap((who) =>
          expectedLines(vault, who).map((line) => ({ ...line, who })),
        );
        for (const [side, kind] of [
          ["left", "withdrawal"],
          ["came", "deposit"],
        ] as const) {
          const moved = lines.filter((line) => line.kind === kind && (line.shift ?? 0n) > 0n);
          const total = sum(moved.map(({ shift }) => shift ?? 0n));
          expect(shifts.value[side]).toEqual({
            amountAssets: known(total),
            atLeastAssets: total,
            actions: moved.length,
            addresses: new Set(moved.map(({ who }) => who)).size,
            unknownActions: 0,
          });
        }
      }),
      RUNS,
    );
  });
});
