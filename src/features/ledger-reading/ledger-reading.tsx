import { useLedgerBook } from "@/data/ledger-book/use-ledger-book";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { type FaultText, LedgerReadingView } from "./ledger-reading-view";

export interface LedgerReadingProps {
  readonly report: VaultReport;
  /** Only what this address's statement needs. */
  readonly for?: Address;
  readonly withShortfalls?: boolean;
  /** What is unknown while the past is not read, as the beginning of a sentence that ends in "unknown". */
  readonly missing: string;
  readonly faultText: FaultText;
}

/** How the reading of the past stands, for any page that shows something of the whole ledger. */
export function LedgerReading(props: LedgerReadingProps) {
  const { report, missing, faultText, withShortfalls } = props;
  const view = useLedgerBook(report, {
    for: props.for,
    ...(withShortfalls === undefined ? {} : { withShortfalls }),
  });
  return (
    <LedgerReadingView
      view={view}
      missing={missing}
      isClockRefused={view.data?.isClockRefused === true}
      faultText={faultText}
    />
  );
}
