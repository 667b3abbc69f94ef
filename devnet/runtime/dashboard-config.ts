import type { AddressBook } from "./address-book";

/** The dashboard's run-time configuration, as `public/plimsoll.config.schema.json` defines it. */
export interface DashboardConfig {
  readonly $schema: string;
  readonly version: 1;
  readonly title: string;
  readonly chains: readonly {
    readonly id: number;
    readonly name: string;
    readonly rpcUrls: readonly string[];
    readonly blockTimeSeconds: number;
    readonly nativeSymbol: string;
  }[];
  readonly vaults: readonly {
    readonly chainId: number;
    readonly address: string;
    readonly label: string;
    readonly startBlock: number;
    readonly timelock?: string;
    readonly reserves?: readonly { readonly address: string; readonly label: string }[];
    readonly feeds?: readonly {
      readonly asset: string;
      readonly address: string;
      readonly kind: "market" | "exchange-rate" | "fixed";
      readonly heartbeatSeconds?: number | undefined;
    }[];
    readonly pools?: readonly string[];
  }[];
}

/** The configuration that shows every vault of a devnet. */
export function dashboardConfig(book: AddressBook): DashboardConfig {
  const { core, weth, lesson } = book.scenarios;
  return {
    $schema: "./plimsoll.config.schema.json",
    version: 1,
    title: "Plimsoll on the devnet",
    chains: [
      {
        id: book.chainId,
        name: "Devnet",
        rpcUrls: [book.rpcUrl],
        blockTimeSeconds: 12,
        nativeSymbol: "ETH",
      },
    ],
    vaults: [core, weth, lesson].flatMap((own) =>
      own === undefined
        ? []
        : [
            {
              chainId: book.chainId,
              address: own.vault,
              label: own.title,
              startBlock: own.startBlock,
              ...(own.timelock === null ? {} : { timelock: own.timelock }),
              ...(own.reserves.length === 0 ? {} : { reserves: own.reserves }),
              feeds: own.feeds.map(({ ticker: _ticker, ...feed }) => feed),
              ...(own.pool === null ? {} : { pools: book.pools.map(({ address }) => address) }),
            },
          ],
    ),
  };
}
