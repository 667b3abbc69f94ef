import { type FormEvent, useState } from "react";
import { parseAddress } from "@/data/parse-address";
import type { Address } from "@/domain/model";
import { Button } from "@/ui/forms/button";
import { TextInput } from "@/ui/forms/inputs";

export interface ElsewhereFormProps {
  /** Who probably signs. */
  readonly suggestion: Address | undefined;
  readonly onOpen: (signer: Address) => void;
  readonly onCancel: () => void;
}

/** Asks for whom the data are to be prepared: a Safe signs in its own app, not through this page. */
export function ElsewhereForm({ suggestion, onOpen, onCancel }: ElsewhereFormProps) {
  const [text, setText] = useState<string>(suggestion ?? "");
  const [error, setError] = useState<string>();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = parseAddress(text);
    if (parsed.ok) onOpen(parsed.address);
    else setError(parsed.message);
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 max-w-xl grow basis-72">
        <TextInput
          label="Address of the signer"
          hint="The Safe or account that will sign, not one of its owners."
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
      <div className="flex gap-2 sm:mt-[1.43rem]">
        <Button type="submit" variant="primary">
          Prepare
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
