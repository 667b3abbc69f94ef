import type { Address, Hex } from "@/domain/model";
import {
  BOND_POSITION,
  encodeView,
  PLAIN_POSITION,
  VAULT_VIEWS,
  type View,
  WRAPPER_VIEWS,
} from "../flux/views";
import type { ManagerComposition, PositionHolding, WrapperHolding } from "./composition-parts";
import { type Answer, createRound, type ViewReader } from "./view-reader";
import { addressListOf, addressOf, uintOf, wordListOf } from "./view-values";

/** What the chain returned; `whole` turns false when the endpoint left a call unanswered. */
interface Reading {
  whole: boolean;
}

function valueOf(answer: Answer, reading: Reading): Hex | undefined {
  const result = answer();
  if (result.read) return result.value;
  reading.whole = false;
  return undefined;
}

interface DraftWrapper {
  readonly wrapper: Address;
  readonly underlying: Address | undefined;
  readonly labels: readonly Hex[] | undefined;
}

interface Draft {
  readonly manager: Address;
  readonly reading: Reading;
  readonly bond: bigint | undefined;
  readonly workingCapital: bigint | undefined;
  readonly wrappers: readonly DraftWrapper[] | undefined;
}

interface Request {
  readonly vault: Address;
  readonly managers: readonly Address[];
}

async function readDrafts(read: ViewReader, { vault, managers }: Request): Promise<readonly Draft[]> {
  const first = createRound();
  const base = first.add({ to: vault, data: encodeView(VAULT_VIEWS.baseAssetWrapper) });
  const lists = managers.map((manager) => ({
    manager,
    reading: { whole: true },
    wrappers: first.add({ to: vault, data: encodeView(VAULT_VIEWS.managerWrappers, [manager]) }),
  }));
  await first.run(read);
  const second = createRound();
  const asked = lists.map(({ manager, reading, wrappers }) => {
    const baseWrapper = addressOf(valueOf(base, reading));
    const askBase = (positionId: Hex): Answer | undefined =>
      baseWrapper === undefined
        ? undefined
        : second.add({
            to: baseWrapper,
            data: encodeView(WRAPPER_VIEWS.getValue, [vault, manager, positionId]),
          });
    const bond = askBase(BOND_POSITION);
    const workingCapital = askBase(PLAIN_POSITION);
    const listed = addressListOf(valueOf(wrappers, reading))?.map((wrapper) => ({
      wrapper,
      underlying: second.add({ to: wrapper, data: encodeView(WRAPPER_VIEWS.underlyingAsset) }),
      labels: second.add({ to: vault, data: encodeView(VAULT_VIEWS.managerPositions, [manager, wrapper]) }),
    }));
    return { manager, reading, bond, workingCapital, listed };
  });
  await second.run(read);
  return asked.map(
    ({ manager, reading, bond, workingCapital, listed }): Draft => ({
      manager,
      reading,
      bond: bond === undefined ? undefined : uintOf(valueOf(bond, reading)),
      workingCapital: workingCapital === undefined ? undefined : uintOf(valueOf(workingCapital, reading)),
      wrappers: listed?.map(({ wrapper, underlying, labels }) => ({
        wrapper,
        underlying: addressOf(valueOf(underlying, reading)),
        labels: wordListOf(valueOf(labels, reading)),
      })),
    }),
  );
}

/** What positions are made of by the contracts' own views: three rounds for any number of managers. */
export async function readCompositionByViews(
  read: ViewReader,
  request: Request,
): Promise<readonly ManagerComposition[]> {
  const drafts = await readDrafts(read, request);
  const round = createRound();
  const ask = (view: View, key: { wrapper: Address; manager: Address; label: Hex }): Answer =>
    round.add({ to: key.wrapper, data: encodeView(view, [request.vault, key.manager, key.label]) });
  const asked = drafts.map((draft) => ({
    draft,
    wrappers: draft.wrappers?.map(({ wrapper, underlying, labels }) => ({
      wrapper,
      underlying,
      positions: labels?.map((label) => {
        const key = { wrapper, manager: draft.manager, label };
        return {
          label,
          balance: ask(WRAPPER_VIEWS.getBalance, key),
          value: ask(WRAPPER_VIEWS.getValue, key),
        };
      }),
    })),
  }));
  await round.run(read);
  const compositions = asked.map(
    ({ draft, wrappers }): ManagerComposition => ({
      manager: draft.manager,
      bondValueUsdWad: draft.bond,
      workingCapitalValueUsdWad: draft.workingCapital,
      wrappers: wrappers?.map(
        ({ wrapper, underlying, positions }): WrapperHolding => ({
          wrapper,
          underlying,
          positions: positions?.map(
            ({ label, balance, value }): PositionHolding => ({
              positionId: label,
              balance: uintOf(valueOf(balance, draft.reading)),
              valueUsdWad: uintOf(valueOf(value, draft.reading)),
            }),
          ),
        }),
      ),
    }),
  );
  return compositions.filter((_, index) => drafts[index]?.reading.whole === true);
}
