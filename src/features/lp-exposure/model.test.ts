import { describe, expect, it } from "vitest";
import { exposureBookFor } from "@/data/exposure-book";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import {
  depositAt,
  LESSON,
  lessonReport,
  lossAt,
  recoveryAt,
  reportOf,
  withdrawAt,
} from "@/testing/report-builders";
import { addressFrom, fluxOf, historyOf, logAt, stateOf, transferOf, USDC } from "@/testing/vault-builders";
import { lpHistoryCsv } from "./export";
import { eventSumText, lpEventLines, movementLines } from "./line-texts";
import { watchIssueText } from "./messages";
import { lpEventRowsOf, lpPersonalOf, lpSumOf, movementsOf } from "./model";
import { lpHeadlineOf, lpSumTexts } from "./texts";

const [FIRST, SECOND, THIRD] = [addressFrom(1), addressFrom(2), addressFrom(3)];

/** One LP buys in, sends shares between two losses of one block, and leaves; a recovery comes after. */
function report(change: { readonly complete?: boolean } = {}): VaultReport {
  const loss = { manager: addressFrom(11), debt: 100n, value: 90n, payment: 90n };
  return reportOf({
    state: stateOf({
      totalAssets: 800n * USDC,
      totalSupplyShares: 800n * USDC,
      virtualShares: 0n,
      flux: fluxOf({ idleAssets: 150n * USDC }),
    }),
    history: historyOf(
      [
        ...depositAt(10n, FIRST, 600n),
        ...depositAt(11n, SECOND, 400n),
        ...lossAt(20n, { ...loss, totalAssetsBefore: 1_000n, supply: 1_000n, logIndex: 0 }),
        transferOf(logAt(20n, 5), { from: FIRST, to: THIRD, shares: 100n * USDC }),
        ...lossAt(20n, { ...loss, totalAssetsBefore: 990n, supply: 1_000n, logIndex: 8 }),
        ...withdrawAt(30n, SECOND, { assets: 392n * USDC, shares: 400n * USDC }),
        transferOf(logAt(31n), { to: THIRD, shares: 200n * USDC }),
        recoveryAt(40n, { assets: 8n, totalAssetsBefore: 800n, supply: 800n }),
      ],
      change,
    ),
  });
}

function personal(address: Address, of: VaultReport = report()) {
  const book = exposureBookFor(of);
  return { book, lp: lpPersonalOf(address, { book, contractHolders: of.contractHolders }), of };
}

describe("lpPersonalOf", () => {
  it("tells holders, leavers and strangers apart", () => {
    expect(personal(FIRST).lp.standing).toBe("holds");
    expect(personal(SECOND).lp.standing).toBe("left");
    expect(personal(addressFrom(99)).lp.standing).toBe("never");
  });

  it("does not say never or left from a partial history", () => {
    const partial = report({ complete: false });
    expect(personal(SECOND, partial).lp.standing).toBe("partly-known");
    expect(personal(addressFrom(99), partial).lp.standing).toBe("not-found");
  });

  it("bounds what can be withdrawn by the vault's idle assets", () => {
    expect(personal(FIRST).lp.withdrawableAssets).toEqual({ kind: "known", value: 150n * USDC });
    expect(personal(SECOND).lp.withdrawableAssets).toEqual({ kind: "known", value: 0n });
  });
});

describe("lpEventRowsOf", () => {
  it("counts a transfer between two losses of one block", () => {
    const { lp } = personal(FIRST);
    const rows = lpEventRowsOf(lp.exposure);
    expect(rows.map(({ kind, share }) => [kind, share.shares, share.amountAssets])).toEqual([
      // 500 of 800 shares of a recovery of 8; 500 of 1,000 of the second loss of 10; 600 of 1,000 of the first.
      ["recovery", 500n * USDC, 5n * USDC],
      ["loss", 500n * USDC, 5n * USDC],
      ["loss", 600n * USDC, 6n * USDC],
    ]);
  });

  it("gives the part of all shares held at the log, and the sum in words", () => {
    const { lp, of } = personal(FIRST);
    const lines = lpEventLines(lpEventRowsOf(lp.exposure), of.snapshot.state);
    expect(lines.map(({ ofSupply }) => ofSupply)).toMatchObject([
      { text: "62.5000%" },
      { text: "50.0000%" },
      { text: "60.0000%" },
    ]);
    expect(eventSumText(lines, of.snapshot.state)).toBe("2 losses: 11 USDC; 1 recovery: 5 USDC.");
  });

  it("shows the lesson's 3,000, 1,500 and 500", () => {
    const lesson = lessonReport();
    const amounts = LESSON.lps.map((address) => {
      const { lp } = personal(address, lesson);
      return lpEventLines(lpEventRowsOf(lp.exposure), lesson.snapshot.state).map(({ amount }) => amount);
    });
    expect(amounts).toEqual([["3,000.00"], ["1,500.00"], ["500.00"]]);
  });
});

