import {
  type Abi,
  type AbiFunction,
  BaseError,
  decodeFunctionData,
  type Hex,
  maxUint256,
  toFunctionSelector,
} from "viem";
import type { AddressBook } from "../runtime/address-book";
import { artifactOf } from "../scenario/play/node-client";
import type { Devnet } from "../start";
import type { DescribedCall, DevnetState } from "./page/server-api";
import type { DevnetTools } from "./server";

/** Roles that the wallet offers, in the order of its menu. */
const WALLET_ROLES = [
  ["lp", "LP"],
  ["operator", "Operator"],
  ["liquidator", "Liquidator"],
  ["stranger", "Stranger"],
  ["manager", "Manager"],
  ["reserve", "Reserve"],
  ["governance", "Governance"],
] as const;

/** Contracts whose calls the wallet can put into words, the most telling first. */
const KNOWN_CONTRACTS = [
  "FluxVault",
  "MutableFixedRateStrategy",
  "TimelockController",
  "FluxVaultFactory",
  "FluxExecutor",
  "TestToken",
] as const;

/** Node methods that a page may reach through the wallet; the node's own controls are not among them. */
const FORWARDED = /^(eth|net|web3|personal)_/;

/** Answers the two page scripts: what there is, the node, call data in words, and the clock. */
export function devnetTools(args: {
  readonly devnet: Devnet;
  readonly scripts: Readonly<Record<string, string>>;
}): DevnetTools {
  const { devnet } = args;
  const book = devnet.addressBook;
  const labels = labelsOf(book);
  const state: DevnetState = {
    chainId: book.chainId,
    accounts: WALLET_ROLES.flatMap(([role, name]) =>
      book.accounts
        .filter((account) => account.role === role)
        .map(({ address, label }) => ({ address, label, role: name })),
    ),
    labels,
    archiveUntilSeconds: book.archiveUntilSeconds ?? 0,
  };
  return {
    scripts: args.scripts,
    async answer(question, body) {
      switch (question) {
        case "state":
          return state;
        case "rpc":
          return forward(book.rpcUrl, body);
        case "describe":
          return describe(body, labels);
        case "advance":
          await devnet.advance(Number((body as { readonly seconds?: unknown }).seconds));
          return { done: true };
        default:
          return undefined;
      }
    },
  };
}

async function forward(rpcUrl: string, body: unknown): Promise<unknown> {
  const { method } = body as { readonly method?: unknown };
  if (typeof method !== "string" || !FORWARDED.test(method)) {
    return { jsonrpc: "2.0", id: 1, error: { code: 4200, message: `${String(method)} is not forwarded.` } };
  }
  const response = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

function describe(body: unknown, labels: Readonly<Record<string, string>>): DescribedCall {
  const { to, data } = body as { readonly to?: string; readonly data?: Hex };
  const toLabel = to === undefined ? undefined : labels[to.toLowerCase()];
  const words = data === undefined ? undefined : decoded(data, labels);
  return { ...(toLabel === undefined ? {} : { toLabel }), ...words };
}

function decoded(data: Hex, labels: Readonly<Record<string, string>>): DescribedCall | undefined {
  for (const contract of KNOWN_CONTRACTS) {
    const call = decodedBy(artifactOf(contract).abi, data);
    if (call === undefined) continue;
    const inputs = call.item.inputs;
    return {
      functionName: `${call.item.name}(${inputs.map(({ type }) => type).join(", ")})`,
      args: inputs.flatMap((input, index) => {
        const name = input.name ?? `argument ${index + 1}`;
        const value = call.args[index];
        const inner = input.type === "bytes" ? decoded(value as Hex, labels) : undefined;
        return [
          { name, value: textOf(value, labels) },
          ...(inner === undefined ? [] : [{ name: "that is", value: inWords(inner) }]),
        ];
      }),
    };
  }
  return undefined;
}

interface DecodedCall {
  readonly item: AbiFunction;
  readonly args: readonly unknown[];
}

function decodedBy(abi: Abi, data: Hex): DecodedCall | undefined {
  const item = abi.find(
    (entry): entry is AbiFunction =>
      entry.type === "function" && toFunctionSelector(entry) === data.slice(0, 10).toLowerCase(),
  );
  if (item === undefined) return undefined;
  try {
    return { item, args: decodeFunctionData({ abi: [item], data }).args ?? [] };
  } catch (cause) {
    // The selector is known and the rest does not fit it: the raw bytes are all that can be said.
    if (cause instanceof BaseError) return undefined;
    throw cause;
  }
}

function inWords(call: DescribedCall): string {
  return `${call.functionName?.split("(")[0]}(${call.args?.map(({ value }) => value).join(", ")})`;
}

function textOf(value: unknown, labels: Readonly<Record<string, string>>): string {
  if (typeof value === "bigint") return value === maxUint256 ? "no limit (2^256 - 1)" : value.toString();
  if (typeof value === "string") {
    const label = labels[value.toLowerCase()];
    return label === undefined ? value : `${label} (${value})`;
  }
  if (Array.isArray(value)) return `[${value.map((entry: unknown) => textOf(entry, labels)).join(", ")}]`;
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === "bigint" ? entry.toString() : entry,
  );
}

function labelsOf(book: AddressBook): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const { address, label, name, executor } of book.accounts) {
    labels[address] = label;
    if (executor !== null) labels[executor] = `executor of ${name}`;
  }
  for (const { address, ticker } of book.tokens) labels[address] = `token ${ticker}`;
  for (const { address, ticker, kind } of book.feeds) labels[address] = `${kind} price of ${ticker}`;
  for (const [name, address] of Object.entries(book.contracts)) labels[address] = `Flux ${name}`;
  for (const { title, vault, strategy, timelock, locker } of Object.values(book.scenarios)) {
    labels[vault] = `vault ${title}`;
    labels[strategy] = `strategy of ${title}`;
    if (timelock !== null) labels[timelock] = `timelock of ${title}`;
    if (locker !== null) labels[locker] = `contract that locks shares of ${title}`;
  }
  return labels;
}
