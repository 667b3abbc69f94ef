import type { SigningReview } from "@/data/statement/use-statement-signing";
import { formatAmount, formatInteger, formatTimestamp } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { CopyButton } from "@/ui/data/copy-button";
import { Disclosure } from "@/ui/data/disclosure";
import { KeyValueList } from "@/ui/data/key-value-list";

/** Everything that is about to be signed, in words, and the hashes that another screen shows for it. */
export function Review({
  review,
  chainName,
}: {
  readonly review: SigningReview;
  readonly chainName: string;
}) {
  const { document, typedData, hashes } = review;
  const { message } = typedData;
  const { asset, block } = document;
  const amount = (text: string): string =>
    formatAmount({
      value: BigInt(text),
      decimals: asset.decimals,
      maximumFractionDigits: asset.decimals,
      symbol: asset.symbol,
    });
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section aria-label="What is signed">
        <h3 className="text-[0.8125rem] font-semibold text-ink-muted">What is signed</h3>
        <p className="mt-1">{message.contents}</p>
        <p className="mt-1 text-[0.8125rem] text-ink-muted">
          A message is signed, no transaction is sent, and nothing is paid. With it you say that you stand by
          this statement; anybody who gets the file can compute it again.
        </p>
      </section>
      <KeyValueList
        items={[
          { key: "lp", label: "LP", value: <AddressLabel address={document.address} /> },
          { key: "signer", label: "Signed by", value: <AddressLabel address={review.request.signer} /> },
          { key: "role", label: "As", value: message.signerRole },
          { key: "vault", label: "Vault", value: <AddressLabel address={document.vault} /> },
          { key: "chain", label: "On", value: `${chainName} (${document.chainId})` },
          {
            key: "block",
            label: "At block",
            value: `${formatInteger(block.number)}, ${formatTimestamp(BigInt(block.timestamp))}`,
          },
          { key: "hash", label: "Block hash", value: <HashLabel hash={block.hash} what="block hash" /> },
          { key: "value", label: "Value", value: amount(message.valueAssets) },
          { key: "lost", label: "Lost", value: amount(message.lossesAssets) },
          { key: "back", label: "Came back", value: amount(message.recoveriesAssets) },
          { key: "net", label: "Net loss", value: amount(message.netLossAssets) },
          { key: "lines", label: "Lines", value: formatInteger(document.lines.length) },
        ]}
      />
      <Disclosure summary="Hashes, to compare with another screen">
        <div className="flex flex-col gap-3">
          <p className="text-xs text-ink-muted">
            A hardware wallet shows the domain hash and the message hash; a Safe's owners compare the digest.
          </p>
          <HexBlock label="SHA-256 of the statement's canonical JSON" hex={message.documentSha256} />
          <HexBlock label="Domain hash" hex={hashes.domainSeparator} />
          <HexBlock label="Message hash" hex={hashes.messageHash} />
          <HexBlock label="Digest (EIP-712)" hex={hashes.digest} />
        </div>
      </Disclosure>
    </div>
  );
}

function HexBlock({ label, hex }: { readonly label: string; readonly hex: string }) {
  return (
    <div>
      <div className="flex items-center justify-between gap-2">
        <span className="text-xs font-medium">{label}</span>
        <CopyButton text={hex} what={label} labelled />
      </div>
      <code className="mt-1 block rounded border border-line bg-sunken px-2 py-1.5 font-mono text-xs break-all">
        {hex}
      </code>
    </div>
  );
}
