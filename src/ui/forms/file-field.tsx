import { Field, type FieldProps } from "./field";

/** What became of a chosen file: its text, or why it could not be read. */
export type FileText =
  | { readonly ok: true; readonly name: string; readonly text: string }
  | { readonly ok: false; readonly name: string; readonly message: string };

export interface FileFieldProps extends Omit<FieldProps, "children"> {
  /** As the browser filters its list: ".json,application/json". A hint to the reader, no check. */
  readonly accept: string;
  /** A larger file is refused before it is read. */
  readonly maximumBytes: number;
  readonly onText: (file: FileText) => void;
}

const BYTES_IN_MEGABYTE = 1_000_000;

async function readText(file: File, maximumBytes: number): Promise<FileText> {
  const { name } = file;
  if (file.size > maximumBytes) {
    const most = Math.floor(maximumBytes / BYTES_IN_MEGABYTE);
    return { ok: false, name, message: `The file is larger than ${most} MB, so it is not read.` };
  }
  try {
    return { ok: true, name, text: await file.text() };
  } catch (cause) {
    // Moved or deleted since it was chosen, or not readable for this person.
    if (!(cause instanceof DOMException)) throw cause;
    return { ok: false, name, message: "The browser could not read the file. Choose it again." };
  }
}

/** Chooses a file of this computer. It is read in the page and sent nowhere. */
export function FileField(props: FileFieldProps) {
  const { accept, maximumBytes, onText } = props;
  return (
    <Field label={props.label} hint={props.hint} error={props.error} aside={props.aside}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          accept={accept}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) void readText(file, maximumBytes).then(onText);
          }}
          onClick={(event) => {
            // The same file, changed meanwhile, can be chosen again.
            event.currentTarget.value = "";
          }}
          className="block w-full min-w-0 text-[0.8125rem] text-ink-muted file:mr-3 file:min-h-9 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:font-medium file:text-ink hover:file:bg-sunken"
        />
      )}
    </Field>
  );
}
