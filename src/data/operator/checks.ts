import { encodeView, FACTORY_VIEWS, TIMELOCK_VIEWS, TOKEN_VIEWS, VAULT_VIEWS } from "@/chain/flux/views";
import { TIMELOCK_ROLES, type TimelockRoles } from "@/chain/reads/operator";
import type { Address, Hex } from "@/domain/model";
import type { StateCheck } from "../transaction/intent";

const WORD_DIGITS = 64;

/** A number, an address or a truth as one ABI word. */
export function wordOf(value: bigint | boolean | Address): Hex {
  const digits = typeof value === "string" ? value.slice(2) : BigInt(value).toString(16);
  return `0x${digits.toLowerCase().padStart(WORD_DIGITS, "0")}`;
}

const NOBODY = wordOf(0n);
/** What OpenZeppelin's timelock keeps as the time of an operation that is done. */
const DONE = wordOf(1n);

const ROLE_WORDS: Readonly<Record<keyof TimelockRoles, string>> = {
  proposer: "propose changes",
  executor: "execute operations that are ready",
  canceller: "cancel operations",
};

/** The account holds a role of the timelock. */
export function holdsRole(args: {
  readonly timelock: Address;
  readonly role: keyof TimelockRoles;
  readonly account: Address;
}): StateCheck {
  const { timelock, role, account } = args;
  return {
    label: `This account may ${ROLE_WORDS[role]} at the timelock.`,
    otherwise: `Only an account with the timelock's ${role} role may ${ROLE_WORDS[role]}.`,
    to: timelock,
    data: encodeView(TIMELOCK_VIEWS.hasRole, [TIMELOCK_ROLES[role], account]),
    expects: { kind: "equals", word: wordOf(true) },
  };
}

type OperationState = "unknown" | "known" | "done";

const OPERATION: Readonly<Record<OperationState, Pick<StateCheck, "label" | "otherwise" | "expects">>> = {
  unknown: {
    label: "The operation is not in the queue.",
    otherwise: "The timelock has this operation in its queue.",
    expects: { kind: "equals", word: NOBODY },
  },
  known: {
    label: "The operation is in the queue.",
    otherwise: "The timelock does not have this operation.",
    expects: { kind: "differs", word: NOBODY },
  },
  done: {
    label: "The operation is executed.",
    otherwise: "The timelock does not say that the operation is executed.",
    expects: { kind: "equals", word: DONE },
  },
};

/** What the timelock says of an operation. */
export function operationIs(
  state: OperationState,
  { timelock, id }: { readonly timelock: Address; readonly id: Hex },
): StateCheck {
  return { ...OPERATION[state], to: timelock, data: encodeView(TIMELOCK_VIEWS.getTimestamp, [id]) };
}

/** Which executor the factory has deployed last for an account, or registered for it. */
export function executorIs(args: {
  readonly which: "deployed" | "registered";
  readonly factory: Address;
  readonly account: Address;
  /** undefined: none. "any": one or another. */
  readonly executor: Address | "any" | undefined;
}): StateCheck {
  const { which, factory, account, executor } = args;
  const view = which === "deployed" ? FACTORY_VIEWS.deployedExecutor : FACTORY_VIEWS.getExecutor;
  const word = which === "deployed" ? "deployed" : "registered";
  return {
    label:
      executor === undefined
        ? `This account has no ${word} executor yet.`
        : `The factory has an executor ${word} for this account.`,
    otherwise:
      executor === undefined
        ? `The factory already has an executor ${word} for this account.`
        : `The factory has no such executor ${word} for this account.`,
    to: factory,
    data: encodeView(view, [account]),
    expects:
      executor === "any"
        ? { kind: "differs", word: NOBODY }
        : { kind: "equals", word: executor === undefined ? NOBODY : wordOf(executor) },
  };
}

interface Allowance {
  readonly token: Address;
  readonly owner: Address;
  readonly spender: Address;
  readonly amount: bigint;
}

/** The allowance is exactly this much. */
export function allowanceIs({ token, owner, spender, amount }: Allowance): StateCheck {
  return {
    label: "The allowance is exactly what was asked for.",
    otherwise: "The token shows another allowance: the wallet may have let you change the amount.",
    to: token,
    data: encodeView(TOKEN_VIEWS.allowance, [owner, spender]),
    expects: { kind: "equals", word: wordOf(amount) },
  };
}

/** The allowance covers this much. */
export function allowanceCovers({ token, owner, spender, amount }: Allowance): StateCheck {
  return {
    label: "The allowance covers the largest payment.",
    otherwise: "The allowance is below the largest payment. Approve it first.",
    to: token,
    data: encodeView(TOKEN_VIEWS.allowance, [owner, spender]),
    expects: { kind: "at-least", value: amount },
  };
}

/** A manager's principal, the first word of its debt, is gone. */
export function debtIsGone({
  vault,
  manager,
}: {
  readonly vault: Address;
  readonly manager: Address;
}): StateCheck {
  return {
    label: "The manager's debt is gone.",
    otherwise: "The vault still shows a debt of this manager.",
    to: vault,
    data: encodeView(VAULT_VIEWS.managerDebt, [manager]),
    expects: { kind: "equals", word: NOBODY },
  };
}
