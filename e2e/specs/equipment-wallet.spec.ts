import { expect, test } from "../fixtures/base";
import { installWallets, TestWallet, WalletError, type WalletOptions } from "../fixtures/wallet";

const ALICE = "0x00000000000000000000000000000000000000a1";
const BOB = "0x00000000000000000000000000000000000000b2";

/** A page that collects EIP-6963 wallets and writes every answer into its title, like the smallest dapp. */
const DAPP = {
  "index.html":
    "<!doctype html><html lang='en'><head><title>t</title><link rel='icon' href='data:,'></head><body><script src='./x.js'></script></body></html>",
  "x.js": `
    window.wallets = [];
    window.events = [];
    window.addEventListener('eip6963:announceProvider', (event) => {
      wallets.push(event.detail);
      for (const name of ['accountsChanged', 'chainChanged'])
        event.detail.provider.on(name, (value) => { events.push([event.detail.info.name, name, value]); });
    });
    window.dispatchEvent(new Event('eip6963:requestProvider'));
    window.ask = async (method, params, index = 0) => {
      try { return { value: await wallets[index].provider.request({ method, params }) }; }
      catch (error) { return { isError: error instanceof Error, code: error.code, message: error.message, data: error.data }; }
    };`,
};

interface Dapp {
  ask(method: string, params?: unknown[], index?: number): Promise<unknown>;
  names(): Promise<unknown>;
  events(): Promise<unknown>;
}

const walletWith = (change: Partial<WalletOptions> = {}): TestWallet =>
  new TestWallet({
    accounts: [ALICE],
    chainId: 31_337,
    forward: async ({ method }) => {
      if (method === "eth_sendTransaction") return `0x${"12".repeat(32)}`;
      throw new WalletError(3, "execution reverted", "0xdeadbeef");
    },
    ...change,
  });

const it = test.extend<{ open: (wallets: readonly TestWallet[]) => Promise<Dapp> }>({
  open: async ({ context, page: tab, servePage }, run) => {
    await run(async (wallets) => {
      await installWallets(context, wallets);
      const site = await servePage(DAPP);
      await tab.goto(site.url);
      return {
        ask: (method, params = [], index = 0) =>
          tab.evaluate(`ask(${JSON.stringify(method)}, ${JSON.stringify(params)}, ${index})`),
        names: () => tab.evaluate("wallets.map((one) => one.info.name)"),
        events: () => tab.evaluate("events"),
      };
    });
  },
});

test.describe("the wallet of the tests", () => {
  it("is found by EIP-6963, as many as the test wants", async ({ open }) => {
    const dapp = await open([walletWith({ name: "One" }), walletWith({ index: 1, name: "Two" })]);
    expect(await dapp.names()).toEqual(["One", "Two"]);
  });

  it("shows accounts only after the person said yes, and remembers it over a reload", async ({
    open,
    page: tab,
  }) => {
    const wallet = walletWith();
    const dapp = await open([wallet]);
    expect(await dapp.ask("eth_accounts")).toEqual({ value: [] });
    expect(await dapp.ask("eth_requestAccounts")).toEqual({ value: [ALICE] });
    await tab.reload();
    expect(await dapp.ask("eth_accounts")).toEqual({ value: [ALICE] });
    expect(await dapp.ask("eth_chainId")).toEqual({ value: "0x7a69" });
  });

  it("keeps the code and the data of a refusal on the way into the page", async ({ open }) => {
    const wallet = walletWith();
    const dapp = await open([wallet]);
    wallet.once("eth_requestAccounts", "reject");
    wallet.once("eth_requestAccounts", "pending");
    expect(await dapp.ask("eth_requestAccounts")).toMatchObject({ isError: true, code: 4001 });
    expect(await dapp.ask("eth_requestAccounts")).toMatchObject({ isError: true, code: -32002 });
    expect(await dapp.ask("eth_requestAccounts")).toEqual({ value: [ALICE] });
    expect(await dapp.ask("eth_call")).toEqual({
      isError: true,
      code: 3,
      message: "execution reverted",
      data: "0xdeadbeef",
    });
  });

  it("keeps every byte that it was asked to sign, also of what was refused", async ({ open }) => {
    const wallet = walletWith();
    const dapp = await open([wallet]);
    const call = { from: ALICE, to: BOB, data: "0xa9059cbb", value: "0x0", gas: "0x5208" };
    wallet.once("eth_sendTransaction", "reject");
    await dapp.ask("eth_sendTransaction", [call]);
    await dapp.ask("eth_sendTransaction", [call]);
    expect(wallet.transactions.map((one) => [one.to, one.data, one.value, one.hash])).toEqual([
      [BOB, "0xa9059cbb", "0x0", undefined],
      [BOB, "0xa9059cbb", "0x0", `0x${"12".repeat(32)}`],
    ]);
    expect(wallet.transactions[0]?.raw).toEqual(call);
    expect(wallet.countOf("eth_sendTransaction")).toBe(2);
  });

  it("leaves its window open as long as the test wants", async ({ open }) => {
    const wallet = walletWith();
    const dapp = await open([wallet]);
    const release = wallet.hold("eth_sendTransaction");
    const answer = dapp.ask("eth_sendTransaction", [{ from: ALICE }]);
    await wallet.asked("eth_sendTransaction");
    expect(wallet.transactions[0]?.hash).toBeUndefined();
    release();
    expect(await answer).toEqual({ value: `0x${"12".repeat(32)}` });
  });

  it("switches account and chain by the person's hand or by the site's wish", async ({ open }) => {
    const wallet = walletWith();
    const dapp = await open([wallet]);
    await dapp.ask("eth_requestAccounts");
    await wallet.switchAccounts([BOB]);
    await wallet.switchChain(1);
    expect(await dapp.ask("wallet_switchEthereumChain", [{ chainId: "0x7a69" }])).toEqual({ value: null });
    expect(await dapp.ask("wallet_switchEthereumChain", [{ chainId: "0x5" }])).toMatchObject({ code: 4902 });
    await wallet.disconnect();
    expect(await dapp.events()).toEqual([
      ["Test Wallet", "accountsChanged", [BOB]],
      ["Test Wallet", "chainChanged", "0x1"],
      ["Test Wallet", "chainChanged", "0x7a69"],
      ["Test Wallet", "accountsChanged", []],
    ]);
    expect(await dapp.ask("eth_accounts")).toEqual({ value: [] });
  });
});
