/**
 * Puts any number of equal managers into a vault by writing storage, for measuring reads: opening ten thousand
 * positions by transactions takes minutes, this takes a second or two. What is written is exactly what the
 * transactions would leave: debts, bonds, wrapper entries, positions and the totals over them; a view of the vault is
 * compared at the end, so that a changed storage layout is an error and not a wrong measurement.
 *
 * Not written: the tokens behind the positions, and idle assets (the principal lent is as if it had been deposited
 * for the purpose).
 */
import {
  type Address,
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  keccak256,
  numberToHex,
  padHex,
  parseAbi,
} from "viem";
import type { Anvil } from "./anvil";

/** First slots, from the storage layout that solc reports. */
const SLOT = {
  vaultDebts: 5n,
  vaultTotals: 6n,
  vaultIndex: 10n,
  vaultEntries: 14n,
  baseHoldings: 1n,
  wrapperBalances: 1n,
  wrapperTotal: 0n,
} as const;

const DEBT_WORDS = 5;
const BATCH = 500;
const ZERO_ID: Hex = numberToHex(0n, { size: 32 });

const VAULT_ABI = parseAbi([
  "function totalPrincipalDebt() view returns (uint256)",
  "function totalAccruedInterest() view returns (uint256)",
  "function managerDebt(address) view returns (uint256, uint256)",
  "function managerWrappers(address) view returns (address[])",
  "function managerPositions(address, address) view returns (bytes32[])",
]);

/** The storage layout is not the one that this file knows. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

export interface SeedManagers {
  readonly anvil: Anvil;
  readonly vault: Address;
  readonly baseAssetWrapper: Address;
  /** The one ERC-20 wrapper that the template holds a position in, under label zero. */
  readonly wrapper: Address;
  /** A manager that has a position; the others become copies of it. */
  readonly template: Address;
  readonly count: number;
}

interface Write {
  readonly address: Address;
  readonly slot: Hex;
  readonly value: Hex;
}

const mappingSlot = (key: Hex, slot: Hex): Hex => keccak256(concatHex([padHex(key, { size: 32 }), slot]));
const slotAt = (slot: bigint): Hex => numberToHex(slot, { size: 32 });
const offset = (slot: Hex, by: number): Hex => slotAt((hexToBigInt(slot) + BigInt(by)) % 2n ** 256n);

/** Addresses of the copies: the same for every run. */
export function seededManager(index: number): Address {
  return `0x${keccak256(encodeAbiParameters([{ type: "string" }, { type: "uint256" }], ["seeded manager", BigInt(index)])).slice(26)}`;
}

function slotsOf(seed: SeedManagers, manager: Address): readonly { address: Address; slot: Hex }[] {
  const debt = mappingSlot(manager, slotAt(SLOT.vaultDebts));
  const entry = mappingSlot(slotAt(0n), mappingSlot(manager, slotAt(SLOT.vaultEntries)));
  const holding = mappingSlot(manager, mappingSlot(seed.vault, slotAt(SLOT.baseHoldings)));
  const ofVault = mappingSlot(seed.vault, slotAt(SLOT.wrapperBalances));
  const balance = mappingSlot(ZERO_ID, mappingSlot(manager, ofVault));
  return [
    ...Array.from({ length: DEBT_WORDS }, (_, i) => ({ address: seed.vault, slot: offset(debt, i) })),
    { address: seed.vault, slot: entry },
    { address: seed.baseAssetWrapper, slot: holding },
    { address: seed.wrapper, slot: balance },
  ];
}

