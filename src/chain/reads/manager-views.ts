import type { Address, Hex } from "@/domain/model";
import { boolAt, byteLengthOf, uintAt } from "../bytes";
import {
  BOND_POSITION,
  encodeEvaluation,
  encodeView,
  PLAIN_POSITION,
  STRATEGY_VIEWS,
  VAULT_VIEWS,
  WRAPPER_VIEWS,
} from "../flux/views";
import type { RawManager } from "./raw-vault";
import { EVALUATION_BYTES } from "./vault-views";
import { type Answer, createRound, type Round, type ViewReader } from "./view-reader";
import { addressListOf, uintOf, wordListOf } from "./view-values";

/*
 * The managers by the contracts' own views: two rounds where the strategy values positions by itself, three where the
 * positions are valued one by one, for any number of managers. The rules are the lens's.
 */

export interface ManagerContext {
  readonly vault: Address;
  readonly strategy: Address | undefined;
  readonly baseAssetWrapper: Address | undefined;
  readonly evaluatesPositions: boolean;
}

interface Request {
  readonly managers: readonly Address[];
  readonly context: ManagerContext;
}

/** A manager's own figures, before anything is valued. */
interface Draft {
  readonly manager: Address;
  readonly principal: bigint | undefined;
  readonly accruedInterest: bigint | undefined;
  readonly bond: bigint | undefined;
  readonly workingCapital: bigint | undefined;
  readonly wrappers: readonly Address[] | undefined;
}

/** What the chain returned, or that the endpoint did not answer: the latter makes the whole manager unread. */
const UNREAD = Symbol("unread");

function returned(answer: Answer | undefined): Hex | undefined | typeof UNREAD {
  if (answer === undefined) return undefined;
  const reading = answer();
  return reading.read ? reading.value : UNREAD;
}

async function readDrafts(read: ViewReader, { managers, context }: Request): Promise<readonly Draft[]> {
  const { vault } = context;
  const round = createRound();
  const asked = managers.map((manager) => {
    const ask = (view: readonly [Hex, string]): Answer =>
      round.add({ to: vault, data: encodeView(view, [manager]) });
    return {
      manager,
      debt: ask(VAULT_VIEWS.managerDebt),
      bond: ask(VAULT_VIEWS.managerBond),
      workingCapital: ask(VAULT_VIEWS.managerWorkingCapital),
      wrappers: ask(VAULT_VIEWS.managerWrappers),
    };
  });
  await round.run(read);
  const drafts: Draft[] = [];
  for (const { manager, ...answers } of asked) {
    const debt = returned(answers.debt);
    const bond = returned(answers.bond);
    const workingCapital = returned(answers.workingCapital);
    const wrappers = returned(answers.wrappers);
    if (debt === UNREAD || bond === UNREAD || workingCapital === UNREAD || wrappers === UNREAD) continue;
    const accruedInterest = debt === undefined ? undefined : uintAt(debt, 1);
    drafts.push({
      manager,
      principal: accruedInterest === undefined ? undefined : uintOf(debt),
      accruedInterest,
      bond: uintOf(bond),
      workingCapital: uintOf(workingCapital),
      wrappers: addressListOf(wrappers),
    });
  }
  return drafts;
}

/** The strategy's evaluation of a draft; undefined where its debt or its wrappers are not known. */
function askEvaluation(
  round: Round,
  { draft, context }: { readonly draft: Draft; readonly context: ManagerContext },
): Answer | undefined {
  const { vault, strategy, evaluatesPositions } = context;
  const { manager, principal, accruedInterest, wrappers } = draft;
  if (strategy === undefined || principal === undefined || accruedInterest === undefined) return undefined;
  if (wrappers === undefined) return undefined;
  const view = evaluatesPositions ? STRATEGY_VIEWS.evaluatePosition : STRATEGY_VIEWS.evaluateLiquidation;
  const trueDebtAssets = principal + accruedInterest;
  return round.add({
    to: strategy,
    data: encodeEvaluation({ view, vault, manager, wrappers, trueDebtAssets }),
  });
}

function finish({
  wrappers,
  ...figures
}: Draft): Omit<RawManager, "valueUsd" | "canLiquidate" | "minPayment"> {
  return { ...figures, wrapperCount: wrappers?.length };
}

