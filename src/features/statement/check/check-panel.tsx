import { type DragEvent, useState } from "react";
import { MAX_STATEMENT_FILE_BYTES, readStatementFile } from "@/data/statement/use-statement-check";
import { sanitiseText } from "@/shared/text";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { FileField, type FileText } from "@/ui/forms/file-field";
import { TextArea } from "@/ui/forms/text-area";
import { Panel } from "@/ui/layout/panel";
import { CheckedFile } from "./checked-file";

interface Source {
  /** Counts the files of this visit, so that the same text can be checked again. */
  readonly run: number;
  readonly name: string | undefined;
  readonly file: ReturnType<typeof readStatementFile>;
}

/** Takes a statement from anybody and checks it: whose it is, and whether the chain says the same. */
export function CheckPanel() {
  const [pasted, setPasted] = useState("");
  const [source, setSource] = useState<Source>();
  const [fileError, setFileError] = useState<string>();

  const check = (text: string, name: string | undefined): void => {
    setFileError(undefined);
    setSource((before) => ({ run: (before?.run ?? 0) + 1, name, file: readStatementFile(text) }));
  };
  const take = (file: FileText): void => {
    if (file.ok) {
      check(file.text, file.name);
    } else {
      setSource(undefined);
      setFileError(file.message);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    if (file.size > MAX_STATEMENT_FILE_BYTES) {
      take({ ok: false, name: file.name, message: "The file is larger than 16 MB, so it is not read." });
      return;
    }
    void file.text().then((text) => take({ ok: true, name: file.name, text }));
  };

  return (
    <>
      <div onDragOver={(event) => event.preventDefault()} onDrop={drop} className="print:hidden">
        <Panel
          title="The file"
          description="A signed statement, or an unsigned one as JSON. It is read in this page and sent nowhere."
        >
          <div className="grid gap-5 md:grid-cols-2">
            <FileField
              label="Statement file"
              hint="Choose it, or drop it here."
              accept=".json,application/json"
              maximumBytes={MAX_STATEMENT_FILE_BYTES}
              error={fileError}
              onText={take}
            />
            <div className="flex flex-col gap-2">
              <TextArea
                label="Or paste it"
                placeholder="{ … }"
                rows={3}
                mono
                value={pasted}
                onChange={setPasted}
              />
              <div>
                <Button
                  disabledReason={pasted.trim() === "" ? "Paste the file's text first." : undefined}
                  onClick={() => check(pasted, undefined)}
                >
                  Check
                </Button>
              </div>
            </div>
          </div>
        </Panel>
      </div>
      {source !== undefined && <Result key={source.run} source={source} />}
    </>
  );
}

function Result({ source }: { readonly source: Source }) {
  const { file, name } = source;
  if (file.kind !== "unreadable") return <CheckedFile file={file} />;
  return (
    <Callout tone="danger" title="The file cannot be read as a statement">
      {name !== undefined && <p>{sanitiseText(name, 80)}</p>}
      <dl className="mt-1 grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {file.issues.map(({ field, message }) => (
          <div key={`${field}:${message}`} className="contents">
            <dt className="font-mono text-xs break-all">{field}</dt>
            <dd>{message}</dd>
          </div>
        ))}
      </dl>
    </Callout>
  );
}
