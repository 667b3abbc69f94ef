// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { installDialog } from "@/testing/dialog";
import { ALICE } from "@/testing/transactions/builders";
import { WalletView, type WalletViewProps } from "./wallet-view";

const alpha = { id: "a", name: "Alpha", icon: undefined };
const connected = {
  kind: "connected",
  account: ALICE,
  chainId: 5,
  chainName: undefined,
  wallet: alpha,
} as const;

beforeAll(installDialog);
afterEach(cleanup);

function show(change: Partial<WalletViewProps>): WalletViewProps {
  const props: WalletViewProps = {
    state: { kind: "disconnected" },
    choices: [],
    problem: undefined,
    wanted: { id: 31_337, name: "Devnet" },
    isSwitchingChain: false,
    isOpen: true,
    onOpen: vi.fn<() => void>(),
    onClose: vi.fn<() => void>(),
    onConnect: vi.fn<(id: string) => void>(),
    onDisconnect: vi.fn<() => void>(),
    onSwitchChain: vi.fn<(chainId: number) => void>(),
    ...change,
  };
  render(<WalletView {...props} />);
  return props;
}

describe("the wallet dialog", () => {
  it("says what to do when no wallet announced itself", () => {
    show({});
    expect(screen.getByText("No wallet announced itself")).toBeTruthy();
  });

  it("connects to the wallet that is pressed", () => {
    const { onConnect } = show({ choices: [alpha, { ...alpha, id: "b", name: "Beta" }] });
    fireEvent.click(screen.getByText("Beta"));
    expect(onConnect).toHaveBeenCalledExactlyOnceWith("b");
  });

  it("is calm about a rejection, and says where an open request waits", () => {
    show({ choices: [alpha], problem: { during: "connect", code: "user-rejected" } });
    expect(screen.getByText("Not connected")).toBeTruthy();
    cleanup();
    show({ choices: [alpha], problem: { during: "connect", code: "request-pending" } });
    expect(screen.getByText("Your wallet is already asking")).toBeTruthy();
  });

  it("names both chains when the wallet is elsewhere, and switches", () => {
    const { onSwitchChain } = show({ state: connected });
    expect(screen.getByText("Other chain")).toBeTruthy();
    expect(screen.getByText(/This page is about Devnet \(31337\); the wallet is on .*\(5\)/)).toBeTruthy();
    fireEvent.click(screen.getByText("Switch to Devnet"));
    expect(onSwitchChain).toHaveBeenCalledExactlyOnceWith(31_337);
  });

  it("says nothing of chains on a page that is about none", () => {
    show({ state: connected, wanted: undefined });
    expect(screen.queryByText("Other chain")).toBeNull();
    expect(screen.queryByText(/Switch to/)).toBeNull();
  });
});