/** With `evaluatePosition`: value, verdict and payment from one call a manager. */
async function evaluate(
  read: ViewReader,
  { drafts, context }: { readonly drafts: readonly Draft[]; readonly context: ManagerContext },
): Promise<readonly RawManager[]> {
  const round = createRound();
  const asked = drafts.map((draft) => ({ draft, evaluation: askEvaluation(round, { draft, context }) }));
  await round.run(read);
  const raw: RawManager[] = [];
  for (const { draft, evaluation } of asked) {
    const answer = returned(evaluation);
    if (answer === UNREAD) continue;
    const whole = answer !== undefined && byteLengthOf(answer) >= EVALUATION_BYTES ? answer : undefined;
    raw.push({
      ...finish(draft),
      valueUsd: uintOf(whole),
      canLiquidate: whole === undefined ? undefined : boolAt(whole, 2),
      minPayment: whole === undefined ? undefined : uintAt(whole, 3),
    });
  }
  return raw;
}

/** The labels of a manager's positions in each wrapper. */
function askLabels(
  round: Round,
  { draft, vault }: { readonly draft: Draft; readonly vault: Address },
): readonly { readonly wrapper: Address; readonly labels: Answer }[] {
  return (draft.wrappers ?? []).map((wrapper) => ({
    wrapper,
    labels: round.add({
      to: vault,
      data: encodeView(VAULT_VIEWS.managerPositions, [draft.manager, wrapper]),
    }),
  }));
}

interface Key {
  readonly wrapper: Address;
  readonly positionId: Hex;
}

/** Every position of a manager; undefined where a list is missing, unread where it did not arrive. */
function keysOf(
  draft: Draft,
  { listed, context }: { readonly listed: ReturnType<typeof askLabels>; readonly context: ManagerContext },
): readonly Key[] | undefined | typeof UNREAD {
  const { baseAssetWrapper } = context;
  const keys: Key[] = [];
  for (const { wrapper, labels } of listed) {
    const answer = returned(labels);
    if (answer === UNREAD) return UNREAD;
    const list = wordListOf(answer);
    if (list === undefined) return undefined;
    keys.push(...list.map((positionId) => ({ wrapper, positionId })));
  }
  if (draft.wrappers === undefined || baseAssetWrapper === undefined) return undefined;
  const own = [BOND_POSITION, PLAIN_POSITION].map((positionId) => ({
    wrapper: baseAssetWrapper,
    positionId,
  }));
  return [...own, ...keys];
}

const MAX_UINT = (1n << 256n) - 1n;

/** The sum, or undefined as soon as one value is: a smaller sum would look like a sum. */
function sumOfValues(answers: readonly Answer[]): bigint | undefined | typeof UNREAD {
  let sum: bigint | undefined = 0n;
  for (const answer of answers) {
    const value = returned(answer);
    if (value === UNREAD) return UNREAD;
    const amount = uintOf(value);
    sum = sum === undefined || amount === undefined ? undefined : sum + amount;
  }
  return sum === undefined || sum > MAX_UINT ? undefined : sum;
}

/** Without `evaluatePosition`: every position is valued by its wrapper, and the quote is asked for by itself. */
async function valueOneByOne(
  read: ViewReader,
  { drafts, context }: { readonly drafts: readonly Draft[]; readonly context: ManagerContext },
): Promise<readonly RawManager[]> {
  const { vault } = context;
  const lists = createRound();
  const asked = drafts.map((draft) => ({
    draft,
    listed: askLabels(lists, { draft, vault }),
    quote: askEvaluation(lists, { draft, context }),
  }));
  await lists.run(read);
  const values = createRound();
  const valued = asked.map(({ draft, listed, quote }) => {
    const keys = keysOf(draft, { listed, context });
    const answers =
      keys === UNREAD || keys === undefined
        ? []
        : keys.map(({ wrapper, positionId }) =>
            values.add({
              to: wrapper,
              data: encodeView(WRAPPER_VIEWS.getValue, [vault, draft.manager, positionId]),
            }),
          );
    return { draft, keys, answers, quote };
  });
  await values.run(read);
  const raw: RawManager[] = [];
  for (const { draft, keys, answers, quote } of valued) {
    const answer = returned(quote);
    const sum = sumOfValues(answers);
    if (keys === UNREAD || answer === UNREAD || sum === UNREAD) continue;
    const minPayment = answer === undefined ? undefined : uintAt(answer, 1);
    raw.push({
      ...finish(draft),
      valueUsd: keys === undefined ? undefined : sum,
      canLiquidate: minPayment === undefined || answer === undefined ? undefined : boolAt(answer, 0),
      minPayment,
    });
  }
  return raw;
}

/**
 * The managers' part of a snapshot by views. A manager of whom any call was left unanswered by the endpoint is left
 * out; a call that the chain answered with a revert is an undefined field.
 */
export async function readManagersByViews(
  read: ViewReader,
  { managers, context }: Request,
): Promise<readonly RawManager[]> {
  const drafts = await readDrafts(read, { managers, context });
  const value = context.evaluatesPositions ? evaluate : valueOneByOne;
  return await value(read, { drafts, context });
}
