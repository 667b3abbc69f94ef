import { LoadLine } from "@/ui/load-line/load-line";
import type { LoadLineModel } from "../load-line";

/** One manager against the vault's marks. */
export function ManagerLoadLine({ model }: { readonly model: LoadLineModel }) {
  const { notDrawn, ...picture } = model;
  return <LoadLine {...picture} {...(notDrawn === undefined ? {} : { notDrawn })} />;
}
