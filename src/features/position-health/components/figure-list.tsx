import { KeyValueList } from "@/ui/data/key-value-list";
import { Money } from "@/ui/figures/money";
import type { NamedFigure } from "../manager-texts";

/** Named figures under each other. */
export function FigureList({ figures }: { readonly figures: readonly NamedFigure[] }) {
  return (
    <KeyValueList
      items={figures.map(({ id, label, hint, figure }) => ({
        key: id,
        label,
        ...(hint === undefined ? {} : { hint }),
        value: <Money figure={figure} />,
      }))}
    />
  );
}
