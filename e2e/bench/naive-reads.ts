import { type Abi, createPublicClient, defineChain, type Hex, http, type PublicClient } from "viem";
import { readArtifact } from "../../devnet/compile";

/** What the baselines have to know; they read with viem in its default use. */
export interface NaiveTarget {
  readonly url: string;
  readonly chainId: number;
  readonly vault: Hex;
  readonly strategy: Hex;
  readonly managers: readonly Hex[];
  /** Where Multicall3 stands on this chain. */
  readonly multicall3: Hex;
  /** Both sides read at the same block, so that their numbers can be compared. */
  readonly blockNumber: bigint;
}

/** Five fields of one position. */
export interface NaivePosition {
  readonly debt: bigint;
  readonly bond: bigint;
  readonly workingCapital: bigint;
  readonly valueUsdWad: bigint;
  readonly minPayment: bigint;
}

const vaultAbi = readArtifact("FluxVault").abi as Abi;
const strategyAbi = readArtifact("FixedRateStrategy").abi as Abi;

function clientOf(target: NaiveTarget): PublicClient {
  const chain = defineChain({
    id: target.chainId,
    name: "bench",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [target.url] } },
    contracts: { multicall3: { address: target.multicall3 } },
  });
  return createPublicClient({ chain, transport: http() });
}

const debtOf = (value: unknown): bigint => {
  const [principal, interest] = value as readonly [bigint, bigint];
  return principal + interest;
};

const positionOf = (reads: {
  readonly debt: bigint;
  readonly bond: unknown;
  readonly workingCapital: unknown;
  readonly evaluation: unknown;
}): NaivePosition => {
  const [valueUsdWad, , , minPayment] = reads.evaluation as readonly [bigint, bigint, boolean, bigint];
  return {
    debt: reads.debt,
    bond: reads.bond as bigint,
    workingCapital: reads.workingCapital as bigint,
    valueUsdWad,
    minPayment,
  };
};

/** Managers asked at once by `readPerField`: all 1,000 together open more sockets than a system grants. */
const MANAGERS_AT_ONCE = 25;

/** A read a field, as a page does that calls `readContract` for what it shows. */
export async function readPerField(target: NaiveTarget): Promise<NaivePosition[]> {
  const client = clientOf(target);
  const { vault, strategy, blockNumber } = target;
  const read = (functionName: string, manager: Hex): Promise<unknown> =>
    client.readContract({ address: vault, abi: vaultAbi, functionName, args: [manager], blockNumber });
  const positionAt = async (manager: Hex): Promise<NaivePosition> => {
    const [debt, bond, workingCapital, wrappers] = await Promise.all([
      read("managerDebt", manager),
      read("managerBond", manager),
      read("managerWorkingCapital", manager),
      read("managerWrappers", manager),
    ]);
    const evaluation = await client.readContract({
      address: strategy,
      abi: strategyAbi,
      functionName: "evaluatePosition",
      args: [vault, manager, wrappers, debtOf(debt)],
      blockNumber,
    });
    return positionOf({ debt: debtOf(debt), bond, workingCapital, evaluation });
  };
  const positions: NaivePosition[] = [];
  for (let from = 0; from < target.managers.length; from += MANAGERS_AT_ONCE) {
    const some = target.managers.slice(from, from + MANAGERS_AT_ONCE);
    positions.push(...(await Promise.all(some.map(positionAt))));
  }
  return positions;
}

const FIELDS = ["managerDebt", "managerBond", "managerWorkingCapital", "managerWrappers"] as const;

/** viem's `multicall` as its documentation shows it. */
export async function readByMulticall(target: NaiveTarget): Promise<NaivePosition[]> {
  const client = clientOf(target);
  const { vault, strategy, managers, blockNumber } = target;
  const first: readonly unknown[] = await client.multicall({
    allowFailure: false,
    blockNumber,
    contracts: managers.flatMap((manager) =>
      FIELDS.map((functionName) => ({ address: vault, abi: vaultAbi, functionName, args: [manager] })),
    ),
  });
  const rows = managers.map((manager, index) => {
    const [debt, bond, workingCapital, wrappers] = first.slice(index * 4, index * 4 + 4);
    return { manager, debt: debtOf(debt), bond, workingCapital, wrappers };
  });
  const second: readonly unknown[] = await client.multicall({
    allowFailure: false,
    blockNumber,
    contracts: rows.map(({ manager, wrappers, debt }) => ({
      address: strategy,
      abi: strategyAbi,
      functionName: "evaluatePosition",
      args: [vault, manager, wrappers, debt],
    })),
  });
  return rows.map((row, index) => positionOf({ ...row, evaluation: second[index] }));
}
