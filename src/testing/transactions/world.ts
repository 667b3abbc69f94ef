import { chainPortOf } from "@/data/transaction/chain-port";
import { createFlow, type IntentSource, type TransactionFlow } from "@/data/transaction/flow";
import type { TransactionIntent } from "@/data/transaction/intent";
import { tabLocks } from "@/data/transaction/locks";
import { memoryPendingStore, type PendingStore } from "@/data/transaction/pending-store";
import type { FlowPorts, LockPort } from "@/data/transaction/ports";
import { ALICE, CHAIN_ID, intentOf, TARGET } from "./builders";
import { FakeChain } from "./fake-chain";
import { FakeWallet } from "./fake-wallet";

export interface World {
  readonly chain: FakeChain;
  readonly wallet: FakeWallet;
  readonly store: PendingStore;
  readonly locks: LockPort;
  readonly invalidated: (readonly unknown[])[];
  readonly ports: FlowPorts;
  /** Another page on the same chain, browser and wallet. */
  flow(id: string): TransactionFlow;
}

/** A chain, a wallet and a browser, with nothing under way. */
export function createWorld(): World {
  const chain = new FakeChain({ chainId: CHAIN_ID });
  chain.code.set(TARGET, "0x6001");
  const wallet = new FakeWallet(chain, ALICE);
  const store = memoryPendingStore();
  const locks = tabLocks();
  const invalidated: (readonly unknown[])[] = [];
  const ports: FlowPorts = {
    chain: chainPortOf(chain.rpc()),
    wallet,
    heads: chain.heads(),
    locks,
    store,
    invalidate: (keys) => invalidated.push(...keys),
  };
  return { chain, wallet, store, locks, invalidated, ports, flow: (id) => createFlow(id, ports) };
}

/** An intent for whoever is connected; the account that signs is always the one that it was built for. */
export function sourceOf(change: Partial<TransactionIntent> = {}): IntentSource {
  return (session) => intentOf({ account: session?.account ?? ALICE, ...change });
}

/** Lets everything that can go on without the outside world go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
}

/** The ordinary click: nothing is accepted that needs a confirmation. */
export const CLICK = { caveatsAccepted: false } as const;

/** A flow whose review has been made. */
export async function openedFlow(
  world: World,
  change: Partial<TransactionIntent> = {},
): Promise<TransactionFlow> {
  const flow = world.flow("one");
  flow.open(sourceOf(change));
  await settle();
  return flow;
}

/** A flow on which the button was pressed once. */
export async function signedFlow(
  world: World,
  change: Partial<TransactionIntent> = {},
): Promise<TransactionFlow> {
  const flow = await openedFlow(world, change);
  flow.sign(CLICK);
  await settle();
  return flow;
}
