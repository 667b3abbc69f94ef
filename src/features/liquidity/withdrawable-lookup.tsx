import { type FormEvent, useState } from "react";
import { parseAddress } from "@/data/parse-address";
import type { Address, Figure, VaultState } from "@/domain/model";
import { formatHeld } from "@/shared/format-money";
import { AddressLabel } from "@/ui/data/address-label";
import { Stat } from "@/ui/figures/stat";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { TextInput } from "@/ui/forms/inputs";
import type { LeavingLp } from "./model";

export interface WithdrawableLookupProps {
  /** As the address bar has it; empty for none. */
  readonly asked: string;
  readonly onAsk: (address: Address) => void;
  readonly answer: Figure<LeavingLp> | undefined;
  readonly state: VaultState;
}

/** What one address could take out now. Nothing is stored; the address stands in the page's own address. */
export function WithdrawableLookup({ asked, onAsk, answer, state }: WithdrawableLookupProps) {
  const [text, setText] = useState(asked);
  const [error, setError] = useState<string | undefined>(undefined);
  const { decimals, symbol } = state.asset;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = parseAddress(text);
    if (parsed.ok) onAsk(parsed.address);
    else setError(parsed.message);
  };
  return (
    <div className="flex flex-col gap-3">
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 max-w-xl grow basis-72">
          <TextInput
            label="Address that wants to leave"
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
          <Button type="submit">How much can it withdraw</Button>
        </div>
      </form>
      {answer !== undefined && (
        <output className="flex flex-col gap-1">
          {answer.kind === "known" && <AddressLabel address={answer.value.holder} />}
          <Stat
            label="Withdrawable now"
            size="medium"
            sublabel={
              answer.kind === "known" ? sublabelOf(answer.value, state) : "the smaller of balance and idle"
            }
            figure={
              answer.kind === "known" && answer.value.withdrawableAssets.kind === "known"
                ? {
                    kind: "known",
                    text: formatHeld({ value: answer.value.withdrawableAssets.value, decimals }),
                    unit: symbol,
                  }
                : {
                    kind: "unknown",
                    why: WHY_UNKNOWN[answer.kind === "unknown" ? answer.reason : "not-published"],
                  }
            }
          />
        </output>
      )}
    </div>
  );
}

function sublabelOf({ balanceAssets, shares }: LeavingLp, { asset }: VaultState): string {
  if (shares === 0n) return "it holds no shares";
  return balanceAssets.kind === "known"
    ? `of a balance of ${formatHeld({ value: balanceAssets.value, decimals: asset.decimals, symbol: asset.symbol })}`
    : "the smaller of balance and idle";
}
