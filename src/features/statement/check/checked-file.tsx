import { useChainInfo } from "@/data/use-chain-info";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import type { StatementJson } from "@/report/statement-schema";
import { formatAmount, formatInteger, formatTimestamp } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import { BindingPanel } from "./binding-panel";
import { ChainFindings } from "./chain-findings";
import { Finding } from "./finding";

/** A file that could be read. */
export type ReadableFile =
  | { readonly kind: "signed"; readonly signed: SignedStatementJson }
  | { readonly kind: "unsigned"; readonly document: StatementJson };

/** Everything that can be found out about a file, each finding by itself. */
export function CheckedFile({ file }: { readonly file: ReadableFile }) {
  const document = file.kind === "signed" ? file.signed.document : file.document;
  const signed = file.kind === "signed" ? file.signed : undefined;
  const chain = useChainInfo(document.chainId);
  return (
    <>
      <Claims document={document} chainName={chain?.name} />
      {signed === undefined ? (
        <Finding title="Document and signature" verdict={<Badge tone="neutral">not signed</Badge>}>
          Nobody signed this file. Its figures can be checked all the same.
        </Finding>
      ) : (
        <BindingPanel signed={signed} />
      )}
      {chain === undefined ? (
        <Callout tone="caution" title={`Chain ${document.chainId} is not configured here`}>
          Neither the signer nor the figures can be checked on this site. Open the file where that chain is
          configured, or add the chain to plimsoll.config.json.
        </Callout>
      ) : (
        <ChainFindings document={document} signed={signed} />
      )}
    </>
  );
}

/** What the file says. Nothing of it is checked yet, and it says so. */
function Claims({
  document,
  chainName,
}: {
  readonly document: StatementJson;
  readonly chainName: string | undefined;
}) {
  const { asset, block, totals } = document;
  const symbol = sanitiseText(asset.symbol, 16);
  const amount = (text: string | null): string =>
    text === null
      ? "unknown"
      : formatAmount({
          value: BigInt(text),
          decimals: asset.decimals,
          maximumFractionDigits: asset.decimals,
          symbol,
        });
  return (
    <Panel
      title="What the file says"
      description="Nothing in this list is checked; the findings under it are."
    >
      <KeyValueList
        items={[
          { key: "lp", label: "LP", value: <AddressLabel address={document.address} /> },
          { key: "vault", label: "Vault", value: <AddressLabel address={document.vault} /> },
          {
            key: "chain",
            label: "Chain",
            value: chainName === undefined ? String(document.chainId) : `${chainName} (${document.chainId})`,
          },
          {
            key: "block",
            label: "Block",
            value: `${formatInteger(block.number)}, ${timeText(block.timestamp)}`,
          },
          { key: "hash", label: "Block hash", value: <HashLabel hash={block.hash} what="block hash" /> },
          { key: "value", label: "Value", value: amount(totals.value) },
          { key: "lost", label: "Lost", value: amount(totals.losses) },
          { key: "back", label: "Came back", value: amount(totals.recoveries) },
          { key: "lines", label: "Lines", value: formatInteger(document.lines.length) },
        ]}
      />
    </Panel>
  );
}

/** The last second that a calendar date can be written of. */
const LAST_SECOND = 8_640_000_000_000;

/** A file may hold any number for a time. */
function timeText(seconds: number): string {
  return seconds > LAST_SECOND ? "no such time" : formatTimestamp(BigInt(seconds));
}
