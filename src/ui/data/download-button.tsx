import { Download } from "lucide-react";
import { Button } from "../forms/button";

const KEEP_MS = 30_000;

export interface DownloadButtonProps {
  /** "positions-block-1204.csv". */
  readonly fileName: string;
  readonly mimeType: "text/csv" | "application/json" | "text/plain";
  /** Makes the content at the press: a large export costs nothing until it is wanted. */
  readonly content: () => string;
  /** Visible words: "CSV". */
  readonly children: string;
  /** The button's full name: "Download positions as CSV". */
  readonly label: string;
  readonly disabledReason?: string | undefined;
}

/** Saves a text that the page itself made as a file. Nothing is sent anywhere. */
export function DownloadButton(props: DownloadButtonProps) {
  const save = (): void => {
    const type = `${props.mimeType};charset=utf-8`;
    const address = URL.createObjectURL(new Blob([props.content()], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = props.fileName;
    link.click();
    // Some browsers begin to read only after a while; keeping the address for good would keep the memory.
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
  };
  return (
    <Button
      size="small"
      icon={Download}
      label={props.label}
      onClick={save}
      disabledReason={props.disabledReason}
    >
      {props.children}
    </Button>
  );
}
