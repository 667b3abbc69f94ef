import { type ReactNode, useState } from "react";
import type { TransactionView } from "@/data/transaction/centre";
import type { Caveat, TransactionReview } from "@/data/transaction/intent";
import { canWatchAgain, type TransactionState } from "@/data/transaction/machine";
import { formatInteger } from "@/shared/format";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { Dialog } from "@/ui/forms/dialog";
import { TextInput } from "@/ui/forms/inputs";
import { Stepper } from "@/ui/forms/stepper";
import { TxStatus } from "@/ui/forms/tx-status";
import { FailureView } from "./failure-view";
import { CAVEAT_WORDS, CONFIRMATION, REBUILD_WORDS, statusWord } from "./messages";
import { ReviewView } from "./review-view";
import { stepsOf } from "./steps";

export interface TransactionDialogProps {
  readonly transaction: TransactionView | undefined;
  readonly chainName: string;
  readonly nativeSymbol: string;
  /** The call in words, decoded from the bytes. */
  readonly words: ReactNode;
  /** What to do about a wallet that is missing or elsewhere; shown with the failure that it cures. */
  readonly walletCure: ReactNode;
  readonly hrefOf: (hash: string) => string | undefined;
  /** false: a reload would lose sight of a sent transaction. */
  readonly isDurable: boolean;
  readonly onClose: () => void;
  readonly onSign: (options: { readonly caveatsAccepted: boolean }) => void;
  readonly onRetry: () => void;
  readonly onWatchAgain: () => void;
}

type Shown = Exclude<TransactionState, { kind: "idle" }>;

/** The review of one transaction, from its simulation to its verified effect. */
export function TransactionDialog(props: TransactionDialogProps) {
  const { transaction, onClose } = props;
  const state = transaction?.state;
  if (transaction === undefined || state === undefined || state.kind === "idle") {
    return (
      <Dialog open={false} onClose={onClose} title="Transaction">
        {null}
      </Dialog>
    );
  }
  // A new transaction, or a review that was made anew, asks for its confirmation again.
  const review = reviewOf(state);
  const key = `${transaction.id}:${review?.caveats.join() ?? ""}`;
  return <OpenDialog {...props} key={key} state={state} review={review} />;
}

function OpenDialog(
  props: TransactionDialogProps & { readonly state: Shown; readonly review: TransactionReview | undefined },
) {
  const { state, review } = props;
  const [typed, setTyped] = useState("");
  const caveats = state.kind === "ready" ? state.review.caveats : [];
  const isConfirmed = typed.trim().toLowerCase() === CONFIRMATION;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={state.intent.title}
      width="wide"
      actions={
        <Actions
          {...props}
          missing={caveats.length > 0 && !isConfirmed ? caveats : []}
          hasCaveats={caveats.length > 0}
        />
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[11.5rem_minmax(0,1fr)]">
        {/* On a phone the status below says the same in one line. */}
        <div className="hidden sm:block">
          <Stepper label="Stages of the transaction" steps={stepsOf(state)} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Standing {...props} />
          {caveats.length > 0 && <Caveats caveats={caveats} typed={typed} onType={setTyped} />}
          <ReviewView
            intent={state.intent}
            review={review}
            words={props.words}
            chainName={props.chainName}
            nativeSymbol={props.nativeSymbol}
          />
        </div>
      </div>
    </Dialog>
  );
}

/** The review that belongs to a state; after the transaction has left, what was signed. */
function reviewOf(state: Shown): TransactionReview | undefined {
  return "review" in state ? state.review : undefined;
}

