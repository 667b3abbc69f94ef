import { type FormEvent, type ReactNode, useState } from "react";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout, ErrorState } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { FileField, type FileText } from "@/ui/forms/file-field";
import { TextInput } from "@/ui/forms/inputs";
import { TextArea } from "@/ui/forms/text-area";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { amountText, baseUnitsHint, headFacts, WHAT_IT_DOES_NOT_PROVE, WHAT_IT_PROVES } from "./messages";
import type { FileHead, ProofField, ProofForm } from "./model";

/** More than the claims of any vault; read in memory at once. */
const LARGEST_FILE_BYTES = 64_000_000;

/** What became of a file. */
export type FileState =
  | { readonly kind: "none" | "reading" | "failed" }
  | { readonly kind: "refused"; readonly name: string; readonly lines: readonly string[] }
  | {
      readonly kind: "read";
      readonly name: string;
      readonly what: "claims" | "claim";
      readonly head: FileHead;
    };

/** What the last check said. */
export type CheckState =
  | { readonly kind: "none" | "checking" | "failed" }
  | {
      readonly kind: "done";
      readonly isProven: boolean;
      readonly address: string;
      readonly amountAssets: bigint;
    };

export interface ProofViewProps {
  readonly file: FileState;
  readonly onFile: (file: FileText) => void;
  /** Fills the fields with an address's claim of the file; says why not. */
  readonly onAddress: (text: string) => string | undefined;
  readonly form: ProofForm;
  readonly onForm: (form: ProofForm) => void;
  readonly issues: Readonly<Partial<Record<ProofField, string>>>;
  readonly check: CheckState;
  readonly onCheck: () => void;
  /** The recomputation from the chain. */
  readonly recompute: ReactNode;
}

/** A claim and its proof, from a file or by hand, and whether they fit the root. */
export function ProofView(props: ProofViewProps) {
  return (
    <>
      <FilePanel {...props} />
      <FormPanel {...props} />
      <Grid columns={2}>
        <Panel title="What a right proof shows">
          <p className="text-[0.8125rem]">{WHAT_IT_PROVES}</p>
        </Panel>
        <Panel title="What it does not show">
          <ul className="flex list-disc flex-col gap-1.5 pl-4 text-[0.8125rem]">
            {WHAT_IT_DOES_NOT_PROVE.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Panel>
      </Grid>
      {props.recompute}
    </>
  );
}

function FilePanel({ file, onFile, onAddress }: ProofViewProps) {
  const [pasted, setPasted] = useState("");
  return (
    <Panel
      title="A file"
      description="All claims of a distribution, or one claim, as the recovery page exports them. It stays in this page."
    >
      <div className="flex flex-col gap-4">
        <Grid columns={2}>
          <FileField
            label="Choose a file"
            accept=".json,application/json"
            maximumBytes={LARGEST_FILE_BYTES}
            onText={onFile}
          />
          <div className="flex flex-col items-start gap-2">
            <div className="w-full">
              <TextArea label="Or paste its text" rows={2} mono value={pasted} onChange={setPasted} />
            </div>
            <Button
              size="small"
              onClick={() => onFile({ ok: true, name: "pasted text", text: pasted })}
              disabledReason={pasted.trim() === "" ? "Paste a file's text first." : undefined}
            >
              Read the text
            </Button>
          </div>
        </Grid>
        <FileOutcome file={file} onAddress={onAddress} />
      </div>
    </Panel>
  );
}

function FileOutcome({ file, onAddress }: Pick<ProofViewProps, "file" | "onAddress">) {
  switch (file.kind) {
    case "none":
      return null;
    case "reading":
      return <output className="text-[0.8125rem] text-ink-muted">Checking the file…</output>;
    case "failed":
      return <NotLoaded what="The file could not be checked" />;
    case "refused":
      return (
        <div role="alert">
          <Callout tone="danger" title={`${file.name} is not a sound claims file`}>
            <ul className="flex list-disc flex-col gap-0.5 pl-4 break-words">
              {file.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Callout>
        </div>
      );
    case "read":
      return (
        <div className="flex flex-col gap-3">
          <output>
            <Callout
              tone="ok"
              title={
                file.what === "claims"
                  ? `${file.name} is sound in itself`
                  : `${file.name} was read into the fields below`
              }
            >
              {file.what === "claims"
                ? "The amounts are the split of the whole by the weights, and the root is that of the list. Whether the weights are right only the chain can say."
                : "Whether its proof is right is checked below."}
            </Callout>
          </output>
          <KeyValueList
            items={headFacts(file.head).map(({ label, value }) => ({
              key: label,
              label,
              value: <span className="break-all">{value}</span>,
            }))}
          />
          {file.what === "claims" && <AddressOfFile onAddress={onAddress} />}
        </div>
      );
  }
}

function AddressOfFile({ onAddress }: Pick<ProofViewProps, "onAddress">) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setError(onAddress(text));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 max-w-xl grow basis-72">
        <TextInput
          label="Whose claim"
          hint="Its amount and proof are filled in below."
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
      <div className="sm:mt-[1.43rem]">
        <Button type="submit">Take it from the file</Button>
      </div>
    </form>
  );
}

function FormPanel({ file, form, onForm, issues, check, onCheck }: ProofViewProps) {
  const asset = file.kind === "read" ? file.head.asset : undefined;
  const field = (name: ProofField) => ({
    value: form[name],
    error: issues[name],
    onChange: (value: string) => onForm({ ...form, [name]: value }),
  });
  return (
    <Panel title="The claim and its proof">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onCheck();
        }}
      >
        <TextInput
          label="Root"
          hint="The one that the paying contract holds, best read from there."
          placeholder="0x and 64 hex digits"
          mono
          {...field("root")}
        />
        <Grid columns={2}>
          <TextInput label="Address" placeholder="0x…" mono {...field("address")} />
          <TextInput label="Amount in base units" hint={baseUnitsHint(asset)} {...field("amount")} />
        </Grid>
        <TextArea
          label="Proof"
          hint="Hashes one behind the other, in any of the usual forms. Empty for a tree of one claim."
          rows={5}
          mono
          {...field("proof")}
        />
        <div>
          <Button type="submit" variant="primary" busy={check.kind === "checking"}>
            Check the proof
          </Button>
        </div>
        <CheckOutcome check={check} asset={asset} />
      </form>
    </Panel>
  );
}

function CheckOutcome({
  check,
  asset,
}: {
  readonly check: CheckState;
  readonly asset: FileHead["asset"] | undefined;
}) {
  if (check.kind === "failed") return <NotLoaded what="The proof could not be checked" />;
  if (check.kind !== "done") return null;
  const amount = amountText(check.amountAssets, asset);
  return check.isProven ? (
    <output>
      <Callout tone="ok" title="The proof is right">
        <span className="font-mono break-all">{check.address}</span> has a claim of{" "}
        <strong className="figures font-semibold">{amount}</strong> under this root.
      </Callout>
    </output>
  ) : (
    <div role="alert">
      <Callout tone="danger" title="The proof does not lead to this root">
        There is no claim of <span className="figures">{amount}</span> for{" "}
        <span className="font-mono break-all">{check.address}</span> under it by this proof. One digit in any
        of the four fields is enough for that.
      </Callout>
    </div>
  );
}

function NotLoaded({ what }: { readonly what: string }) {
  return (
    <ErrorState
      title={what}
      cause="A part of this page could not be loaded."
      whatToDo="Check the connection, or load the page again if a newer version was published."
    />
  );
}
