import fc from "fast-check";
import type { Address, Figure, SharePrice } from "@/domain/model";
import { type Deed, type Fact, Simulator } from "./ledger-simulator";

export const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
export const worth = (shares: bigint, price: SharePrice): bigint =>
  shares === 0n ? 0n : (shares * price.assets) / price.shares;

/** Everybody's part of a loss, fall or recovery, the long way round. */
export function partsOf(fact: Fact, virtual: bigint): ReadonlyMap<Address | "virtual", bigint> {
  const weights: { who: Address | "virtual"; shares: bigint }[] = [...fact.held]
    .filter(([, shares]) => shares > 0n)
    .map(([who, shares]) => ({ who, shares }));
  weights.sort((a, b) => (a.who < b.who ? -1 : 1));
  if (virtual > 0n) weights.push({ who: "virtual", shares: virtual });
  const whole = sum(weights.map(({ shares }) => shares));
  const parts = weights.map(({ who, shares }, order) => ({
    who,
    order,
    amount: (fact.assets * shares) / whole,
    fraction: (fact.assets * shares) % whole,
  }));
  let left = fact.assets - sum(parts.map(({ amount }) => amount));
  for (const part of parts.toSorted((a, b) =>
    a.fraction === b.fraction ? a.order - b.order : a.fraction > b.fraction ? -1 : 1,
  )) {
    if (left === 0n) break;
    part.amount += 1n;
    left -= 1n;
  }
  return new Map(parts.map(({ who, amount }) => [who, amount]));
}

/** A line of a statement by the definitions. */
export interface Expected {
  readonly kind: string;
  readonly change: bigint;
  readonly amount: bigint;
  readonly interest: bigint;
  readonly rounding: bigint;
  readonly shift: bigint | undefined;
}

function knownOf(figure: Figure | undefined): bigint {
  if (figure?.kind !== "known") throw new Error("the simulator knows every open shortfall");
  return figure.value;
}

/** One address's lines by the definitions, from the world as it was. */
export function expectedLines(vault: Simulator, who: Address): readonly Expected[] {
  const lines: Expected[] = [];
  let last = 0n;
  const push = (
    fact: Fact,
    line: Pick<Expected, "kind" | "change" | "amount"> & { sign: bigint; around?: SharePrice },
  ) => {
    const held = fact.held.get(who) ?? 0n;
    const [before, after] =
      line.around === undefined ? [fact.before, fact.after] : [line.around, line.around];
    const valueBefore = worth(held, before);
    const valueAfter = worth(held + line.change, after);
    const open = vault.open.find(({ blockNumber }) => blockNumber === fact.log.blockNumber);
    const q = line.change < 0n ? -line.change : line.change;
    const bearing = (line.kind === "deposit" ? fact.supplyAfter : fact.supplyBefore) + vault.virtual;
    const shifts = line.kind === "deposit" || line.kind === "withdrawal";
    lines.push({
      kind: line.kind,
      change: line.change,
      amount: line.amount,
      interest: valueBefore - last,
      rounding: valueAfter - (valueBefore + line.sign * line.amount),
      shift: !shifts ? undefined : bearing === 0n ? 0n : (q * knownOf(open?.openLpLossAssets)) / bearing,
    });
    last = valueAfter;
  };
  for (const fact of vault.facts) {
    const held = fact.held.get(who) ?? 0n;
    switch (fact.kind) {
      case "deposit":
        if (fact.gains === who)
          push(fact, { kind: "deposit", change: fact.shares, amount: fact.assets, sign: 1n });
        break;
      case "withdraw":
        if (fact.gives === who)
          push(fact, { kind: "withdrawal", change: -fact.shares, amount: fact.assets, sign: -1n });
        break;
      case "move":
        if (fact.shares === 0n || fact.gains === fact.gives) break;
        if (fact.gains === who)
          push(fact, {
            kind: "transfer-in",
            change: fact.shares,
            amount: worth(fact.shares, fact.before),
            sign: 1n,
          });
        if (fact.gives === who)
          push(fact, {
            kind: "transfer-out",
            change: -fact.shares,
            amount: worth(fact.shares, fact.before),
            sign: -1n,
          });
        break;
      case "mint":
        if (fact.gains === who && fact.shares > 0n)
          push(fact, {
            kind: "transfer-in",
            change: fact.shares,
            amount: worth(fact.shares, fact.after),
            sign: 1n,
            around: fact.after,
          });
        break;
      case "loss":
      case "fall":
      case "recovery":
        if (held === 0n) break;
        push(fact, {
          kind: fact.kind,
          change: 0n,
          amount: partsOf(fact, vault.virtual).get(who) ?? 0n,
          sign: fact.kind === "recovery" ? 1n : -1n,
        });
    }
  }
  return lines;
}

const place = fc.nat({ max: 5 });
const part = fc.oneof(fc.bigInt({ min: 0n, max: 1_000n }), fc.constant(1_000n));
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 30n }), fc.bigInt({ min: 1n, max: 10n ** 13n }));
const eventFirst = fc.boolean();
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("deposit" as const), by: place, for: place, amount, eventFirst }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("withdraw" as const), by: place, of: place, part, eventFirst }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("move" as const), from: place, to: place, part }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("lose" as const),
      part: fc.bigInt({ min: 0n, max: 400n }),
      isDerived: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("contribute" as const), by: place, amount }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("fee-shares" as const),
      to: place,
      amount: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("next-block" as const),
      drip: fc.bigInt({ min: 0n, max: 3_000n }),
      fall: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0n) },
        { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 300n }) },
      ),
      open: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 10n })),
    }),
  },
);

/** Any life of a vault, its last block ended. */
export const life: fc.Arbitrary<Simulator> = fc
  .record({
    virtual: fc.constantFrom(0n, 1n, 1_000n),
    deeds: fc.array(deed, { minLength: 1, maxLength: 45 }),
  })
  .map(({ virtual, deeds }) => {
    const vault = new Simulator(virtual);
    for (const one of deeds) vault.do(one);
    vault.nextBlock({ drip: 7n, fall: 0n, open: 5n });
    return vault;
  });