function Standing({
  state,
  hrefOf,
  walletCure,
  isDurable,
}: TransactionDialogProps & { readonly state: Shown }) {
  const hash = "hash" in state ? state.hash : undefined;
  const href = hash === undefined ? undefined : hrefOf(hash);
  const because = "because" in state ? state.because : undefined;
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {because !== undefined && <Callout tone="accent" title={REBUILD_WORDS[because]} />}
      {(state.kind !== "failed" || hash !== undefined) && (
        <TxStatus
          state={state.kind}
          hash={hash}
          message={<Message state={state} isDurable={isDurable} />}
          {...(href === undefined ? {} : { explorerHref: href })}
        />
      )}
      {state.kind === "failed" && (
        <>
          <FailureView
            failure={state.failure}
            stage={state.stage}
            otherHref={state.failure.otherHash === undefined ? undefined : hrefOf(state.failure.otherHash)}
          />
          {needsWallet(state) && walletCure}
        </>
      )}
    </div>
  );
}

function needsWallet(state: Extract<Shown, { kind: "failed" }>): boolean {
  return state.hash === undefined && ["not-connected", "wrong-chain"].includes(state.failure.code);
}

function Message({ state, isDurable }: { readonly state: Shown; readonly isDurable: boolean }) {
  switch (state.kind) {
    case "signing":
      return state.step === "checking"
        ? "Everything is checked once more at the newest block."
        : "Compare what it shows with the review below, then approve or reject there.";
    case "pending":
      return (
        <>
          {statusWord(state)}. You can close this; it goes on
          {isDurable
            ? ", also after a reload."
            : ", but not after a reload: this browser keeps nothing for the page."}
          {state.sent.replaced.length > 0 && " The wallet sent it again with another fee."}
        </>
      );
    case "confirmed":
      return (
        <>
          In block {formatInteger(state.receipt.blockNumber)}, {formatInteger(state.confirmations)}{" "}
          {state.confirmations === 1n ? "confirmation" : "confirmations"}.
          {state.warnings.map((warning) => (
            <span key={warning} className="block text-caution">
              {warning}
            </span>
          ))}
        </>
      );
    case "failed":
      return state.receipt === undefined ? null : `In block ${formatInteger(state.receipt.blockNumber)}.`;
    case "simulating":
    case "ready":
    case "verifying":
      return null;
  }
}

function Caveats(props: {
  readonly caveats: readonly Caveat[];
  readonly typed: string;
  readonly onType: (text: string) => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      {props.caveats.map((caveat) => (
        <Callout key={caveat} tone="caution" title={CAVEAT_WORDS[caveat].title}>
          {CAVEAT_WORDS[caveat].detail}
        </Callout>
      ))}
      <TextInput
        label={`Type “${CONFIRMATION}” to go on all the same`}
        value={props.typed}
        onChange={props.onType}
        name="confirmation"
      />
    </div>
  );
}

function Actions(
  props: TransactionDialogProps & {
    readonly state: Shown;
    /** Caveats that nobody has accepted yet. */
    readonly missing: readonly Caveat[];
    readonly hasCaveats: boolean;
  },
) {
  const { state, onClose, onSign, onRetry, onWatchAgain } = props;
  switch (state.kind) {
    case "simulating":
      return (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy>
            Simulating
          </Button>
        </>
      );
    case "ready":
      return (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={props.hasCaveats ? "danger" : "primary"}
            onClick={() => onSign({ caveatsAccepted: props.hasCaveats })}
            disabledReason={props.missing.length > 0 ? "Type the confirmation above first." : undefined}
          >
            Sign in wallet
          </Button>
        </>
      );
    case "signing":
      return (
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" busy>
            {state.step === "checking" ? "Checking" : "Waiting for the wallet"}
          </Button>
        </>
      );
    case "failed":
      return (
        <>
          <Button onClick={onClose}>Close</Button>
          {state.hash === undefined && (
            <Button variant="primary" onClick={onRetry}>
              Review again
            </Button>
          )}
          {canWatchAgain(state) && (
            <Button variant="primary" onClick={onWatchAgain}>
              Look again
            </Button>
          )}
        </>
      );
    case "pending":
    case "verifying":
      return <Button onClick={onClose}>Close</Button>;
    case "confirmed":
      return (
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      );
  }
}
