import { useMemo } from "react";
import { useConnect, useConnection, useConnectors, useDisconnect, useSwitchChain } from "wagmi";
import { type ChainErrorCode, toChainError } from "@/chain/errors";
import type { Address } from "@/domain/model";
import { sanitiseText } from "@/shared/text";
import type { Session } from "../transaction/ports";

/** A wallet that announced itself to this page. */
export interface WalletChoice {
  readonly id: string;
  /** As the wallet calls itself, with nothing invisible in it. */
  readonly name: string;
  /** An image inside a data address; anything else a wallet offers is not shown. */
  readonly icon: string | undefined;
}

export type WalletState =
  | { readonly kind: "disconnected" }
  | { readonly kind: "connecting" }
  /** An earlier connection is being taken up after a reload. */
  | { readonly kind: "reconnecting" }
  | {
      readonly kind: "connected";
      readonly account: Address;
      readonly chainId: number;
      /** undefined: a chain that this site's configuration does not name. */
      readonly chainName: string | undefined;
      readonly wallet: WalletChoice;
    };

/** What went wrong with the last connection or switch. */
export interface WalletProblem {
  readonly during: "connect" | "switch-chain";
  readonly code: ChainErrorCode;
}

export interface Wallet {
  readonly state: WalletState;
  readonly choices: readonly WalletChoice[];
  readonly problem: WalletProblem | undefined;
  readonly isSwitchingChain: boolean;
  readonly connect: (id: string) => void;
  readonly disconnect: () => void;
  readonly switchChain: (chainId: number) => void;
  readonly dismissProblem: () => void;
}

type Announced = ReturnType<typeof useConnectors>[number];

/** The wallet of this page: who may connect, who is connected, and where. */
export function useWallet(): Wallet {
  const connection = useConnection();
  const connectors = useConnectors();
  const connect = useConnect();
  const disconnect = useDisconnect();
  const switchChain = useSwitchChain();
  return {
    state: stateOf(connection),
    choices: connectors.map(choiceOf),
    problem: problemOf({ connect: connect.error, switchChain: switchChain.error }),
    isSwitchingChain: switchChain.isPending,
    connect(id) {
      const connector = connectors.find((one) => one.uid === id);
      if (connector !== undefined) connect.mutate({ connector });
    },
    disconnect() {
      connect.reset();
      switchChain.reset();
      disconnect.mutate();
    },
    switchChain: (chainId) => switchChain.mutate({ chainId }),
    dismissProblem() {
      connect.reset();
      switchChain.reset();
    },
  };
}

/** Who is connected and where; undefined while nobody is. The same object while nothing changed. */
export function useSession(): Session | undefined {
  const { address, chainId, connector, status } = useConnection();
  const isConnected = status === "connected" && address !== undefined && chainId !== undefined;
  const walletId = connector?.uid;
  return useMemo(
    () =>
      isConnected && walletId !== undefined
        ? { account: address.toLowerCase() as Address, chainId, walletId }
        : undefined,
    [isConnected, address, chainId, walletId],
  );
}

function choiceOf(connector: Announced): WalletChoice {
  const icon = connector.icon?.trim();
  return {
    id: connector.uid,
    name: sanitiseText(connector.name),
    icon: icon?.startsWith("data:image/") === true ? icon : undefined,
  };
}

function stateOf(connection: ReturnType<typeof useConnection>): WalletState {
  switch (connection.status) {
    case "disconnected":
      return { kind: "disconnected" };
    case "connecting":
      return { kind: "connecting" };
    case "reconnecting":
      return { kind: "reconnecting" };
    case "connected":
      return {
        kind: "connected",
        account: connection.address.toLowerCase() as Address,
        chainId: connection.chainId,
        chainName: connection.chain?.name,
        wallet: choiceOf(connection.connector),
      };
  }
}

function problemOf(errors: {
  readonly connect: unknown;
  readonly switchChain: unknown;
}): WalletProblem | undefined {
  if (errors.connect) return { during: "connect", code: toChainError(errors.connect).code };
  if (errors.switchChain) return { during: "switch-chain", code: toChainError(errors.switchChain).code };
  return undefined;
}