describe("movementsOf", () => {
  const movements = (address: Address) =>
    movementsOf(address, personal(address).book).map(({ kind, shares, assets, sharesAfter }) => [
      kind,
      shares / USDC,
      assets === undefined ? undefined : assets / USDC,
      sharesAfter / USDC,
    ]);

  it("joins a mint with its deposit and a burn with its withdrawal, newest first, balances after each", () => {
    expect(movements(SECOND)).toEqual([
      ["withdrawal", 400n, 392n, 0n],
      ["deposit", 400n, 400n, 400n],
    ]);
  });

  it("keeps transfers apart from deposits, and shares minted without a deposit from both", () => {
    expect(movements(FIRST)).toEqual([
      ["sent", 100n, undefined, 500n],
      ["deposit", 600n, 600n, 600n],
    ]);
    expect(movements(THIRD)).toEqual([
      ["minted", 200n, undefined, 300n],
      ["received", 100n, undefined, 100n],
    ]);
  });

  it("names the other side of a transfer, and nobody for the vault itself", () => {
    const lines = movementLines(movementsOf(THIRD, personal(THIRD).book), {
      state: stateOf(),
      isWhole: true,
    });
    expect(lines.map(({ word, counterparty }) => [word, counterparty])).toEqual([
      ["Minted by the vault", undefined],
      ["Received shares", FIRST],
    ]);
  });
});

describe("lpHeadlineOf", () => {
  it("gives value, lost, recovered and net, then shares, would lose and withdrawable, with their formulas", () => {
    const { lp, of } = personal(FIRST);
    const figures = lpHeadlineOf(lp, { state: of.snapshot.state, headline: of.headline });
    expect(figures.map(({ id, figure }) => [id, figure.kind === "known" && figure.text])).toEqual([
      ["value", "500.00"],
      ["lost", "11.00"],
      ["recovered", "5.00"],
      ["net", "6.00"],
      ["shares", "500.00"],
      ["would-lose", "0.00"],
      ["withdrawable", "150.00"],
    ]);
    const withFormula = figures.filter(({ id }) => id !== "shares");
    expect(withFormula.every(({ formula }) => formula?.block.startsWith("block 100 ") === true)).toBe(true);
  });

  it("is unknown, with the reason, from a partial history", () => {
    const { lp, of } = personal(FIRST, report({ complete: false }));
    const figures = lpHeadlineOf(lp, { state: of.snapshot.state, headline: of.headline });
    expect(figures.every(({ figure }) => figure.kind === "unknown" && figure.why !== "")).toBe(true);
  });
});

describe("lpSumOf", () => {
  it("adds up what several addresses hold and lost", () => {
    const { book, of } = personal(FIRST);
    const exposures = [FIRST, SECOND].map((address) => personal(address, of).lp.exposure);
    const texts = lpSumTexts(lpSumOf(exposures), book.input.state);
    // 11 of the first LP, 4 and 4 of the second.
    expect(texts.loss).toMatchObject({ text: "19.00" });
    expect(texts.value).toMatchObject({ text: "500.00" });
  });

  it("is unknown as soon as one of them is", () => {
    const known = personal(FIRST).lp.exposure;
    const unknown = personal(FIRST, report({ complete: false })).lp.exposure;
    expect(lpSumOf([known, unknown]).lossAssets.kind).toBe("unknown");
  });
});

describe("lpHistoryCsv", () => {
  it("lists everything oldest first, with block and transaction on each line", () => {
    const { lp, book } = personal(FIRST);
    const [header = "", ...rows] = lpHistoryCsv(lp, book).trimEnd().split("\r\n");
    const kind = header.split(",").indexOf("kind");
    expect(rows.map((row) => row.split(",")[kind])).toEqual(["deposit", "loss", "sent", "loss", "recovery"]);
    expect(rows.every((row) => /,0x[0-9a-f]{64},/.test(row))).toBe(true);
  });
});

describe("watchIssueText", () => {
  it("says what is wrong and how to go on", () => {
    expect(watchIssueText({ kind: "already-watched", address: FIRST })).toContain("already");
    expect(watchIssueText({ kind: "full", limit: 100 })).toContain("100 addresses at most");
    expect(watchIssueText({ kind: "not-an-address", message: "Words." })).toBe("Words.");
  });
});