async function writeAll(anvil: Anvil, writes: readonly Write[]): Promise<void> {
  for (let start = 0; start < writes.length; start += BATCH) {
    const body = writes.slice(start, start + BATCH).map(({ address, slot, value }, id) => ({
      jsonrpc: "2.0",
      id,
      method: "anvil_setStorageAt",
      params: [address, slot, value],
    }));
    const response = await fetch(anvil.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answers = (await response.json()) as readonly { readonly error?: unknown }[];
    if (answers.length !== body.length || answers.some(({ error }) => error !== undefined))
      throw new SeedError("the node refused to write storage");
  }
}

const lowBits = (word: bigint, bits: bigint): bigint => word % 2n ** bits;

interface Growth {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly protocolFee: bigint;
  readonly curatorFee: bigint;
}

/**
 * What one manager adds to the vault's totals: its stored sums, and what has accrued on them since they were last
 * touched, up to the vault's own last accrual.
 */
function shareOfTotals(debt: readonly bigint[], index: readonly bigint[]): Growth {
  const [principalAndRate = 0n, interest = 0n, feeIndices = 0n, protocolFee = 0n, curatorFee = 0n] = debt;
  const [rates = 0n, vaultFeeIndices = 0n] = index;
  const principal = lowBits(principalAndRate, 128n);
  const rate = lowBits(rates, 96n) - lowBits(principalAndRate >> 128n, 96n);
  const protocol = lowBits(vaultFeeIndices, 128n) - lowBits(feeIndices, 128n);
  const curator = (vaultFeeIndices >> 128n) - (feeIndices >> 128n);
  return {
    principal,
    interest: interest + principal * rate,
    protocolFee: protocolFee + principal * protocol,
    curatorFee: curatorFee + principal * curator,
  };
}

/** Raw answers of the vault's own views, to compare. */
async function inspect({ anvil, vault, wrapper }: SeedManagers, manager: Address) {
  const call = (data: Hex) => anvil.request<Hex>("eth_call", [{ to: vault, data }, "latest"]);
  const of = { abi: VAULT_ABI, args: [manager] as const };
  const [debt, wrappers, positions, principal, interest] = await Promise.all([
    call(encodeFunctionData({ ...of, functionName: "managerDebt" })),
    call(encodeFunctionData({ ...of, functionName: "managerWrappers" })),
    call(encodeFunctionData({ abi: VAULT_ABI, functionName: "managerPositions", args: [manager, wrapper] })),
    call(encodeFunctionData({ abi: VAULT_ABI, functionName: "totalPrincipalDebt" })),
    call(encodeFunctionData({ abi: VAULT_ABI, functionName: "totalAccruedInterest" })),
  ]);
  const position = [debt, wrappers, positions].join();
  const interestOfManager = hexToBigInt(`0x${debt.slice(66)}`);
  return {
    position,
    interestOfManager,
    totalPrincipal: hexToBigInt(principal),
    totalInterest: hexToBigInt(interest),
  };
}

/**
 * Copies the template's position to `count` new managers, mines one block and returns their addresses.
 * @throws SeedError when the vault's own views do not confirm what was written
 */
export async function seedManagers(seed: SeedManagers): Promise<readonly Address[]> {
  const { anvil, vault, template, count } = seed;
  const read = async (address: Address, slot: Hex) =>
    hexToBigInt(await anvil.request<Hex>("eth_getStorageAt", [address, slot, "latest"]));
  const copies = BigInt(count);
  const managers = Array.from({ length: count }, (_, i) => seededManager(i));
  const words = await Promise.all(slotsOf(seed, template).map(({ address, slot }) => read(address, slot)));
  const index = await Promise.all([0n, 1n].map((i) => read(vault, slotAt(SLOT.vaultIndex + i))));

  const writes: Write[] = managers.flatMap((manager) =>
    slotsOf(seed, manager).map((at, i) => ({ ...at, value: slotAt(words[i] ?? 0n) })),
  );
  const raise = async (address: Address, slot: Hex, by: bigint) => {
    writes.push({ address, slot, value: slotAt((await read(address, slot)) + by) });
  };
  const share = shareOfTotals(words.slice(0, DEBT_WORDS), index);
  const totals = [share.principal, share.interest, share.protocolFee, share.curatorFee];
  for (const [i, each] of totals.entries())
    await raise(vault, slotAt(SLOT.vaultTotals + BigInt(i)), each * copies);
  await raise(seed.wrapper, slotAt(SLOT.wrapperTotal), (words.at(-1) ?? 0n) * copies);

  // Compared before the next block, so that no time passes between the two views.
  const before = await inspect(seed, template);
  await writeAll(anvil, writes);
  const after = await inspect(seed, managers.at(-1) ?? template);
  const interest = after.totalInterest - before.totalInterest - before.interestOfManager * copies;
  if (
    after.position !== before.position ||
    after.totalPrincipal !== before.totalPrincipal + share.principal * copies ||
    interest < 0n ||
    interest > copies
  )
    throw new SeedError("the storage layout of the contracts has changed");
  await anvil.request("evm_mine");
  return managers;
}
