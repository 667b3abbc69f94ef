import type { FallRow, LogPrices, OpenShortfall } from "@/domain/ledger-model";
import type { Address, BlockRef, LogRef, SharePrice, VaultEvent } from "@/domain/model";
import { addressFrom, blockAt, logAt, ZERO_ADDRESS } from "./vault-builders";

/**
 * A whole vault in integers, written from the definitions alone: an ERC-4626 with virtual shares whose assets drip,
 * fall and come back. It keeps every price and every balance as they were, so that statements can be worked out the
 * long way and compared. It shares no code with the domain that it is compared with.
 */

export const DEAD: Address = "0x000000000000000000000000000000000000dead";
export const VAULT: Address = addressFrom(1_000);
export const PEOPLE: readonly Address[] = [1, 2, 3, 4].map((seed) => addressFrom(seed));

/** Something that one may do in the simulator; places are of {@link PEOPLE}, DEAD and VAULT. */
export type Deed =
  | {
      readonly do: "deposit";
      readonly by: number;
      readonly for: number;
      readonly amount: bigint;
      readonly eventFirst: boolean;
    }
  | {
      readonly do: "withdraw";
      readonly by: number;
      readonly of: number;
      readonly part: bigint;
      readonly eventFirst: boolean;
    }
  | { readonly do: "move"; readonly from: number; readonly to: number; readonly part: bigint }
  | { readonly do: "lose"; readonly part: bigint; readonly isDerived: boolean }
  | { readonly do: "contribute"; readonly by: number; readonly amount: bigint }
  | { readonly do: "fee-shares"; readonly to: number; readonly amount: bigint }
  | { readonly do: "next-block"; readonly drip: bigint; readonly fall: bigint; readonly open: bigint };

/** What happened, with the world as it was around it. */
export interface Fact {
  readonly kind: "deposit" | "withdraw" | "move" | "mint" | "loss" | "fall" | "recovery";
  readonly log: LogRef;
  /** Whose shares changed: who gained and who lost them. */
  readonly gains: Address | undefined;
  readonly gives: Address | undefined;
  readonly shares: bigint;
  readonly assets: bigint;
  readonly before: SharePrice;
  readonly after: SharePrice;
  readonly held: ReadonlyMap<Address, bigint>;
  readonly supplyBefore: bigint;
  readonly supplyAfter: bigint;
}

/** One vault's life. */
export class Simulator {
  readonly events: VaultEvent[] = [];
  readonly facts: Fact[] = [];
  readonly falls: FallRow[] = [];
  readonly open: OpenShortfall[] = [];
  readonly ends: {
    block: BlockRef;
    assets: bigint;
    supply: bigint;
    startAssets: bigint;
    startSupply: bigint;
  }[] = [];
  readonly derivedLosses = new Map<string, { lost: bigint; before: bigint; supply: bigint }>();
  assets = 0n;
  supply = 0n;
  private readonly balances = new Map<Address, bigint>();
  private readonly pricesAt = new Map<string, { before: SharePrice; after: SharePrice }>();
  private block = 10n;
  private index = 0;
  private transaction = 0n;
  private startAssets = 0n;
  private startSupply = 0n;

  constructor(readonly virtual: bigint) {}

  get price(): SharePrice {
    return { assets: this.assets + (this.virtual > 0n ? 1n : 0n), shares: this.supply + this.virtual };
  }

  get now(): BlockRef {
    return blockAt(this.block);
  }

  heldBy(who: Address): bigint {
    return this.balances.get(who) ?? 0n;
  }

  get holders(): readonly Address[] {
    return [...this.balances.keys()];
  }

  /** The prices that a reader with all old state would know. */
  get prices(): LogPrices {
    const at = (position: { blockNumber: bigint; logIndex: number }) => {
      const found = this.pricesAt.get(`${position.blockNumber}:${position.logIndex}`);
      if (found === undefined) throw new Error("a price was asked for where nothing happened");
      return found;
    };
    return {
      before: (position) => ({ kind: "known", value: at(position).before }),
      after: (position) => ({ kind: "known", value: at(position).after }),
    };
  }

