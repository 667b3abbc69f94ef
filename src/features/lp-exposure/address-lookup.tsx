import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { parseAddress } from "@/data/parse-address";
import type { Address } from "@/domain/model";
import { Button } from "@/ui/forms/button";
import { TextInput } from "@/ui/forms/inputs";

export interface AddressLookupProps {
  readonly onOpen: (address: Address) => void;
}

/** Opens the page of any address: no wallet, and nothing is stored. */
export function AddressLookup({ onOpen }: AddressLookupProps) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);

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
          label="Address"
          hint="0x and 40 hex digits. Nothing is stored."
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
        <Button type="submit" variant="primary" icon={ArrowRight}>
          Open
        </Button>
      </div>
    </form>
  );
}
