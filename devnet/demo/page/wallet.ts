import { element, openDock, whenReady } from "./dock";
import { askPerson } from "./prompt";
import { createDevnetWallet, type DevnetWallet, OTHER_CHAIN_ID, type WalletMemory } from "./provider";
import { callNode, type DevnetState, readState } from "./server-api";

/**
 * Entry of the demo's wallet script. A fresh machine has no wallet, so the demo's server adds this one to the
 * page from outside: it is announced by EIP-6963 like any other and holds every role of the devnet in turn.
 */
const MEMORY_KEY = "plimsoll-devnet:wallet";
const ICON =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#1f4fa3"/><circle cx="16" cy="16" r="8" fill="none" stroke="#fff" stroke-width="2.5"/><path d="M3 16h26" stroke="#fff" stroke-width="2.5"/></svg>',
  );

function readMemory(): WalletMemory | undefined {
  const text = sessionStorage.getItem(MEMORY_KEY);
  return text === null ? undefined : (JSON.parse(text) as WalletMemory);
}

function announce(wallet: DevnetWallet): void {
  const detail = Object.freeze({
    info: Object.freeze({
      uuid: crypto.randomUUID(),
      name: "Devnet wallet",
      icon: ICON,
      rdns: "plimsoll.devnet.wallet",
    }),
    provider: wallet.provider,
  });
  const tell = (): void => {
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  };
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}

function accountSelect(state: DevnetState, wallet: DevnetWallet): HTMLSelectElement {
  const select = element("select");
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const account of state.accounts) {
    const group = groups.get(account.role) ?? element("optgroup", { label: account.role });
    groups.set(account.role, group);
    const short = `${account.address.slice(0, 6)}…${account.address.slice(-4)}`;
    group.append(element("option", { value: account.address, textContent: `${account.label} · ${short}` }));
  }
  select.append(...groups.values());
  select.addEventListener("change", () => wallet.useAccount(select.value));
  return select;
}

function addControls(state: DevnetState, wallet: DevnetWallet): void {
  const dock = openDock();
  const accounts = accountSelect(state, wallet);
  const network = element("select", {}, [
    element("option", { value: String(state.chainId), textContent: `Devnet (${state.chainId})` }),
    element("option", { value: String(OTHER_CHAIN_ID), textContent: "Another network, to see what happens" }),
  ]);
  network.addEventListener("change", () => wallet.useChain(Number(network.value)));
  const status = element("p");
  const leave = element("button", { type: "button", textContent: "Disconnect" });
  leave.addEventListener("click", () => wallet.disconnect());
  const menu = element("div", { className: "menu", popover: "auto" }, [
    element("label", { textContent: "Role of the devnet wallet" }, [accounts]),
    element("label", { textContent: "Network of the devnet wallet" }, [network]),
    status,
    leave,
  ]);
  const button = element("button", { type: "button", className: "role" });
  button.popoverTargetElement = menu;
  dock.right.append(button);
  dock.shadow.append(menu);

  const draw = (): void => {
    const memory = wallet.state();
    const account = state.accounts.find((entry) => entry.address === memory.account);
    button.textContent = account?.label ?? "Wallet";
    button.title = `Devnet wallet: ${account?.label ?? ""} (${account?.role ?? ""})`;
    button.dataset["connected"] = String(memory.connected);
    accounts.value = memory.account;
    network.value = String(memory.chainId);
    status.textContent = memory.connected
      ? "Connected to this page."
      : "Not connected to this page. Use the page's own “Connect” button.";
    leave.disabled = !memory.connected;
  };
  wallet.subscribe(draw);
  draw();
}

async function start(): Promise<void> {
  const state = await readState();
  const ready = new Promise<void>((resolve) => whenReady(resolve));
  const wallet = createDevnetWallet({
    chainId: state.chainId,
    accounts: state.accounts,
    host: {
      rpc: callNode,
      confirm: async (question) => {
        await ready;
        return askPerson({ shadow: openDock().shadow, question, labels: state.labels });
      },
      readMemory,
      writeMemory: (memory) => sessionStorage.setItem(MEMORY_KEY, JSON.stringify(memory)),
    },
  });
  announce(wallet);
  await ready;
  addControls(state, wallet);
}

start().catch((cause: unknown) => console.error("The devnet wallet did not start:", cause));
