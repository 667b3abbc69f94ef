import { encodeAbiParameters, encodeFunctionData, parseAbi, parseAbiParameters } from "viem/utils";
import type { Address, Hex } from "@/domain/model";
import { ERC20_FUNCTIONS } from "../flux/abi/erc20";
import { FLUX_EXECUTOR_FUNCTIONS } from "../flux/abi/flux-executor";
import { FLUX_FACTORY_FUNCTIONS } from "../flux/abi/flux-factory";
import { FLUX_VAULT_FUNCTIONS } from "../flux/abi/flux-vault";
import type { CallRequest } from "./request";

const factoryAbi = parseAbi(FLUX_FACTORY_FUNCTIONS);
const vaultAbi = parseAbi(FLUX_VAULT_FUNCTIONS);
const tokenAbi = parseAbi(ERC20_FUNCTIONS);
const executorAbi = parseAbi(FLUX_EXECUTOR_FUNCTIONS);

/** How the stock executor pays: from its owner's wallet, or from the proceeds of what it takes over. */
export type LiquidationMode = "pay-from-wallet" | "sell-collateral";

/** The executor's own numbers for the modes (`IFluxExecutor.Mode`). */
export const LIQUIDATION_MODES: Readonly<Record<LiquidationMode, number>> = {
  "pay-from-wallet": 0,
  "sell-collateral": 1,
};

/**
 * One sale: the executor's whole balance of `tokenIn`. A venue equal to the token is an ERC-4626 share that is
 * redeemed; any other venue is a pool.
 */
export interface Sale {
  readonly venue: Address;
  readonly tokenIn: Address;
  /** Least that must come out, in units of the token received. */
  readonly minOut: bigint;
}

/** Layout of the `data` argument of `liquidate` for the stock executor (`IFluxExecutor`). */
export const LIQUIDATION_DATA = parseAbiParameters(
  "uint8 mode, uint256 maxPayment, uint256 minProceeds, uint256 deadline, bytes route",
);
/** Layout of the route in the mode that sells. */
export const ROUTE_DATA = parseAbiParameters("(address venue, address tokenIn, uint256 minOut)[] sales");

/** Deploys the stock executor for whoever sends this. */
export function deployExecutorCall({ factory }: { readonly factory: Address }): CallRequest {
  const data = encodeFunctionData({ abi: factoryAbi, functionName: "deployWeirollExecutor" });
  return { to: factory, data, value: 0n };
}

/** Registers an executor for the sender; the factory accepts no other manager than the sender. */
export function registerExecutorCall({
  factory,
  manager,
  executor,
}: {
  readonly factory: Address;
  readonly manager: Address;
  readonly executor: Address;
}): CallRequest {
  const data = encodeFunctionData({
    abi: factoryAbi,
    functionName: "registerExecutor",
    args: [manager, executor],
  });
  return { to: factory, data, value: 0n };
}

/** Lets `spender` take up to `amount` of the sender's tokens. Never unlimited; zero takes the permission back. */
export function approveCall({
  token,
  spender,
  amount,
}: {
  readonly token: Address;
  readonly spender: Address;
  readonly amount: bigint;
}): CallRequest {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [spender, amount] });
  return { to: token, data, value: 0n };
}

export interface LiquidateArguments {
  readonly vault: Address;
  readonly manager: Address;
  /** Wrappers in which the manager holds positions that are not registered. */
  readonly additionalWrappers?: readonly Address[] | undefined;
  readonly mode: LiquidationMode;
  /** The payment grows with every second of interest; beyond this the executor refuses. Base-asset units. */
  readonly maxPaymentAssets: bigint;
  /** Paying from the wallet: least oracle value of what is taken over. Selling: least base asset after the sales. */
  readonly minProceedsAssets: bigint;
  /** Unix seconds after which the executor refuses. */
  readonly deadlineSeconds: bigint;
  /** Sales in order; empty when paying from the wallet. */
  readonly route: readonly Sale[];
}

function encodeRoute({ mode, route }: LiquidateArguments): Hex {
  if (mode === "pay-from-wallet") return "0x";
  return encodeAbiParameters(ROUTE_DATA, [route]);
}

/** Takes over a manager's whole position through the sender's registered stock executor. */
export function liquidateCall(args: LiquidateArguments): CallRequest {
  const { vault, manager, additionalWrappers = [], mode } = args;
  const executorData = encodeAbiParameters(LIQUIDATION_DATA, [
    LIQUIDATION_MODES[mode],
    args.maxPaymentAssets,
    args.minProceedsAssets,
    args.deadlineSeconds,
    encodeRoute(args),
  ]);
  const data = encodeFunctionData({
    abi: vaultAbi,
    functionName: "liquidate",
    args: [manager, additionalWrappers, executorData],
  });
  return { to: vault, data, value: 0n };
}

/** Sends the executor's whole balance of a token to its owner. */
export function sweepCall({
  executor,
  token,
}: {
  readonly executor: Address;
  readonly token: Address;
}): CallRequest {
  const data = encodeFunctionData({ abi: executorAbi, functionName: "sweep", args: [token] });
  return { to: executor, data, value: 0n };
}
