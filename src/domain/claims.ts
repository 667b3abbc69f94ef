import { assert } from "@/shared/assert";
import { isDeadAddress } from "./address";
import { chainFigure, known, mapFigure, sumFigures, unknown } from "./figure";
import { endOfBlock } from "./log-order";
import { allocateByLargestRemainder } from "./loss-share";
import { sumOf } from "./math";
import type { Address, Figure } from "./model";
import { partOf, splitPlansOf } from "./split-plan";
import { statementTotalsOf, virtualTotalsOf } from "./statement";
import type { StatementBook } from "./statement-book";

/** What one LP gets of a recovery in the two ways in which it can be handed out. Base-asset units. */
export interface ClaimLine {
  readonly address: Address;
  /** Its parts of all losses and falls so far: the weight of its claim. */
  readonly lossesAssets: bigint;
  /** If the money goes to those who lost. */
  readonly claimAssets: bigint;
  readonly sharesNow: bigint;
  /** If the money is paid into the vault, and so to today's holders; unknown for a vault without shares. */
  readonly paidInAssets: Figure;
  /** Claim less paid in: positive for who does better by claims. */
  readonly differenceAssets: Figure;
}

/** A part that nobody can claim: it is no weight, and said. */
export interface ExcludedClaim {
  readonly reason: "virtual" | "dead";
  /** undefined for the virtual shares. */
  readonly address: Address | undefined;
  readonly lossesAssets: bigint;
  /** What the same shares would get of money paid into the vault. */
  readonly paidInAssets: Figure;
}

/** An amount handed out by what was lost, beside the same amount paid into the vault. */
export interface Claims {
  readonly amountAssets: bigint;
  /** Everybody who bore a loss or holds shares now, by address; a claim may be zero. */
  readonly lines: readonly ClaimLine[];
  readonly excluded: readonly ExcludedClaim[];
  /** Sum of the weights. */
  readonly claimingLossesAssets: bigint;
  /** All LP losses: the weights and what is left out. */
  readonly totalLossesAssets: bigint;
  /** Sum of the claims: the amount, or zero where no LP ever bore a loss. */
  readonly distributedAssets: bigint;
  /** Sum of what LPs would get of money paid into the vault; the rest falls to what is left out. */
  readonly paidInToLpsAssets: Figure;
}

/** Somebody with a part in the losses or in the vault; `address` undefined for the virtual shares. */
interface Party {
  readonly address: Address | undefined;
  readonly sharesNow: bigint;
  readonly lossesAssets: bigint;
  readonly paidInAssets: Figure;
}

/** Everybody, virtual shares last; unknown as soon as anybody's losses are. */
function partiesOf(book: StatementBook, amountAssets: bigint): Figure<readonly Party[]> {
  const { state, holdings } = book.input;
  const at = endOfBlock(state.block.number);
  // As a recovery at the end of this block would be split.
  const [plan = unknown("no-supply")] = splitPlansOf({
    amounts: [known({ at, amountAssets, totalSupplyShares: state.totalSupplyShares })],
    holdings,
    virtualShares: state.virtualShares,
  });
  const virtual = virtualTotalsOf(book);
  const parties: Party[] = [];
  for (const { address, shares, lossesAssets } of [
    ...statementTotalsOf(book),
    ...(virtual === undefined ? [] : [{ ...virtual, address: undefined }]),
  ]) {
    if (lossesAssets.kind === "unknown") return lossesAssets;
    parties.push({
      address,
      sharesNow: shares,
      lossesAssets: lossesAssets.value,
      paidInAssets: mapFigure(plan, (decided) => partOf(decided, { holder: address, shares })),
    });
  }
  return known(parties);
}

function isExcluded({ address }: Party): boolean {
  return address === undefined || isDeadAddress(address);
}

function claimsOfParties(parties: readonly Party[], amountAssets: bigint): Claims {
  const claiming = parties.filter(
    (party) => !isExcluded(party) && (party.lossesAssets > 0n || party.sharesNow > 0n),
  );
  const split = allocateByLargestRemainder({
    amount: amountAssets,
    weights: claiming.map(({ address, lossesAssets }) => ({ address, weight: lossesAssets })),
  });
  const claimOf = new Map(
    split.kind === "known" ? split.value.map(({ address, amount }) => [address, amount]) : [],
  );
  const lines: ClaimLine[] = [];
  for (const { address, lossesAssets, sharesNow, paidInAssets } of claiming) {
    if (address === undefined) continue;
    const claimAssets = claimOf.get(address) ?? 0n;
    const differenceAssets = mapFigure(paidInAssets, (paidIn) => claimAssets - paidIn);
    lines.push({ address, lossesAssets, claimAssets, sharesNow, paidInAssets, differenceAssets });
  }
  return {
    amountAssets,
    lines,
    excluded: parties.filter(isExcluded).map(({ address, lossesAssets, paidInAssets }) => ({
      reason: address === undefined ? "virtual" : "dead",
      address,
      lossesAssets,
      paidInAssets,
    })),
    claimingLossesAssets: sumOf(lines.map(({ lossesAssets }) => lossesAssets)),
    totalLossesAssets: sumOf(parties.map(({ lossesAssets }) => lossesAssets)),
    distributedAssets: sumOf(lines.map(({ claimAssets }) => claimAssets)),
    paidInToLpsAssets: sumFigures(lines.map(({ paidInAssets }) => paidInAssets)),
  };
}

/**
 * Claims on an amount by what each LP lost: weights are an address's parts of all losses and unexplained falls,
 * recoveries not taken off; the parts of dead addresses and of the virtual shares are left out. Split by largest
 * remainder, ties to the lower address, so that the claims add up exactly to the amount.
 *
 * Unknown where the replay or any loss of the ledger is: a list made of what happened to be known would pay the wrong
 * people.
 *
 * @throws InvariantError for a negative amount.
 */
export function claimsOf(input: {
  readonly book: StatementBook;
  readonly amountAssets: bigint;
}): Figure<Claims> {
  const { book, amountAssets } = input;
  assert(amountAssets >= 0n, "an amount to distribute is not negative");
  return chainFigure(book.whole, () =>
    mapFigure(partiesOf(book, amountAssets), (parties) => claimsOfParties(parties, amountAssets)),
  );
}
