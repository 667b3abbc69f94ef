import { Plus, Trash2 } from "lucide-react";
import { type FormEvent, useMemo, useState } from "react";
import type { WatchedAddress, WatchResult } from "@/data/watch-list/watch-list";
import { type ExposureBook, type LpExposure, lpExposureOf } from "@/domain/exposure";
import type { Address } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Button } from "@/ui/forms/button";
import { TextInput } from "@/ui/forms/inputs";
import { watchIssueText } from "./messages";
import { lpSumOf } from "./model";
import { type LpSumTexts, lpSumTexts } from "./texts";

interface WatchedLine {
  readonly entry: WatchedAddress;
  readonly exposure: LpExposure;
  readonly texts: LpSumTexts;
}

export interface WatchListViewProps {
  readonly book: ExposureBook;
  readonly entries: readonly WatchedAddress[];
  /** false: the browser keeps nothing for this page. */
  readonly isDurable: boolean;
  readonly onAdd: (text: string, label: string) => WatchResult;
  readonly onRemove: (address: Address) => void;
  readonly hrefOf: (address: Address) => string;
}

/** The addresses that this browser keeps an eye on, and what they hold and lost in this vault together. */
export function WatchListView(props: WatchListViewProps) {
  const { book, entries } = props;
  const { state } = book.input;
  const lines = useMemo(
    () =>
      entries.map((entry): WatchedLine => {
        const exposure = lpExposureOf(entry.address, book);
        return { entry, exposure, texts: lpSumTexts(lpSumOf([exposure]), state) };
      }),
    [entries, book, state],
  );
  return (
    <div className="flex flex-col">
      {lines.length > 0 && <Sum lines={lines} book={book} />}
      <WatchTable lines={lines} symbol={state.asset.symbol} onRemove={props.onRemove} hrefOf={props.hrefOf} />
      <div className="border-t border-line px-4 py-3 print:hidden">
        <AddForm onAdd={props.onAdd} isDurable={props.isDurable} />
      </div>
    </div>
  );
}

function Sum({ lines, book }: { readonly lines: readonly WatchedLine[]; readonly book: ExposureBook }) {
  const { state } = book.input;
  const texts = useMemo(
    () => lpSumTexts(lpSumOf(lines.map(({ exposure }) => exposure)), state),
    [lines, state],
  );
  const { symbol } = state.asset;
  const withUnit = (figure: LpSumTexts["value"]) =>
    figure.kind === "known" ? { ...figure, unit: symbol } : figure;
  return (
    <div className="border-b border-line p-3">
      <StatRow label="The watch-list together">
        <Stat size="medium" label="Value" figure={withUnit(texts.value)} />
        <Stat size="medium" label="Lost so far" figure={withUnit(texts.loss)} />
        <Stat size="medium" label="Recovered" figure={withUnit(texts.recovered)} />
        <Stat size="medium" label="Would lose now" figure={withUnit(texts.wouldLose)} />
      </StatRow>
    </div>
  );
}

interface WatchTableProps {
  readonly lines: readonly WatchedLine[];
  readonly symbol: string;
  readonly onRemove: (address: Address) => void;
  readonly hrefOf: (address: Address) => string;
}

function WatchTable({ lines, symbol, onRemove, hrefOf }: WatchTableProps) {
  const figure = (id: keyof LpSumTexts, header: string): Column<WatchedLine> => ({
    id,
    header,
    align: "end",
    cell: ({ texts }) => <Money figure={texts[id]} />,
  });
  const columns: readonly Column<WatchedLine>[] = [
    {
      id: "address",
      header: "Address",
      rowHeader: true,
      cell: ({ entry, exposure }) => (
        <AddressLabel
          address={entry.address}
          {...(entry.label === undefined ? {} : { name: entry.label })}
          tags={
            exposure.shares.kind === "known" && exposure.shares.value === 0n ? (
              <Badge tone="neutral" plain>
                no shares now
              </Badge>
            ) : undefined
          }
        />
      ),
    },
    figure("shares", "Shares"),
    figure("value", `Value, ${symbol}`),
    figure("loss", `Lost, ${symbol}`),
    figure("recovered", `Recovered, ${symbol}`),
    figure("wouldLose", `Would lose now, ${symbol}`),
    {
      id: "remove",
      header: "Remove",
      cell: ({ entry }) => (
        <span className="relative z-10">
          <Button
            size="small"
            variant="ghost"
            icon={Trash2}
            label={`Remove ${entry.label ?? entry.address} from the watch-list`}
            onClick={() => onRemove(entry.address)}
          >
            Remove
          </Button>
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="Watched addresses"
      columns={columns}
      rows={lines}
      rowKey={({ entry }) => entry.address}
      rowHref={({ entry }) => hrefOf(entry.address)}
      empty={
        <EmptyState title="Nobody is watched yet">
          Add addresses to see what they hold and lost together. Labels also name them in the table of all
          LPs.
        </EmptyState>
      }
    />
  );
}

interface AddFormProps {
  readonly onAdd: (text: string, label: string) => WatchResult;
  readonly isDurable: boolean;
}

function AddForm({ onAdd, isDurable }: AddFormProps) {
  const [text, setText] = useState("");
  const [label, setLabel] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const result = onAdd(text, label);
    if (result.ok) {
      setText("");
      setLabel("");
      setError(undefined);
    } else {
      setError(watchIssueText(result.issue));
    }
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 grow-2 basis-72">
        <TextInput
          label="Address to watch"
          hint={
            isDurable
              ? "Kept in this browser alone."
              : "This browser keeps nothing for the page: the list is gone when it closes."
          }
          placeholder="0x…"
          mono
          value={text}
          error={error}
          onChange={(value) => {
            setText(value);
            setError(undefined);
          }}
        />
      </div>
      <div className="min-w-0 grow basis-40">
        <TextInput label="Label" hint="Optional." value={label} onChange={setLabel} />
      </div>
      <div className="sm:mt-[1.43rem]">
        <Button type="submit" icon={Plus}>
          Add
        </Button>
      </div>
    </form>
  );
}
