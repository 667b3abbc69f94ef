import type { Wallet } from "@/data/wallet/use-wallet";
import { Button } from "@/ui/forms/button";

/** The wallets that announced themselves, each as a button. */
export function ConnectStep({ wallet }: { readonly wallet: Wallet }) {
  if (wallet.choices.length === 0) {
    return (
      <p className="text-[0.8125rem] text-ink-muted">
        No wallet announced itself to this page. Install or unlock one, and reload.
      </p>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {wallet.choices.map((choice) => (
        <Button
          key={choice.id}
          busy={wallet.state.kind === "connecting"}
          onClick={() => wallet.connect(choice.id)}
        >
          Connect {choice.name}
        </Button>
      ))}
    </div>
  );
}
