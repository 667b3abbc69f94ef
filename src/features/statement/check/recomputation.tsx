import { useRecomputation } from "@/data/statement/use-statement-check";
import type { StatementJson } from "@/report/statement-schema";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { Callout } from "@/ui/data/messages";
import { LinkButton } from "@/ui/forms/button";
import { StatementReading } from "../reading";
import { DifferenceTable } from "./difference-table";
import { Finding } from "./finding";
import { comparisonWords, DIFFERENCE_WORD } from "./words";

const TITLE = "Figures, computed again";
const MAX_VALUE_LENGTH = 200;

/** The statement computed anew from the chain, against the file, field by field. */
export function Recomputation(props: { readonly report: VaultReport; readonly document: StatementJson }) {
  const { report, document } = props;
  const { statement, comparison } = useRecomputation(report, document);
  if (comparison === undefined) {
    return (
      <Finding title={TITLE} verdict={<Badge tone="stale">not computed yet</Badge>}>
        <StatementReading view={statement} />
      </Finding>
    );
  }
  const { tone, word, sentence } = comparisonWords(comparison);
  const { chainId, vault, address, block } = document;
  return (
    <Finding title={TITLE} verdict={<Badge tone={tone}>{word}</Badge>}>
      {report.snapshot.state.block.hash !== document.block.hash && (
        <Callout tone="danger" title={`Block ${formatInteger(block.number)} is another block on this chain`}>
          Here it has the hash <HashLabel hash={report.snapshot.state.block.hash} what="block hash" />. The
          chain replaced the block that the file names, or the file is of another chain with the same number.
        </Callout>
      )}
      <p>{sentence}</p>
      {comparison.differences.length > 0 && (
        <DifferenceTable
          caption="Fields that are not the same"
          columns={["In the file", "Computed from the chain"]}
          rows={comparison.differences.map(({ field, kind, inFile, here }) => ({
            key: field,
            field,
            values: [valueText(inFile), valueText(here)],
            tag: <Badge tone={DIFFERENCE_WORD[kind].tone}>{DIFFERENCE_WORD[kind].word}</Badge>,
          }))}
        />
      )}
      <div>
        <LinkButton href={`#/v/${chainId}/${vault}/lps/${address}?block=${block.number}`} size="small">
          Open this statement as the chain has it
        </LinkButton>
      </div>
    </Finding>
  );
}

function valueText(value: string | undefined): string {
  return value === undefined ? "unknown" : sanitiseText(value, MAX_VALUE_LENGTH);
}
