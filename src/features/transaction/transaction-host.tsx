import { useState } from "react";
import { callWordsOf } from "@/data/transaction/call-words";
import { isSettled, type TransactionView } from "@/data/transaction/centre";
import { intentOf, type TransactionState } from "@/data/transaction/machine";
import { useTransactions } from "@/data/transaction/use-transactions";
import { useChains } from "@/data/use-chain-info";
import { useSession, useWallet } from "@/data/wallet/use-wallet";
import type { Address } from "@/domain/model";
import { HashLabel } from "@/ui/data/address-label";
import { Button } from "@/ui/forms/button";
import { ToastRegion } from "@/ui/forms/toast-region";
import { CallWordsView } from "./call-words-view";
import { toastsOf } from "./toasts";
import { TransactionDialog } from "./transaction-dialog";
import { WalletCure } from "./wallet-cure";

/** The open review and the toasts of all transactions: once in the page, whatever feature began them. */
export function TransactionHost() {
  const { view, centre } = useTransactions();
  const chains = useChains();
  const wallet = useWallet();
  const session = useSession();
  const [hidden, setHidden] = useState<ReadonlyMap<string, TransactionState["kind"]>>(new Map());
  const open = view.transactions.find((one) => one.id === view.openId);
  const chain = chains.find((one) => one.id === open?.chainId);
  const id = open?.id ?? "";
  const intent = open === undefined ? undefined : intentOf(open.state);

  const hide = ({ id, state }: TransactionView): void =>
    setHidden((before) => new Map(before).set(id, state.kind));
  const hrefFor = (chainId: number | undefined, hash: string): string | undefined => {
    const explorerUrl = chains.find((one) => one.id === chainId)?.explorerUrl;
    return explorerUrl === undefined ? undefined : `${explorerUrl}/tx/${hash}`;
  };

  return (
    <>
      <TransactionDialog
        transaction={open}
        chainName={chain?.name ?? "Unknown chain"}
        nativeSymbol={chain?.nativeSymbol ?? "ETH"}
        words={
          intent !== undefined && (
            <CallWordsView
              words={callWordsOf(intent)}
              asset={intent.asset}
              nameOf={(address) => intent.known[address as Address]?.label}
            />
          )
        }
        walletCure={
          open !== undefined && (
            <WalletCure
              wallet={wallet}
              chainId={open.chainId}
              chainName={chain?.name ?? `chain ${open.chainId}`}
            />
          )
        }
        hrefOf={(hash) => hrefFor(open?.chainId, hash)}
        isDurable={view.isDurable}
        onClose={() => {
          // Whoever closes a settled review has read it: its toast would only say the same again.
          if (open !== undefined && isSettled(open.state)) hide(open);
          centre.close();
        }}
        onSign={(options) => centre.sign(id, options)}
        onRetry={() => centre.retry(id)}
        onWatchAgain={() => centre.watchAgain(id)}
      />
      <ToastRegion
        toasts={toastsOf(view, { hidden, account: session?.account }).map((toast) => ({
          id: toast.id,
          state: toast.state,
          title: toast.title,
          expires: toast.expires,
          detail: (
            <>
              <p>{toast.line}</p>
              {toast.hash !== undefined && <HashLabel hash={toast.hash} what="transaction hash" />}
              <Button
                size="small"
                variant="ghost"
                onClick={() => centre.show(toast.id)}
                label={`Details: ${toast.title}`}
              >
                Details
              </Button>
            </>
          ),
        }))}
        onDismiss={(toastId) => {
          const one = view.transactions.find((other) => other.id === toastId);
          if (one !== undefined) hide(one);
          centre.dismiss(toastId);
        }}
        onExpire={(toastId) => {
          const one = view.transactions.find((other) => other.id === toastId);
          if (one !== undefined) hide(one);
        }}
      />
    </>
  );
}