  private log(): LogRef {
    this.index += 1;
    return logAt(this.block, this.index, this.block * 1_000n + this.transaction);
  }

  private give(who: Address, shares: bigint): void {
    this.balances.set(who, this.heldBy(who) + shares);
  }

  /** Does a deed and keeps how the world was before and after it. */
  private happen(
    what: Pick<Fact, "kind"> & Partial<Pick<Fact, "gains" | "gives" | "shares" | "assets">>,
    act: () => readonly VaultEvent[],
  ): void {
    const before = this.price;
    const supplyBefore = this.supply;
    const held = new Map(this.balances);
    this.transaction += 1n;
    const events = act();
    const [first] = events;
    if (first === undefined) throw new Error("nothing happened");
    this.events.push(...events);
    for (const { blockNumber, logIndex } of events)
      this.pricesAt.set(`${blockNumber}:${logIndex}`, { before, after: this.price });
    this.facts.push({
      gains: undefined,
      gives: undefined,
      shares: 0n,
      assets: 0n,
      ...what,
      log: first,
      before,
      after: this.price,
      held,
      supplyBefore,
      supplyAfter: this.supply,
    });
  }

  do(deed: Deed): void {
    const all = [...PEOPLE, DEAD, VAULT];
    const who = (place: number): Address => all[place % all.length] ?? DEAD;
    const someone = (place: number): Address => PEOPLE[place % PEOPLE.length] ?? DEAD;
    switch (deed.do) {
      case "deposit":
        return this.deposit({ ...deed, by: someone(deed.by), for: who(deed.for) });
      case "withdraw":
        return this.withdraw({ ...deed, by: someone(deed.by), of: someone(deed.of) });
      case "move":
        return this.move({ from: who(deed.from), to: who(deed.to), part: deed.part });
      case "lose":
        return this.lose(deed.part, deed.isDerived);
      case "contribute":
        return this.contribute(someone(deed.by), deed.amount);
      case "fee-shares":
        return this.feeShares(who(deed.to), deed.amount);
      case "next-block":
        return this.nextBlock(deed);
    }
  }

  private deposit(deed: { by: Address; for: Address; amount: bigint; eventFirst: boolean }): void {
    const { by: sender, for: owner, amount: assets } = deed;
    const { price } = this;
    if (price.shares > 0n && price.assets === 0n) return;
    const shares = price.shares === 0n ? assets : (assets * price.shares) / price.assets;
    this.happen({ kind: "deposit", gains: owner, shares, assets }, () => {
      const logs = [this.log(), this.log()] as const;
      const [mintLog, eventLog] = deed.eventFirst ? [logs[1], logs[0]] : logs;
      this.give(owner, shares);
      this.supply += shares;
      this.assets += assets;
      const mint: VaultEvent = { ...mintLog, kind: "transfer", from: ZERO_ADDRESS, to: owner, shares };
      const event: VaultEvent = { ...eventLog, kind: "deposit", sender, owner, assets, shares };
      return deed.eventFirst ? [event, mint] : [mint, event];
    });
  }

  private withdraw(deed: { by: Address; of: Address; part: bigint; eventFirst: boolean }): void {
    const { by: sender, of: owner } = deed;
    const { price } = this;
    if (price.shares === 0n) return;
    const shares = (this.heldBy(owner) * deed.part) / 1_000n;
    const assets = (shares * price.assets) / price.shares;
    this.happen({ kind: "withdraw", gives: owner, shares, assets }, () => {
      const logs = [this.log(), this.log()] as const;
      const [burnLog, eventLog] = deed.eventFirst ? [logs[1], logs[0]] : logs;
      this.give(owner, -shares);
      this.supply -= shares;
      this.assets -= assets;
      const burn: VaultEvent = { ...burnLog, kind: "transfer", from: owner, to: ZERO_ADDRESS, shares };
      const event: VaultEvent = {
        ...eventLog,
        kind: "withdraw",
        sender,
        receiver: sender,
        owner,
        assets,
        shares,
      };
      return deed.eventFirst ? [event, burn] : [burn, event];
    });
  }

