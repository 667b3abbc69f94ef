import { type ReactNode, useState } from "react";
import { signedFileText, typedDataFileText } from "@/data/statement/statement-document";
import type { SigningReview, SigningState, StatementSigning } from "@/data/statement/use-statement-signing";
import type { Wallet } from "@/data/wallet/use-wallet";
import { formatInteger } from "@/shared/format";
import { DownloadButton } from "@/ui/data/download-button";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { Dialog } from "@/ui/forms/dialog";
import { Segmented } from "@/ui/forms/segmented";
import { TextArea } from "@/ui/forms/text-area";
import { Review } from "./review";
import { failureWords, ROLE_WORD } from "./words";

export interface SigningDialogProps {
  readonly signing: StatementSigning;
  readonly wallet: Wallet;
  readonly chainName: string;
  /** The signature is made by another tool and pasted here. */
  readonly isElsewhere: boolean;
  /** The newest final block; undefined while the chain has none. */
  readonly finalised: bigint | undefined;
  readonly hrefAtBlock: (block: bigint) => string;
}

/** The review of what is signed, the wait for the wallet, and the file. */
export function SigningDialog(props: SigningDialogProps) {
  const { signing } = props;
  const { state } = signing;
  return (
    <Dialog
      open={state.kind !== "closed"}
      onClose={signing.close}
      title={state.kind === "signed" ? "The statement is signed" : "Sign the statement"}
      width="wide"
      actions={<Actions {...props} />}
    >
      <Body {...props} />
    </Dialog>
  );
}

function reviewOf(state: SigningState): SigningReview | undefined {
  return "review" in state ? state.review : undefined;
}

function Body(props: SigningDialogProps) {
  const { signing, chainName } = props;
  const { state } = signing;
  switch (state.kind) {
    case "closed":
      return null;
    case "preparing":
      return <output>Asking the vault what this address is to the statement.</output>;
    case "refused":
      return <Failure failure={state.failure} />;
    case "signed":
      return (
        <Callout tone="ok" title="Signed, and the chain accepts the signature">
          The file holds the statement, what was signed and the signature. Give it to whoever has to check it:
          they open “Check a statement” on this site, or on any other copy of it.
        </Callout>
      );
    case "review":
    case "asking":
      return (
        <div className="flex min-w-0 flex-col gap-4">
          <div className="flex flex-col gap-3 empty:hidden" aria-live="polite">
            {state.kind === "asking" && (
              <Callout
                tone="accent"
                title={state.at === "wallet" ? "Look at your wallet" : "Asking the chain"}
              >
                {state.at === "wallet"
                  ? "Compare what it shows with the review below, then approve or reject there."
                  : "The signature is being checked at the newest block."}
              </Callout>
            )}
            {state.kind === "review" && state.failure !== undefined && <Failure failure={state.failure} />}
          </div>
          <NotFinal {...props} review={state.review} />
          {state.kind === "review" && <Roles signing={signing} review={state.review} />}
          <Review review={state.review} chainName={chainName} />
          {props.isElsewhere && (
            <Elsewhere key={state.review.hashes.digest} {...props} review={state.review} />
          )}
        </div>
      );
  }
}

function Failure({ failure }: { readonly failure: Parameters<typeof failureWords>[0] }) {
  const { title, detail, isCalm } = failureWords(failure);
  return (
    <Callout tone={isCalm ? "neutral" : "danger"} title={title}>
      <span className="break-words">{detail}</span>
    </Callout>
  );
}

/** A statement of a block that may still be replaced names a block that may be gone when somebody checks it. */
function NotFinal(props: SigningDialogProps & { readonly review: SigningReview }) {
  const { finalised, review, hrefAtBlock, signing } = props;
  const number = BigInt(review.document.block.number);
  if (finalised !== undefined && number <= finalised) return null;
  return (
    <Callout
      tone="caution"
      title={`Block ${formatInteger(number)} is not final yet`}
      action={
        finalised === undefined || finalised === 0n ? undefined : (
          <a
            className="text-accent underline underline-offset-2"
            href={hrefAtBlock(finalised)}
            onClick={signing.close}
          >
            Show the statement at block {formatInteger(finalised)}
          </a>
        )
      }
    >
      If the chain replaces it, nobody can check this statement any more. For a claim, sign at a final block.
    </Callout>
  );
}

