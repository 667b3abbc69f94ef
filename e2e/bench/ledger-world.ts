import type { BlockTotals } from "@/domain/ledger-model";
import { compareLogs } from "@/domain/log-order";
import type { Address, BlockRef, Hex, LogRef, VaultEvent, VaultHistory, VaultState } from "@/domain/model";
import { seededRandom } from "../proxy/random";

/** How large a vault's life is. */
export interface WorldSize {
  readonly transfers: number;
  readonly holders: number;
  readonly losses: number;
}

/** A vault's whole life, made up: everything that a ledger and its statements are computed from. */
export interface LedgerWorld {
  readonly state: VaultState;
  readonly history: VaultHistory;
  readonly totals: readonly BlockTotals[];
}

const VIRTUAL_SHARES = 1n;
const ZERO: Address = `0x${"0".repeat(40)}`;
const GENESIS_SECONDS = 1_700_000_000n;

/** Joined, so that it is one string in memory and not a chain of parts, as from a decoder. */
const word = (value: bigint): Hex => ["0x", value.toString(16).padStart(64, "0")].join("") as Hex;

function blockOf(number: bigint): BlockRef {
  return { number, hash: word(number), timestampSeconds: GENESIS_SECONDS + number * 12n };
}

/** One vault while it is made up: an ERC-4626 with virtual shares whose assets grow with every block. */
class World {
  readonly events: VaultEvent[] = [];
  readonly totals: BlockTotals[] = [];
  readonly balances: bigint[];
  private block = blockOf(1n);
  private logIndex = 0;
  private transaction: Hex = "0x";
  private assets = 0n;
  private supply = 0n;
  private atStart = { totalAssets: 0n, totalSupplyShares: 0n };

  constructor(
    readonly holders: readonly Address[],
    private readonly random: () => number,
  ) {
    this.balances = holders.map(() => 0n);
  }

  chance(below: number): number {
    return Math.floor(this.random() * below);
  }

  nextBlock(): void {
    this.totals.push({
      block: this.block,
      totalAssets: this.assets,
      totalSupplyShares: this.supply,
      atStart: this.atStart,
    });
    this.block = blockOf(this.block.number + 1n);
    this.logIndex = 0;
    // About 8 % a year at twelve seconds a block, times a hundred: every interval earns something.
    this.assets += this.assets / 330_000n;
    this.atStart = { totalAssets: this.assets, totalSupplyShares: this.supply };
  }

  private log(): LogRef {
    const { number: blockNumber, hash: blockHash, timestampSeconds: atSeconds } = this.block;
    const logIndex = this.logIndex;
    this.logIndex += 1;
    return { blockNumber, blockHash, transactionHash: this.transaction, logIndex, atSeconds };
  }

  /** The first log of a transaction. */
  private firstLog(): LogRef {
    this.transaction = word((this.block.number << 20n) + BigInt(this.logIndex));
    return this.log();
  }

  private holder(place: number): Address {
    return this.holders[place] ?? ZERO;
  }

  private held(place: number): bigint {
    return this.balances[place] ?? 0n;
  }

  deposit(place: number): void {
    const assets = BigInt(1_000_000 + this.chance(1_000_000_000_000));
    const shares = (assets * (this.supply + VIRTUAL_SHARES)) / (this.assets + 1n);
    const owner = this.holder(place);
    this.events.push({ kind: "transfer", from: ZERO, to: owner, shares, ...this.firstLog() });
    this.events.push({ kind: "deposit", sender: owner, owner, assets, shares, ...this.log() });
    this.balances[place] = this.held(place) + shares;
    this.supply += shares;
    this.assets += assets;
  }

  withdraw(place: number): void {
    const shares = this.held(place) / BigInt(2 + this.chance(8));
    const assets = (shares * (this.assets + 1n)) / (this.supply + VIRTUAL_SHARES);
    const owner = this.holder(place);
    this.events.push({ kind: "transfer", from: owner, to: ZERO, shares, ...this.firstLog() });
    this.events.push({
      kind: "withdraw",
      sender: owner,
      receiver: owner,
      owner,
      assets,
      shares,
      ...this.log(),
    });
    this.balances[place] = this.held(place) - shares;
    this.supply -= shares;
    this.assets -= assets;
  }

  move(from: number, to: number): void {
    const shares = this.held(from) / BigInt(2 + this.chance(8));
    this.events.push({
      kind: "transfer",
      from: this.holder(from),
      to: this.holder(to),
      shares,
      ...this.firstLog(),
    });
    this.balances[from] = this.held(from) - shares;
    this.balances[to] = this.held(to) + shares;
  }

  lose(): void {
    const lpLossAssets = this.assets / BigInt(500 + this.chance(2_000));
    const manager = this.holder(0);
    const position = { manager, liquidator: this.holder(1), positionValueAssets: 0n, paymentAssets: 0n };
    this.events.push({
      kind: "liquidated",
      ...position,
      trueDebtAssets: lpLossAssets,
      badDebtAssets: lpLossAssets,
      ...this.firstLog(),
    });
    this.events.push({
      kind: "loss",
      manager,
      principalAssets: lpLossAssets,
      interestAssets: 0n,
      lpLossAssets,
      totalAssetsBefore: this.assets,
      totalAssetsAfter: this.assets - lpLossAssets,
      totalSupplyShares: this.supply,
      ...this.log(),
    });
    this.assets -= lpLossAssets;
  }

  end(): LedgerWorld {
    this.nextBlock();
    const last = this.totals.at(-1);
    const block = last?.block ?? this.block;
    const state: VaultState = {
      chainId: 31_337,
      address: word(1n).slice(0, 42) as Address,
      block,
      name: "Vault of the bench",
      shareSymbol: "vBENCH",
      shareDecimals: 6,
      asset: { address: this.holder(0), symbol: "USDC", decimals: 6 },
      totalAssets: last?.totalAssets ?? 0n,
      totalSupplyShares: last?.totalSupplyShares ?? 0n,
      virtualShares: VIRTUAL_SHARES,
      flux: undefined,
    };
    const history: VaultHistory = {
      fromBlock: 1n,
      toBlock: block.number,
      complete: true,
      vault: this.events.sort(compareLogs),
      parameters: [],
      timelock: [],
    };
    return { state, history, totals: this.totals };
  }
}

/**
 * A vault that many hold: first everybody comes, then half of the share transfers are between holders and the rest
 * deposits and withdrawals, with losses at even distances in between. The same size gives the same life.
 */
export function ledgerWorldOf(size: WorldSize): LedgerWorld {
  const random = seededRandom(7, "ledger");
  const holders = Array.from({ length: size.holders }, (): Address => {
    let digits = "";
    while (digits.length < 40)
      digits += Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0");
    return `0x${digits}`;
  });
  const world = new World(holders, random);
  const between = (size.transfers - size.holders) / size.losses;
  for (let place = 0; place < size.holders; place += 1) {
    world.deposit(place);
    if (place % 2 === 1) world.nextBlock();
  }
  let losses = 0;
  for (let moved = 0; moved < size.transfers - size.holders; moved += 1) {
    if (losses < Math.floor(moved / between)) {
      world.lose();
      losses += 1;
    }
    const kind = world.chance(4);
    if (kind === 0) world.deposit(world.chance(size.holders));
    else if (kind === 1) world.withdraw(world.chance(size.holders));
    else world.move(world.chance(size.holders), world.chance(size.holders));
    if (moved % 2 === 1) world.nextBlock();
  }
  for (; losses < size.losses; losses += 1) world.lose();
  return world.end();
}
