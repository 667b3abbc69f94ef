import { useSignedFields } from "@/data/statement/use-statement-check";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import { sanitiseText } from "@/shared/text";
import { HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DifferenceTable } from "./difference-table";
import { Finding } from "./finding";

/** Whether the signature is about the document in the same file. */
export function BindingPanel({ signed }: { readonly signed: SignedStatementJson }) {
  const { value: differences } = useSignedFields(signed);
  const { message } = signed.typedData;
  if (differences === undefined) {
    return (
      <Finding title="Document and signature" verdict={<Badge tone="stale">computing</Badge>}>
        <output>Computing the document's SHA-256.</output>
      </Finding>
    );
  }
  const isBound = differences.length === 0;
  return (
    <Finding
      title="Document and signature"
      verdict={
        isBound ? (
          <Badge tone="ok">belong together</Badge>
        ) : (
          <Badge tone="danger">do not belong together</Badge>
        )
      }
    >
      {isBound ? (
        <p>
          What was signed names the SHA-256 of this very document{" "}
          <HashLabel hash={message.documentSha256} what="hash" /> and its headline figures.
        </p>
      ) : (
        <>
          <p>
            What was signed is about another document than the one in this file: it was changed after it was
            signed, or the signature was taken from elsewhere.
          </p>
          <DifferenceTable
            caption="Fields that differ from what was signed"
            columns={["In the document", "Signed"]}
            rows={differences.map(({ field, signed: was, inDocument }) => ({
              key: field,
              field,
              values: [sanitiseText(inDocument, 240), sanitiseText(was, 240)],
              tag: undefined,
            }))}
          />
        </>
      )}
    </Finding>
  );
}
