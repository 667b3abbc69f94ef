// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Config, WagmiProvider } from "wagmi";
import type { Address } from "@/domain/model";
import { AnnouncedWallet } from "@/testing/announced-wallet";
import { FakeChain } from "@/testing/transactions/fake-chain";
import { createQueryClient } from "../query-client";
import { makeWagmiConfig } from "./config";
import { useSession, useWallet } from "./use-wallet";
import { walletPortOf } from "./wallet-port";

const ACCOUNT: Address = "0xa11ce00000000000000000000000000000000001";
const OTHER: Address = "0xb0b0000000000000000000000000000000000002";
const CHAIN_ID = 31_337;

const installed: AnnouncedWallet[] = [];

function install(name: string, rdns: string): AnnouncedWallet {
  const wallet = new AnnouncedWallet({ name, rdns, accounts: [ACCOUNT], chainId: CHAIN_ID });
  installed.push(wallet);
  return wallet;
}

function pageConfig(): Config {
  const chain = new FakeChain({ chainId: CHAIN_ID });
  return makeWagmiConfig({
    chains: [
      { id: CHAIN_ID, name: "Devnet", rpcUrls: ["http://localhost:1"] },
      { id: 10, name: "Other", rpcUrls: ["http://localhost:2"] },
    ],
    rpcOf: () => chain.rpc(),
    storage: window.localStorage,
  });
}

function renderWallet(config: Config) {
  const client = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(WagmiProvider, { config }, createElement(QueryClientProvider, { client }, children));
  return renderHook(() => ({ wallet: useWallet(), session: useSession() }), { wrapper });
}

/** Presses the first wallet on offer, once there is one. */
async function connectFirst(result: ReturnType<typeof renderWallet>["result"]): Promise<void> {
  await waitFor(() => expect(result.current.wallet.choices.length).toBeGreaterThan(0));
  act(() => result.current.wallet.connect(result.current.wallet.choices[0]?.id ?? ""));
}

beforeEach(() => window.localStorage.clear());
afterEach(() => {
  cleanup();
  for (const wallet of installed.splice(0)) wallet.uninstall();
});

describe("the wallet of a page", () => {
  it("offers every wallet that announces itself, and none when there is none", async () => {
    const alone = renderWallet(pageConfig());
    await waitFor(() => expect(alone.result.current.wallet.state.kind).toBe("disconnected"));
    expect(alone.result.current.wallet.choices).toEqual([]);
    alone.unmount();
    install("Alpha\u202E", "test.alpha");
    install("Beta", "test.beta");
    const { result } = renderWallet(pageConfig());
    await waitFor(() =>
      expect(result.current.wallet.choices.map((choice) => choice.name)).toEqual(["Alpha", "Beta"]),
    );
    expect(result.current.wallet.choices[0]?.icon).toContain("data:image/");
  });

  it("connects to the chosen one, follows its account and chain, and lets go", async () => {
    const alpha = install("Alpha", "test.alpha");
    install("Beta", "test.beta");
    const config = pageConfig();
    const port = walletPortOf(config);
    const { result } = renderWallet(config);
    await connectFirst(result);
    await waitFor(() => expect(result.current.wallet.state.kind).toBe("connected"));
    expect(result.current.session).toMatchObject({ account: ACCOUNT, chainId: CHAIN_ID });
    expect(port.current()).toEqual(result.current.session);

    let told = 0;
    port.subscribe(() => {
      told += 1;
    });
    act(() => alpha.switchTo({ account: OTHER }));
    expect(result.current.session?.account).toBe(OTHER);
    act(() => alpha.switchTo({ chainId: 5 }));
    expect(result.current.wallet.state).toMatchObject({
      kind: "connected",
      chainId: 5,
      chainName: undefined,
    });
    expect(port.current()).toMatchObject({ account: OTHER, chainId: 5 });
    expect(told).toBeGreaterThanOrEqual(2);

    act(() => alpha.revoke());
    await waitFor(() => expect(result.current.wallet.state.kind).toBe("disconnected"));
    expect(port.current()).toBeUndefined();
  });

  it("is calm about a rejection and connects on the next try", async () => {
    const alpha = install("Alpha", "test.alpha");
    const reject = { code: 4001, message: "User rejected the request." };
    alpha.refusals.set("wallet_requestPermissions", reject);
    alpha.refusals.set("eth_requestAccounts", reject);
    const { result } = renderWallet(pageConfig());
    await connectFirst(result);
    await waitFor(() =>
      expect(result.current.wallet.problem).toEqual({ during: "connect", code: "user-rejected" }),
    );
    alpha.refusals.clear();
    await connectFirst(result);
    await waitFor(() => expect(result.current.wallet.state.kind).toBe("connected"));
    expect(result.current.wallet.problem).toBeUndefined();
  });

  it("switches the chain, and names a refusal to do so", async () => {
    const alpha = install("Alpha", "test.alpha");
    const { result } = renderWallet(pageConfig());
    await connectFirst(result);
    await waitFor(() => expect(result.current.wallet.state.kind).toBe("connected"));
    act(() => result.current.wallet.switchChain(10));
    await waitFor(() =>
      expect(result.current.wallet.state).toMatchObject({ chainId: 10, chainName: "Other" }),
    );
    alpha.refusals.set("wallet_switchEthereumChain", { code: 4001, message: "no" });
    act(() => result.current.wallet.switchChain(CHAIN_ID));
    await waitFor(() =>
      expect(result.current.wallet.problem).toEqual({ during: "switch-chain", code: "user-rejected" }),
    );
    act(() => result.current.wallet.dismissProblem());
    await waitFor(() => expect(result.current.wallet.problem).toBeUndefined());
  });

  it("takes an earlier connection up after a reload", async () => {
    install("Alpha", "test.alpha");
    const before = renderWallet(pageConfig());
    await connectFirst(before.result);
    await waitFor(() => expect(before.result.current.wallet.state.kind).toBe("connected"));
    before.unmount();
    const after = renderWallet(pageConfig());
    await waitFor(() => expect(after.result.current.session?.account).toBe(ACCOUNT));
  });

  it("puts requests of a transaction straight to the wallet", async () => {
    const alpha = install("Alpha", "test.alpha");
    const config = pageConfig();
    const { result } = renderWallet(config);
    await connectFirst(result);
    await waitFor(() => expect(result.current.wallet.state.kind).toBe("connected"));
    const before = alpha.requests.length;
    const port = walletPortOf(config);
    expect(await port.request({ method: "eth_chainId", params: [] })).toBe("0x7a69");
    expect(alpha.requests.slice(before)).toEqual(["eth_chainId"]);
  });
});
