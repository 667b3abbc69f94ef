import type { ContractKind, KnownContract } from "@/chain/writes/describe";
import type { Address, VaultState } from "@/domain/model";
import type { VaultConfig } from "@/report/config";
import { sanitiseText } from "@/shared/text";
import type { VaultRef } from "../keys";
import type { CallTarget } from "../transaction/intent";

/** The vault that an operator acts on, as the report beside the button knows it. */
export interface OperatorContext {
  readonly config: VaultConfig;
  readonly state: VaultState;
  /** The account that acts. */
  readonly account: Address;
  /** The account's executor, once it has one. */
  readonly executor?: Address | undefined;
}

/** The vault of a context. */
export function refOf({ state }: Pick<OperatorContext, "state">): VaultRef {
  return { chainId: state.chainId, address: state.address };
}

/** The timelock of a vault: the configured one, else whoever owns the strategy. */
export function timelockOf({
  config,
  state,
}: Pick<OperatorContext, "config" | "state">): Address | undefined {
  return config.timelock ?? state.flux?.strategy.owner;
}

/**
 * The contracts of a vault that the page vouches for. Their names are ours; only the base asset is called by its own
 * symbol as well, which is how everybody knows it.
 */
export function knownContractsOf(context: OperatorContext): Readonly<Record<Address, KnownContract>> {
  const { config, state, executor } = context;
  const { flux } = state;
  const entries: readonly (readonly [Address | undefined, ContractKind, string])[] = [
    [state.asset.address, "token", `${sanitiseText(state.asset.symbol, 16)}, the base asset`],
    [flux?.oracleRegistry, "registry", "Oracle registry"],
    [flux?.factory, "factory", "Flux factory"],
    [executor, "executor", "Your executor"],
    [timelockOf(context), "timelock", "Timelock"],
    [flux?.strategy.address, "strategy", "Strategy"],
    [state.address, "vault", config.label ?? "Vault"],
  ];
  const known: Record<Address, KnownContract> = {};
  for (const [address, kind, label] of entries) {
    if (address !== undefined) known[address] = { kind, label };
  }
  return known;
}

/** The target of a call on one of a vault's contracts. */
export function targetOf(context: OperatorContext, address: Address): CallTarget {
  const name = knownContractsOf(context)[address]?.label ?? "Unknown contract";
  return { address, name, codeHash: undefined, listed: context.config.listed };
}
