import type { Address, BlockRef, Hex } from "@/domain/model";
import { boolAt } from "../bytes";
import {
  encodeView,
  FACTORY_VIEWS,
  TIMELOCK_VIEWS,
  TOKEN_VIEWS,
  type View,
  type ViewArgument,
} from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, type ViewCall, viewResultOf } from "./call";
import { addressOf, uintOf } from "./view-values";

interface At {
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** Several views at one block in one request; a revert is undefined, any other refusal throws. */
async function readViews(
  rpc: Rpc,
  { calls, block, signal }: At & { readonly calls: readonly ViewCall[] },
): Promise<readonly (Hex | undefined)[]> {
  const answers = await rpc.batch(
    calls.map((call) => ethCall(call, block)),
    { signal },
  );
  return answers.map(viewResultOf);
}

function viewCall(to: Address, view: View, args: readonly ViewArgument[] = []): ViewCall {
  return { to, data: encodeView(view, args) };
}

/** `keccak256` of the role names of OpenZeppelin's TimelockController. */
export const TIMELOCK_ROLES = {
  proposer: "0xb09aa5aeb3702cfd50b6b62bc4532604938f21248a27a1d5ca736082b6819cc1",
  executor: "0xd8aa0f3194971a2a116679f7c2090f6939c8d4e01a2a8d7e41d55e5351469e63",
  canceller: "0xfd643c72710c63c0180259aba6b2d05451e3591a24e58b62239378085726f783",
} as const satisfies Readonly<Record<string, Hex>>;

const ANYBODY: Address = "0x0000000000000000000000000000000000000000";

export interface TimelockRoles {
  readonly proposer: boolean;
  /** Also true when everybody may execute. */
  readonly executor: boolean;
  readonly canceller: boolean;
}

export interface TimelockState {
  /** Undefined when the address does not answer as a timelock. */
  readonly minDelaySeconds: bigint | undefined;
  /** Whether the executor role is given to everybody. */
  readonly openExecution: boolean;
  /** Of the account that was asked for; undefined without one. */
  readonly roles: TimelockRoles | undefined;
  /** By operation id: 0 unknown or cancelled, 1 executed, else the second from which it can be executed. */
  readonly timestamps: ReadonlyMap<Hex, bigint>;
}

/** The timelock's delay, an account's roles, and the readiness of operations, in one request. */
export async function fetchTimelock(
  rpc: Rpc,
  {
    timelock,
    account,
    ids,
    block,
    signal,
  }: At & {
    readonly timelock: Address;
    readonly account?: Address | undefined;
    readonly ids: readonly Hex[];
  },
): Promise<TimelockState> {
  const role = (name: keyof typeof TIMELOCK_ROLES, holder: Address): ViewCall =>
    viewCall(timelock, TIMELOCK_VIEWS.hasRole, [TIMELOCK_ROLES[name], holder]);
  const ofAccount =
    account === undefined
      ? []
      : [role("proposer", account), role("executor", account), role("canceller", account)];
  const calls = [
    viewCall(timelock, TIMELOCK_VIEWS.getMinDelay),
    role("executor", ANYBODY),
    ...ids.map((id) => viewCall(timelock, TIMELOCK_VIEWS.getTimestamp, [id])),
    ...ofAccount,
  ];
  const answers = await readViews(rpc, { calls, block, signal });
  const [minDelay, open] = answers;
  const timestamps = new Map<Hex, bigint>();
  for (const [index, id] of ids.entries()) {
    const timestamp = uintOf(answers[index + 2]);
    if (timestamp !== undefined) timestamps.set(id, timestamp);
  }
  const openExecution = open !== undefined && boolAt(open, 0) === true;
  const held = answers
    .slice(ids.length + 2)
    .map((answer) => answer !== undefined && boolAt(answer, 0) === true);
  const [proposer = false, executor = false, canceller = false] = held;
  return {
    minDelaySeconds: uintOf(minDelay),
    openExecution,
    roles: account === undefined ? undefined : { proposer, executor: executor || openExecution, canceller },
    timestamps,
  };
}

export interface LiquidatorState {
  /** The executor registered at the factory for the account. */
  readonly executor: Address | undefined;
  /** The executor last deployed for the account, registered or not. */
  readonly deployedExecutor: Address | undefined;
  /** What the registered (else the deployed) executor may take of the base asset; undefined without either. */
  readonly allowanceAssets: bigint | undefined;
  readonly balanceAssets: bigint | undefined;
}

function someone(address: Address | undefined): Address | undefined {
  return address === ANYBODY ? undefined : address;
}

/** How far an account has come on its way to liquidating: executor, allowance, balance. Two requests. */
export async function fetchLiquidator(
  rpc: Rpc,
  {
    factory,
    account,
    asset,
    block,
    signal,
  }: At & { readonly factory: Address; readonly account: Address; readonly asset: Address },
): Promise<LiquidatorState> {
  const calls = [
    viewCall(factory, FACTORY_VIEWS.getExecutor, [account]),
    viewCall(factory, FACTORY_VIEWS.deployedExecutor, [account]),
    viewCall(asset, TOKEN_VIEWS.balanceOf, [account]),
  ];
  const [registered, deployed, balance] = await readViews(rpc, { calls, block, signal });
  const executor = someone(addressOf(registered));
  const deployedExecutor = someone(addressOf(deployed));
  const spender = executor ?? deployedExecutor;
  const balanceAssets = uintOf(balance);
  if (spender === undefined) {
    return { executor, deployedExecutor, allowanceAssets: undefined, balanceAssets };
  }
  const allowance = viewCall(asset, TOKEN_VIEWS.allowance, [account, spender]);
  const [answer] = await readViews(rpc, { calls: [allowance], block, signal });
  return { executor, deployedExecutor, allowanceAssets: uintOf(answer), balanceAssets };
}
