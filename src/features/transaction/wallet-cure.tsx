import type { Wallet } from "@/data/wallet/use-wallet";
import { Button } from "@/ui/forms/button";

export interface WalletCureProps {
  readonly wallet: Wallet;
  readonly chainId: number;
  readonly chainName: string;
}

/** The way out of a missing wallet or a wrong chain, inside the review: the page behind it cannot be reached. */
export function WalletCure({ wallet, chainId, chainName }: WalletCureProps) {
  const { state, choices } = wallet;
  if (state.kind === "connected") {
    if (state.chainId === chainId) return null;
    return (
      <div>
        <Button busy={wallet.isSwitchingChain} onClick={() => wallet.switchChain(chainId)}>
          Switch the wallet to {chainName}
        </Button>
      </div>
    );
  }
  if (choices.length === 0) {
    return (
      <p className="text-[0.8125rem]">
        No wallet announced itself to this page. Install or unlock one, and reload.
      </p>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {choices.map((choice) => (
        <Button key={choice.id} busy={state.kind === "connecting"} onClick={() => wallet.connect(choice.id)}>
          Connect {choice.name}
        </Button>
      ))}
    </div>
  );
}