  private move({ from, to, part }: { from: Address; to: Address; part: bigint }): void {
    const shares = (this.heldBy(from) * part) / 1_000n;
    this.happen({ kind: "move", gives: from, gains: to, shares }, () => {
      this.give(from, -shares);
      this.give(to, shares);
      return [{ ...this.log(), kind: "transfer", from, to, shares }];
    });
  }

  private feeShares(to: Address, shares: bigint): void {
    this.happen({ kind: "mint", gains: to, shares }, () => {
      this.give(to, shares);
      this.supply += shares;
      return [{ ...this.log(), kind: "transfer", from: ZERO_ADDRESS, to, shares }];
    });
  }

  private lose(part: bigint, isDerived: boolean): void {
    if (this.price.shares === 0n) return;
    const lost = (this.assets * part) / 1_000n;
    const before = this.assets;
    const manager = addressFrom(50);
    if (isDerived && lost === 0n) return;
    this.happen({ kind: "loss", assets: lost }, () => {
      this.assets -= lost;
      const log = this.log();
      if (!isDerived) {
        return [
          {
            ...log,
            kind: "loss",
            manager,
            principalAssets: lost,
            interestAssets: 0n,
            lpLossAssets: lost,
            totalAssetsBefore: before,
            totalAssetsAfter: this.assets,
            totalSupplyShares: this.supply,
          },
        ];
      }
      this.derivedLosses.set(`${log.blockNumber}:${log.logIndex}`, { lost, before, supply: this.supply });
      return [
        {
          ...log,
          kind: "liquidated",
          manager,
          liquidator: addressFrom(51),
          positionValueAssets: 0n,
          trueDebtAssets: lost,
          paymentAssets: 0n,
          badDebtAssets: lost,
        },
      ];
    });
  }

  private contribute(from: Address, assets: bigint): void {
    if (this.supply === 0n) return;
    const totalAssetsBefore = this.assets;
    this.happen({ kind: "recovery", assets }, () => {
      this.assets += assets;
      return [
        {
          ...this.log(),
          kind: "recovery",
          from,
          assets,
          totalAssetsBefore,
          totalSupplyShares: this.supply,
        },
      ];
    });
  }

  /** Ends the block; the next one begins with interest, and with a fall that no log tells of if there is one. */
  nextBlock({ drip, fall, open }: { drip: bigint; fall: bigint; open: bigint }): void {
    this.ends.push({
      block: this.now,
      assets: this.assets,
      supply: this.supply,
      startAssets: this.startAssets,
      startSupply: this.startSupply,
    });
    this.open.push({ blockNumber: this.block, openLpLossAssets: { kind: "known", value: open } });
    const from = this.now;
    this.block += 1n;
    this.index = -1;
    const lost = (this.assets * fall) / 1_000n;
    if (lost > 0n && this.price.shares > 0n) this.fall(from, lost);
    else this.assets += (this.assets * drip) / 100_000n;
    this.startAssets = this.assets;
    this.startSupply = this.supply;
  }

  private fall(from: BlockRef, lost: bigint): void {
    const before = this.price;
    const totalAssetsBefore = this.assets;
    const held = new Map(this.balances);
    this.assets -= lost;
    const to = this.now;
    const at = { blockNumber: to.number, logIndex: -1 };
    this.falls.push({
      from,
      to,
      at,
      totalAssetsBefore,
      totalAssetsAfter: this.assets,
      totalSupplyShares: this.supply,
      lpLossAssets: lost,
      priceBefore: before,
      priceAfter: this.price,
      isNarrow: true,
    });
    this.facts.push({
      kind: "fall",
      log: { ...logAt(to.number, -1) },
      gains: undefined,
      gives: undefined,
      shares: 0n,
      assets: lost,
      before,
      after: this.price,
      held,
      supplyBefore: this.supply,
      supplyAfter: this.supply,
    });
  }
}
