// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { approveIntent, type Wording } from "@/data/operator/liquidation-intents";
import { NO_PREDECESSOR, scheduleIntent, setMinBondRatioCall } from "@/data/operator/timelock-intents";
import { callWordsOf } from "@/data/transaction/call-words";
import type { TransactionIntent } from "@/data/transaction/intent";
import { reportOf } from "@/testing/report-builders";
import { addressFrom, percent } from "@/testing/vault-builders";
import { CallWordsView } from "./call-words-view";

afterEach(cleanup);

const { config, snapshot } = reportOf();
const { state } = snapshot;
const context = { config, state, account: addressFrom(30) };
const wording: Wording = { title: "What it is", effect: [] };

function show(intent: TransactionIntent): string {
  render(<CallWordsView words={callWordsOf(intent)} asset={intent.asset} nameOf={() => undefined} />);
  return document.body.textContent ?? "";
}

describe("the words of a call", () => {
  it("read the call inside a schedule, and give its bytes no second time", () => {
    const strategy = state.flux?.strategy;
    if (strategy?.owner === undefined) throw new Error("no timelock");
    const call = setMinBondRatioCall({ strategy: strategy.address, ratioWad: percent(24) });
    const text = show(
      scheduleIntent(context, {
        timelock: strategy.owner,
        operation: { calls: [call], predecessor: NO_PREDECESSOR, salt: `0x${"11".repeat(32)}` },
        delaySeconds: 172_800n,
        wording,
      }),
    );
    expect(text).toContain("One call inside it:");
    expect(text).toContain("setMinBondRatio on the strategy");
    expect(text).toContain("24 %");
    expect(text).toContain("read below, call by call");
    expect(text).not.toContain(call.data);
    expect(screen.queryByText("This call cannot be read")).toBeNull();
  });

  it("name the token of an approval by its symbol", () => {
    const intent = approveIntent(context, { executor: addressFrom(40), amountAssets: 5_000_000n, wording });
    expect(intent.target.name).toBe("USDC, the base asset");
    expect(show(intent)).toContain("approve on the token “USDC, the base asset”");
  });
});
