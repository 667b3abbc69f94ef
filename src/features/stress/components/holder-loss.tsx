import { parseAddress } from "@/data/parse-address";
import type { RiskBook } from "@/domain/risk/model";
import type { Outcome } from "@/domain/risk/outcome";
import type { VaultReport } from "@/report/vault-report";
import { Stat } from "@/ui/figures/stat";
import { TextInput } from "@/ui/forms/inputs";
import { fallText } from "../choice";
import { wouldLoseTextOf } from "../figures";

export interface HolderLossProps {
  readonly book: RiskBook;
  readonly report: Pick<VaultReport, "holdings" | "history">;
  readonly outcome: Outcome;
  readonly holder: string;
  readonly fallWad: bigint;
  readonly onHolder: (holder: string) => void;
}

/** What one address would lose at the chosen fall. */
export function HolderLoss({ book, report, outcome, holder, fallWad, onHolder }: HolderLossProps) {
  const parsed = parseAddress(holder);
  const text = parsed.ok ? wouldLoseTextOf({ report, book, outcome, holder: parsed.address }) : undefined;
  return (
    <div className="mt-4 flex flex-col gap-3 border-t border-line pt-3">
      <TextInput
        label="Your address"
        hint="Any LP's address. Nothing is sent or stored; it stands in the page's address."
        placeholder="0x…"
        mono
        value={holder}
        onChange={onHolder}
        error={holder.trim() === "" || parsed.ok ? undefined : parsed.message}
      />
      {text !== undefined && (
        <Stat
          label="You would lose"
          sublabel={`${text.sentence}, at −${fallText(fallWad)}`}
          figure={text.figure}
          size="medium"
        />
      )}
    </div>
  );
}
