import { fetchTimelock } from "@/chain/reads/operator";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address } from "@/domain/model";
import type { SignerRole } from "@/report/signed-statement";
import type { VaultReport } from "@/report/vault-report";
import { timelockOf } from "../operator/known-contracts";

interface RoleQuestion {
  readonly report: VaultReport;
  readonly lp: Address;
  readonly signer: Address;
}

/** What an address is to an LP's statement, as far as the vault itself says it. */
export function rolesInReport({ report, lp, signer }: RoleQuestion): readonly SignerRole[] {
  const { flux } = report.snapshot.state;
  const holders: readonly (readonly [SignerRole, Address | undefined])[] = [
    ["lp", lp],
    ["curator", flux?.curator],
    ["adl-manager", flux?.adlManager],
    ["strategy-owner", flux?.strategy.owner],
  ];
  return holders.filter(([, holder]) => holder === signer).map(([role]) => role);
}

/**
 * What an address is to an LP's statement at the report's block, the timelock's proposers included. Empty: neither the
 * LP nor anybody whom the vault names. At most one request.
 *
 * @throws ChainError `archive-unavailable` where the timelock cannot be asked about that block
 */
export async function fetchSignerRoles(
  rpc: Rpc,
  question: RoleQuestion & { readonly signal?: AbortSignal | undefined },
): Promise<readonly SignerRole[]> {
  const { report, signer, signal } = question;
  const { config, snapshot } = report;
  const roles = rolesInReport(question);
  const timelock = timelockOf({ config, state: snapshot.state });
  if (timelock === undefined) return roles;
  const { block } = snapshot.state;
  const { roles: held } = await fetchTimelock(rpc, { timelock, account: signer, ids: [], block, signal });
  return held?.proposer === true ? [...roles, "proposer"] : roles;
}
