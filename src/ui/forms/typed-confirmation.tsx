import { useState } from "react";
import { TextInput } from "./inputs";

export interface TypedConfirmationProps {
  /** What must be typed, letter by letter; capitals do not matter. */
  readonly expected: string;
  /** "Type … to …". */
  readonly label: string;
  readonly hint?: string;
  readonly onChange: (isConfirmed: boolean) => void;
}

/** A confirmation that cannot be given by habit: the word or digits have to be typed. */
export function TypedConfirmation({ expected, label, hint, onChange }: TypedConfirmationProps) {
  const [text, setText] = useState("");
  return (
    <TextInput
      label={label}
      {...(hint === undefined ? {} : { hint })}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(next.trim().toLowerCase() === expected.toLowerCase());
      }}
      mono
    />
  );
}
