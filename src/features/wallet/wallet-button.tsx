import { useState } from "react";
import { useChainInfo } from "@/data/use-chain-info";
import { useWallet } from "@/data/wallet/use-wallet";
import { WalletView } from "./wallet-view";

/** Connect, account, chain and disconnect. `chainId` is the chain of the open page, if it is about one. */
export function WalletButton({ chainId }: { readonly chainId?: number | undefined }) {
  const wallet = useWallet();
  const chain = useChainInfo(chainId);
  const [openFor, setOpenFor] = useState<"choosing" | "account">();
  const isConnected = wallet.state.kind === "connected";
  // The dialog was opened for one purpose and closes by itself when that is fulfilled.
  const isOpen = openFor === (isConnected ? "account" : "choosing");
  return (
    <WalletView
      state={wallet.state}
      choices={wallet.choices}
      problem={wallet.problem}
      wanted={chain}
      isSwitchingChain={wallet.isSwitchingChain}
      isOpen={isOpen}
      onOpen={() => setOpenFor(isConnected ? "account" : "choosing")}
      onClose={() => {
        wallet.dismissProblem();
        setOpenFor(undefined);
      }}
      onConnect={wallet.connect}
      onDisconnect={() => {
        wallet.disconnect();
        setOpenFor(undefined);
      }}
      onSwitchChain={wallet.switchChain}
    />
  );
}
