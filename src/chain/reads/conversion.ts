import {
  askedAssets,
  askedShares,
  type Conversion,
  type ConversionAnswer,
  conversionOf,
  rulesThatFit,
  tellsApart,
  VIRTUAL_SHARES,
} from "@/domain/conversion";
import type { Address, TotalsSample } from "@/domain/model";
import { CONVERSION_VIEWS } from "../flux/sale-views";
import { encodeView } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, viewResultOf } from "./call";
import { uintOf } from "./view-values";

type Asked = ConversionAnswer["asked"];

/** For vaults that revert on amounts that nobody could hold. */
const MODEST_TIMES = 1_000_000n;

function questionsFor({ totalAssets, totalSupplyShares }: TotalsSample): readonly Asked[] {
  return [
    { kind: "shares", amount: askedShares({ totalAssets }) },
    { kind: "assets", amount: askedAssets({ totalSupplyShares }) },
    { kind: "shares", amount: (totalSupplyShares + 1n) * MODEST_TIMES },
    { kind: "assets", amount: (totalAssets + 1n) * MODEST_TIMES },
  ];
}

interface ConversionRequest {
  readonly vault: Address;
  /** Totals at blocks whose state can still be asked, the newest last. */
  readonly samples: readonly TotalsSample[];
  /** What the vault's decimals suggest. */
  readonly guess: bigint;
  readonly signal?: AbortSignal | undefined;
}

async function askAt(
  rpc: Rpc,
  { vault, signal, sample }: ConversionRequest & { readonly sample: TotalsSample },
): Promise<readonly ConversionAnswer[]> {
  const questions = questionsFor(sample);
  const answers = await rpc.batch(
    questions.map(({ kind, amount }) => {
      const view = kind === "shares" ? CONVERSION_VIEWS.convertToAssets : CONVERSION_VIEWS.convertToShares;
      return ethCall({ to: vault, data: encodeView(view, [amount]) }, sample.block);
    }),
    { signal },
  );
  const { totalAssets, totalSupplyShares } = sample;
  return questions.flatMap((asked, index) => {
    const answer = answers[index];
    // Refused amounts and state that is gone say nothing about the rule.
    const answered = answer?.ok === true ? uintOf(viewResultOf(answer)) : undefined;
    return answered === undefined ? [] : [{ totalAssets, totalSupplyShares, asked, answered }];
  });
}

/** Blocks that are asked at most: mostly the first one tells. */
const MOST_BLOCKS = 6;

/**
 * Finds out by which rule a vault converts: it is asked at its newest block and, while several rules give the same
 * answers, at older blocks at which they would not. One request a block.
 */
export async function fetchConversion(rpc: Rpc, request: ConversionRequest): Promise<Conversion> {
  const answers: ConversionAnswer[] = [];
  let rules = VIRTUAL_SHARES;
  let asked = 0;
  for (const sample of request.samples.toReversed()) {
    if (rules.length < 2 || asked === MOST_BLOCKS) break;
    if (!tellsApart(rules, sample)) continue;
    asked += 1;
    answers.push(...(await askAt(rpc, { ...request, sample })));
    rules = rulesThatFit(answers);
  }
  return conversionOf(answers, request.guess);
}
