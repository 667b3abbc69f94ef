import type { FigureText } from "@/ui/figures/figure-text";
import type { IdentityTexts, LineText } from "./texts";
import { FORMULAS } from "./words";

/** What the head of a printed statement says. */
export interface PrintHead {
  readonly vaultName: string;
  readonly vault: string;
  readonly chain: string;
  readonly address: string;
  readonly block: string;
  readonly blockHash: string;
  readonly time: string;
  /** "complete since the vault's first block", or from which block. */
  readonly history: string;
}

export interface PrintDocumentProps {
  readonly head: PrintHead;
  readonly figures: readonly { readonly label: string; readonly figure: FigureText }[];
  readonly identity: IdentityTexts;
  readonly lines: readonly LineText[];
  readonly interestSince: FigureText;
  readonly symbol: string;
  /** Why falls without an event could not be looked for everywhere. */
  readonly unsearched: string | undefined;
}

function plain(figure: FigureText): string {
  if (figure.kind === "known") return [figure.text, figure.unit ?? ""].join(" ").trim();
  return figure.kind === "unknown" ? `unknown: ${figure.why}` : "not read yet";
}

const CELL = "py-0.5 pr-3 text-right align-baseline last:pr-0";

/** The statement on paper: every line with its block and transaction in full, and the formulas at the foot. */
export function PrintDocument(props: PrintDocumentProps) {
  const { head, figures, identity, lines, symbol } = props;
  return (
    <article aria-label="Statement for print" className="hidden flex-col gap-4 text-[0.75rem] print:flex">
      <h2 className="text-base font-semibold">Statement of an LP</h2>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        <Row label="Statement of" value={head.address} mono />
        <Row label="Vault" value={`${head.vaultName}, ${head.chain}`} />
        <Row label="Vault address" value={head.vault} mono />
        <Row label="As of block" value={`${head.block}, ${head.time}`} />
        <Row label="Block hash" value={head.blockHash} mono />
        <Row label="History" value={head.history} />
      </dl>
      {props.unsearched !== undefined && (
        <p className="border border-line-strong p-2">
          Falls without an event could not be looked for everywhere. {props.unsearched} What stands below as
          lost are the losses that are known.
        </p>
      )}
      <dl className="grid grid-cols-3 gap-x-6 gap-y-1 border-y border-line py-2">
        {figures.map(({ label, figure }) => (
          <div key={label}>
            <dt className="text-ink-muted">{label}</dt>
            <dd className="figures font-semibold">{plain(figure)}</dd>
          </div>
        ))}
      </dl>
      <table className="figures w-full border-collapse">
        <caption className="pb-1 text-left font-semibold">How the value came about, in {symbol}</caption>
        <tbody>
          {identity.steps.map(({ id, label, amount }) => (
            <PrintedSum key={id} label={label} figure={amount} />
          ))}
          <PrintedSum label="Adds up to" figure={identity.sum} isStrong />
          <PrintedSum label="Value at this block" figure={identity.value} isStrong />
          <PrintedSum label="Residual" figure={identity.residual} isStrong />
        </tbody>
      </table>
      <table className="figures w-full border-collapse text-[0.6875rem]">
        <caption className="pb-1 text-left text-[0.75rem] font-semibold">
          Lines; amounts in {symbol}, prices in {symbol} a share
        </caption>
        <thead>
          <tr className="border-b border-line-strong text-left">
            <th scope="col" className="pr-3 font-medium">
              What and when
            </th>
            {["Amount", "Shares", "Held after", "Price before", "Price after", "Interest", "Rounding"].map(
              (name) => (
                <th key={name} scope="col" className={`${CELL} font-medium`}>
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        {lines.map((line) => (
          <PrintedLine key={line.key} line={line} />
        ))}
      </table>
      <p>
        Interest since the last line: {plain(props.interestSince)} {symbol}.
      </p>
      <footer className="border-t border-line pt-2 text-[0.6875rem] text-ink-muted">
        <p className="font-semibold">Formulas</p>
        <ol className="list-decimal pl-4">
          {FORMULAS.map((formula) => (
            <li key={formula}>{formula}</li>
          ))}
        </ol>
      </footer>
    </article>
  );
}

function Row(props: { readonly label: string; readonly value: string; readonly mono?: boolean }) {
  return (
    <>
      <dt className="text-ink-muted">{props.label}</dt>
      <dd className={props.mono === true ? "font-mono break-all" : ""}>{props.value}</dd>
    </>
  );
}

function PrintedSum(props: {
  readonly label: string;
  readonly figure: FigureText;
  readonly isStrong?: boolean;
}) {
  return (
    <tr className={props.isStrong === true ? "border-t border-line font-semibold" : ""}>
      <th scope="row" className={props.isStrong === true ? "text-left" : "text-left font-normal"}>
        {props.label}
      </th>
      <td className="text-right">{plain(props.figure)}</td>
    </tr>
  );
}

/** Two rows: the figures, and under them where they come from. */
function PrintedLine({ line }: { readonly line: LineText }) {
  const { counterparty, counterpartyWord, counterpartyName, shift } = line;
  const party = counterpartyName ?? (counterparty === undefined ? "" : `${counterpartyWord} ${counterparty}`);
  const source =
    line.transactionHash === undefined
      ? `no log; block ${line.blockHash}`
      : `transaction ${line.transactionHash}`;
  const parts = [
    `block ${line.block}${line.log === undefined ? "" : `, ${line.log}`}`,
    source,
    `exactly ${plain(line.exactAmount)}`,
    party,
    shift === undefined ? "" : `${shift.word} ${plain(shift.figure)}`,
  ];
  return (
    <tbody className="break-inside-avoid border-b border-line">
      <tr>
        <th scope="row" className="pr-3 text-left align-baseline font-medium">
          {line.word}
          <span className="block font-normal">{line.time}</span>
        </th>
        <td className={CELL}>{plain(line.amount)}</td>
        <td className={CELL}>{line.sharesChange}</td>
        <td className={CELL}>{plain(line.sharesAfter)}</td>
        <td className={CELL}>{plain(line.priceBefore)}</td>
        <td className={CELL}>{plain(line.priceAfter)}</td>
        <td className={CELL}>{plain(line.interest)}</td>
        <td className={CELL}>{plain(line.rounding)}</td>
      </tr>
      <tr>
        <td colSpan={8} className="pb-1 text-[0.625rem] break-all text-ink-muted">
          {parts.filter((part) => part !== "").join(" · ")}
        </td>
      </tr>
    </tbody>
  );
}
