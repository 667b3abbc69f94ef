import { Badge } from "@/ui/data/badge";
import type { FigureText } from "@/ui/figures/figure-text";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import type { IdentityTexts } from "./texts";

function Amount({ figure }: { readonly figure: FigureText }) {
  if (figure.kind === "unknown") return <FigureUnknown why={figure.why} inline />;
  return <span className="figures">{figure.kind === "known" ? figure.text : "…"}</span>;
}

/** The addition that ends at an LP's value, every digit shown, and what is left over. */
export function IdentityTable({
  identity,
  symbol,
}: {
  readonly identity: IdentityTexts;
  readonly symbol: string;
}) {
  return (
    <table className="w-full border-collapse text-[0.8125rem]">
      <caption className="sr-only">How the value came about</caption>
      <thead>
        <tr className="text-xs text-ink-muted">
          <th scope="col" className="px-4 py-2 text-left font-medium">
            What
          </th>
          <th scope="col" className="px-4 py-2 text-right font-medium">
            {symbol}
          </th>
        </tr>
      </thead>
      <tbody>
        {identity.steps.map(({ id, label, hint, amount }) => (
          <tr key={id} className="border-t border-line align-baseline">
            <th scope="row" className="px-4 py-1.5 text-left font-normal">
              {label}
              <span className="block text-xs text-ink-faint">{hint}</span>
            </th>
            <td className="px-4 py-1.5 text-right whitespace-nowrap">
              <Amount figure={amount} />
            </td>
          </tr>
        ))}
        <tr className="border-t-2 border-line-strong align-baseline">
          <th scope="row" className="px-4 py-1.5 text-left font-medium">
            Adds up to
          </th>
          <td className="px-4 py-1.5 text-right font-medium whitespace-nowrap">
            <Amount figure={identity.sum} />
          </td>
        </tr>
        <tr className="border-t border-line align-baseline">
          <th scope="row" className="px-4 py-1.5 text-left font-medium">
            Value at this block
            <span className="block text-xs font-normal text-ink-faint">the vault's own conversion</span>
          </th>
          <td className="px-4 py-1.5 text-right font-medium whitespace-nowrap">
            <Amount figure={identity.value} />
          </td>
        </tr>
        <tr className="border-t border-line align-baseline">
          <th scope="row" className="px-4 py-1.5 text-left font-medium">
            <span className="mr-2">Residual</span>
            <Closes closes={identity.closes} />
          </th>
          <td className="px-4 py-1.5 text-right font-medium whitespace-nowrap">
            <Amount figure={identity.residual} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Closes({ closes }: { readonly closes: boolean | undefined }) {
  if (closes === undefined) return <Badge tone="stale">not known</Badge>;
  return closes ? (
    <Badge tone="ok">closes to the unit</Badge>
  ) : (
    <Badge tone="danger">does not close: do not rely on this statement</Badge>
  );
}
