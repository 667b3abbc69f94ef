import { exposureBookFor } from "@/data/exposure-book";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { Panel } from "@/ui/layout/panel";
import { WatchListView } from "./watch-list-view";

export interface WatchListPanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (address: Address) => string;
}

/** The watch-list of this browser, summed for this vault. */
export function WatchListPanel({ report, hrefOf }: WatchListPanelProps) {
  const watchList = useWatchList(report.config.chainId);
  return (
    <Panel
      title="Watch-list"
      description="Addresses of your own choice and what they hold and lost in this vault together."
      flush
    >
      <WatchListView
        book={exposureBookFor(report)}
        entries={watchList.entries}
        isDurable={watchList.isDurable}
        onAdd={(text, label) => watchList.add(text, label)}
        onRemove={(address) => watchList.remove(address)}
        hrefOf={hrefOf}
      />
    </Panel>
  );
}
