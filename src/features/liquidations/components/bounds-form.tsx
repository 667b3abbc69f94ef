import type { LiquidationMode } from "@/data/operator/liquidation-intents";
import type { AssetDescription } from "@/domain/model";
import { formatDuration } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { AmountInput, PercentInput, TextInput } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { type Bounds, type BoundsForm, SPANS_SECONDS } from "../bounds";
import { MODE_WORDS } from "../messages";
import type { SaleLine } from "../sale-lines";
import type { VenueWords } from "../venue-words";
import { SaleTable } from "./sale-table";

/** What is known of the sale, in words. */
export interface SaleState {
  readonly lines: readonly SaleLine[];
  /** "3.5 WBTC": what no exchange here takes. */
  readonly unsold: readonly string[];
  /** "Block 1,204": when it was quoted. */
  readonly quotedAt: string | undefined;
  readonly fault: string | undefined;
  readonly isReading: boolean;
  readonly venueText: string;
  /** What the typed exchange says of itself; undefined while nothing is typed or it is being asked. */
  readonly venue: VenueWords | undefined;
}

export interface BoundsFormProps {
  readonly form: BoundsForm;
  readonly bounds: Bounds;
  readonly asset: AssetDescription;
  readonly sale: SaleState;
  readonly onChange: (change: Partial<BoundsForm>) => void;
  readonly onVenue: (text: string) => void;
  readonly onQuote: () => void;
}

const MODES: readonly LiquidationMode[] = ["pay-from-wallet", "sell-collateral"];

/** How to pay, how much at most, for how long, and what must come back. */
export function BoundsFormView(props: BoundsFormProps) {
  const { form, bounds, asset, onChange } = props;
  const sells = form.mode === "sell-collateral";
  return (
    <div className="flex max-w-[40rem] flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <div>
          <Segmented
            label="How to pay"
            value={form.mode}
            onChange={(mode) => onChange({ mode, minProceedsText: undefined })}
            options={MODES.map((mode) => ({ value: mode, label: MODE_WORDS[mode].title }))}
          />
        </div>
        <p className="text-xs text-ink-muted">{MODE_WORDS[form.mode].detail}</p>
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="text-[0.8125rem] font-medium">Good for</span>
        <div>
          <Segmented
            label="Good for"
            value={form.spanSeconds.toString()}
            onChange={(value) => onChange({ spanSeconds: BigInt(value), maxPaymentText: undefined })}
            options={SPANS_SECONDS.map((span) => ({ value: span.toString(), label: formatDuration(span) }))}
          />
        </div>
        <p className="text-xs text-ink-muted">
          Counted from the moment you press review; a later block refuses the liquidation.
        </p>
      </div>
      <AmountInput
        label="Largest payment"
        symbol={asset.symbol}
        value={bounds.maxPaymentText}
        onChange={(maxPaymentText) => onChange({ maxPaymentText })}
        error={bounds.problems.maxPayment}
        hint={<PaymentHint bounds={bounds} asset={asset} />}
        aside={
          form.maxPaymentText === undefined ? undefined : (
            <TextButton onClick={() => onChange({ maxPaymentText: undefined })}>
              Use the suggestion
            </TextButton>
          )
        }
      />
      {sells && <Sale {...props} />}
      <AmountInput
        label={sells ? "Least that the sales must bring" : "Least oracle value to take over"}
        symbol={asset.symbol}
        value={bounds.minProceedsText}
        onChange={(minProceedsText) => onChange({ minProceedsText })}
        error={bounds.problems.minProceeds}
        warning={bounds.warnings.minProceeds}
        hint={expectedHint(props)}
        aside={
          form.minProceedsText === undefined ? undefined : (
            <TextButton onClick={() => onChange({ minProceedsText: undefined })}>
              Use the suggestion
            </TextButton>
          )
        }
      />
      <PercentInput
        label="Tolerance"
        value={form.toleranceText}
        onChange={(toleranceText) => onChange({ toleranceText })}
        error={bounds.problems.tolerance}
        hint={
          sells
            ? "How far each sale may fall short of its quote before it is refused."
            : "How far the value may fall before the liquidation is refused; sets the suggestion above."
        }
      />
    </div>
  );
}

function TextButton(props: { readonly onClick: () => void; readonly children: string }) {
  return (
    <button
      type="button"
      onClick={props.onClick}
      className="rounded font-medium text-accent underline decoration-dotted underline-offset-2 hover:decoration-solid"
    >
      {props.children}
    </button>
  );
}

function PaymentHint({ bounds, asset }: { readonly bounds: Bounds; readonly asset: AssetDescription }) {
  const { quotedAssets, interestAssets, priceAssets } = bounds.suggested;
  const { decimals, symbol } = asset;
  const amount = (value: bigint): string => formatOwed({ value, decimals, symbol });
  if (bounds.isAllowanceUsed && bounds.maxPaymentAssets !== undefined) {
    return (
      <>
        What your executor may take already: the {amount(quotedAssets)} asked now, and{" "}
        {amount(bounds.maxPaymentAssets - quotedAssets)} more. You pay what is asked at that block, not this.
      </>
    );
  }
  return (
    <>
      Suggested: the {amount(quotedAssets)} asked now, plus {amount(interestAssets)} of interest until the
      deadline{priceAssets > 0n && <>, plus {amount(priceAssets)} in case the price rises</>}. You pay what is
      asked at that block, not this.
    </>
  );
}

function expectedHint({ form, bounds, asset }: BoundsFormProps): string {
  const { expectedAssets, suggested } = bounds;
  if (expectedAssets === undefined) return "What to expect is not known yet.";
  const { decimals, symbol } = asset;
  const expected = formatHeld({ value: expectedAssets, decimals, symbol });
  if (form.mode === "pay-from-wallet") return `Worth ${expected} now, at oracle prices.`;
  const left = expectedAssets - suggested.quotedAssets;
  const rest =
    left > 0n
      ? ` About ${formatHeld({ value: left, decimals, symbol })} would be left for you, before gas.`
      : "";
  return `Expected: ${expected}, the sales and the bond together, before the payment.${rest}`;
}

function Sale({ sale, onVenue, onQuote }: BoundsFormProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-[0.8125rem] font-medium">
          Sales{" "}
          <span className="figures text-xs font-normal text-ink-muted">
            {sale.quotedAt === undefined ? "" : `quoted at ${sale.quotedAt}`}
          </span>
        </span>
        <Button size="small" busy={sale.isReading} onClick={onQuote}>
          Quote again
        </Button>
      </div>
      {sale.fault !== undefined && (
        <Callout tone="caution" title="The sales could not be quoted">
          {sale.fault}
        </Callout>
      )}
      <SaleTable lines={sale.lines} />
      {sale.unsold.length > 0 && (
        <Callout tone="caution" title={`No exchange here takes ${sale.unsold.join(", ")}`}>
          It comes to your wallet unsold. Name an exchange that trades it against the base asset to sell it
          too.
        </Callout>
      )}
      <TextInput
        label="Another exchange"
        hint={`${sale.venue?.kind === "note" ? `${sale.venue.text} ` : "Address of a constant-product pool of the reference deployment. "}Whoever runs this site has not vouched for it; the least proceeds below bound what it can cost.`}
        value={sale.venueText}
        onChange={onVenue}
        error={sale.venue?.kind === "problem" ? sale.venue.text : undefined}
        placeholder="0x…"
        mono
      />
    </div>
  );
}
