import type { SignatureAnswers } from "@/data/statement/check-signature";
import { useSignatureAnswers, useSignedFields, useSignerRoles } from "@/data/statement/use-statement-check";
import type { Address } from "@/domain/model";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import { Finding } from "./finding";
import { answerText, decisiveAnswer, STANDING_WORD, signatureVerdict, signerKindText } from "./words";

export interface SignerPanelProps {
  readonly signed: SignedStatementJson;
  /** The vault at the statement's block; undefined until it is read. */
  readonly report: VaultReport | undefined;
  readonly isUnreadable: boolean;
}

/** Who signed, and what that address is to the statement. */
export function SignerPanel({ signed, report, isUnreadable }: SignerPanelProps) {
  const { value: answers, error } = useSignatureAnswers(signed);
  const isUnbound = (useSignedFields(signed).value?.length ?? 0) > 0;
  const { message } = signed.typedData;
  const named = <AddressLabel address={message.signer} />;
  if (answers === undefined) {
    const word = error === undefined ? "asking the chain" : "cannot be checked";
    return (
      <Finding title="Who signed" verdict={<Badge tone="stale">{word}</Badge>}>
        <p>The file names {named}.</p>
      </Finding>
    );
  }
  const decisive = decisiveAnswer(answers);
  const { tone, word } = signatureVerdict(decisive);
  return (
    <Finding title="Who signed" verdict={<Badge tone={tone}>{word}</Badge>}>
      {isUnbound && (
        <Callout tone="caution" title="What was signed is not this document">
          The signature may be good, but it is about something else: see the finding above.
        </Callout>
      )}
      <Other answers={answers} />
      <KeyValueList
        items={[
          {
            key: "signer",
            label: "Named signer",
            hint: signerKindText(decisive),
            value: named,
          },
          {
            key: "named",
            label: `At block ${formatInteger(BigInt(signed.signature.block.number))}`,
            hint: "which the file names",
            value: answerText(answers.atNamed),
          },
          { key: "head", label: "At the newest block", value: answerText(answers.atHead) },
          {
            key: "claim",
            label: "Signed as",
            hint: "the signer's own words",
            value: sanitiseText(message.signerRole, 100),
          },
          {
            key: "standing",
            label: "Is",
            hint: "at the statement's block",
            value:
              report === undefined ? (
                isUnreadable ? (
                  "not known: the vault could not be read"
                ) : (
                  "…"
                )
              ) : (
                <Standing report={report} signed={signed} />
              ),
          },
        ]}
      />
    </Finding>
  );
}

/** A good signature of somebody else is named. */
function Other({ answers }: { readonly answers: SignatureAnswers }) {
  const answer = decisiveAnswer(answers);
  if (answer.kind !== "checked" || answer.check.isValid) return null;
  const { recovered, kind } = answer.check;
  if (kind !== "account") {
    return (
      <Callout tone="danger" title="The contract does not stand by this signature">
        Its owners may have changed since, or not enough of them signed.
      </Callout>
    );
  }
  return (
    <Callout tone="danger" title="Somebody else signed, or nobody">
      {recovered === undefined ? (
        "The bytes are no signature of an account."
      ) : (
        <>
          With these data the signature belongs to <AddressLabel address={recovered} />.
        </>
      )}
    </Callout>
  );
}

function Standing({
  report,
  signed,
}: {
  readonly report: VaultReport;
  readonly signed: SignedStatementJson;
}) {
  const lp = signed.document.address as Address;
  const signer = signed.typedData.message.signer as Address;
  const { value: roles, error } = useSignerRoles(report, { lp, signer });
  if (roles === undefined) return error === undefined ? "…" : "not known: the timelock could not be asked";
  if (roles.length === 0) {
    return <Badge tone="danger">neither the LP nor anybody whom the vault names</Badge>;
  }
  return roles.map((role) => STANDING_WORD[role]).join("; ");
}
