import type { EIP1193Provider } from "viem";
import type { Config } from "wagmi";
import { getConnection, watchConnection } from "wagmi/actions";
import { ChainError } from "@/chain/errors";
import type { Address } from "@/domain/model";
import type { Session, WalletPort } from "../transaction/ports";

/** The session of a wagmi connection; undefined unless it is fully connected. */
export function sessionOf(config: Config): Session | undefined {
  const connection = getConnection(config);
  if (connection.status !== "connected") return undefined;
  return {
    account: connection.address.toLowerCase() as Address,
    chainId: connection.chainId,
    walletId: connection.connector.uid,
  };
}

/**
 * The connected wallet for transactions. Requests go to the wallet's own provider: nothing between our bytes and the
 * wallet may add, estimate or repeat anything.
 */
export function walletPortOf(config: Config): WalletPort {
  return {
    current: () => sessionOf(config),
    subscribe: (listener) => watchConnection(config, { onChange: () => listener() }),
    async request(call) {
      const { connector } = getConnection(config);
      if (connector === undefined) {
        throw new ChainError("unexpected", { message: "No wallet is connected" });
      }
      const provider = (await connector.getProvider()) as Pick<EIP1193Provider, "request">;
      return provider.request(call as Parameters<EIP1193Provider["request"]>[0]);
    },
  };
}