/** For a signer who is several things to the statement. */
function Roles({ signing, review }: { readonly signing: StatementSigning; readonly review: SigningReview }) {
  if (review.roles.length < 2) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 text-[0.8125rem]">
      <span>Sign as</span>
      <Segmented
        label="Sign as"
        value={review.role}
        onChange={signing.chooseRole}
        options={review.roles.map((role) => ({ value: role, label: ROLE_WORD[role] }))}
      />
    </div>
  );
}

/** The data to sign as a file, and the field for what came back. */
function Elsewhere({ signing, review }: SigningDialogProps & { readonly review: SigningReview }) {
  const [text, setText] = useState("");
  const { document } = review;
  return (
    <section aria-label="Signed elsewhere" className="flex flex-col gap-3 border-t border-line pt-3">
      <h3 className="text-[0.8125rem] font-semibold">Sign it elsewhere</h3>
      <p className="text-[0.8125rem] text-ink-muted">
        Take these data to the Safe or the tool that signs (eth_signTypedData_v4), then paste the signature. A
        contract that approved the digest on chain has the empty signature 0x.
      </p>
      <div>
        <DownloadButton
          fileName={`to-sign-${document.chainId}-${document.address}-block-${document.block.number}.json`}
          mimeType="application/json"
          label="Download the data to sign"
          content={() => typedDataFileText(review.typedData)}
        >
          Data to sign
        </DownloadButton>
      </div>
      <TextArea label="Signature" placeholder="0x…" rows={3} mono value={text} onChange={setText} />
      <div>
        <Button
          busy={signing.state.kind === "asking"}
          disabledReason={text.trim() === "" ? "Paste the signature first." : undefined}
          onClick={() => signing.attach(text)}
        >
          Check the signature
        </Button>
      </div>
    </section>
  );
}

function Actions(props: SigningDialogProps): ReactNode {
  const { signing, isElsewhere } = props;
  const { state } = signing;
  const review = reviewOf(state);
  if (state.kind === "signed") {
    const { document } = state.signed;
    return (
      <>
        <Button onClick={signing.close}>Close</Button>
        <DownloadButton
          fileName={`signed-statement-${document.chainId}-${document.address}-block-${document.block.number}.json`}
          mimeType="application/json"
          label="Download the signed statement"
          content={() => signedFileText(state.signed)}
        >
          Download
        </DownloadButton>
      </>
    );
  }
  if (review === undefined || isElsewhere) return <Button onClick={signing.close}>Close</Button>;
  return (
    <>
      <Button onClick={signing.close}>Cancel</Button>
      <WalletAction {...props} review={review} />
    </>
  );
}

/** The button that opens the wallet, or what has to be put right before it can. */
function WalletAction({
  signing,
  wallet,
  chainName,
  review,
}: SigningDialogProps & { readonly review: SigningReview }) {
  const { state } = wallet;
  if (state.kind !== "connected") {
    return <Button disabledReason="Connect the wallet again, at the top of the page.">Sign in wallet</Button>;
  }
  if (state.account !== review.request.signer) {
    return (
      <Button onClick={() => signing.open({ ...review.request, signer: state.account })}>
        The wallet has another account now: review for it
      </Button>
    );
  }
  if (state.chainId !== review.document.chainId) {
    return (
      <Button busy={wallet.isSwitchingChain} onClick={() => wallet.switchChain(review.document.chainId)}>
        Switch the wallet to {chainName}
      </Button>
    );
  }
  return (
    <Button variant="primary" busy={signing.state.kind === "asking"} onClick={signing.sign}>
      {signing.state.kind === "asking" ? "Waiting for the wallet" : "Sign in wallet"}
    </Button>
  );
}
