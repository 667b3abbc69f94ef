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
  vaultEntries: 13n,
  baseHoldings: 1n,
  wrapperBalances: 1n,
  wrapperTotal: 0n,
} as const;

const DEBT_WORDS = 5;
const BATCH = 500;
const ZERO_ID: Hex = numberToHex(0n, { size: 32 });

const VAULT_ABI = parseAbi([
  "function totalPrincipalDebt() view returns (uint256)",
  "function managerDebt(address) view returns (uint256, uint256)",
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

/**
 * Copies the template's position to `count` new managers, mines one block and returns their addresses.
 * @throws SeedError when the vault's own views do not confirm what was written
 */
export async function seedManagers(seed: SeedManagers): Promise<readonly Address[]> {
  const { anvil, vault, template, count } = seed;
  const read = (address: Address, slot: Hex) =>
    anvil.request<Hex>("eth_getStorageAt", [address, slot, "latest"]);
  const view = async (functionName: "totalPrincipalDebt" | "managerDebt", args: readonly [Address] | []) => {
    const data =
      functionName === "managerDebt"
        ? encodeFunctionData({ abi: VAULT_ABI, functionName, args: args as readonly [Address] })
        : encodeFunctionData({ abi: VAULT_ABI, functionName });
    return hexToBigInt(
      (await anvil.request<Hex>("eth_call", [{ to: vault, data }, "latest"])).slice(0, 66) as Hex,
    );
  };

  const from = slotsOf(seed, template);
  const values = await Promise.all(from.map(({ address, slot }) => read(address, slot)));
  const managers = Array.from({ length: count }, (_, i) => seededManager(i));
  const writes: Write[] = managers.flatMap((manager) =>
    slotsOf(seed, manager).map(({ address, slot }, i) => ({ address, slot, value: values[i] ?? ZERO_ID })),
  );

  // Totals in the order of the struct: principal, interest, protocol fee, curator fee. In a debt, the principal is
  // the low half of the first word; the indices of the third word have no total.
  const debtWords = values.slice(0, DEBT_WORDS).map((value) => hexToBigInt(value));
  const [first = 0n, interest = 0n, , protocolFee = 0n, curatorFee = 0n] = debtWords;
  const principal = first % 2n ** 128n;
  for (const [i, each] of [principal, interest, protocolFee, curatorFee].entries()) {
    const slot = slotAt(SLOT.vaultTotals + BigInt(i));
    const sum = hexToBigInt(await read(vault, slot)) + each * BigInt(count);
    writes.push({ address: vault, slot, value: slotAt(sum) });
  }
  const position = hexToBigInt(values.at(-1) ?? ZERO_ID);
  const wrapperTotal = slotAt(SLOT.wrapperTotal);
  const held = hexToBigInt(await read(seed.wrapper, wrapperTotal)) + position * BigInt(count);
  writes.push({ address: seed.wrapper, slot: wrapperTotal, value: slotAt(held) });

  const before = await view("totalPrincipalDebt", []);
  await writeAll(anvil, writes);
  await anvil.request("evm_mine");
  const last = managers.at(-1);
  const copied =
    last === undefined || (await view("managerDebt", [last])) === (await view("managerDebt", [template]));
  const summed = (await view("totalPrincipalDebt", [])) === before + principal * BigInt(count);
  if (!copied || !summed) throw new SeedError("the storage layout of the contracts has changed");
  return managers;
}
