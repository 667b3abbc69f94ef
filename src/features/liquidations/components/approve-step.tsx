import type { AssetDescription } from "@/domain/model";
import { formatAmount, formatExactAmount } from "@/shared/format";
import { formatOwed } from "@/shared/format-money";
import { parseAmount } from "@/shared/parse";
import { Button } from "@/ui/forms/button";
import { AmountInput } from "@/ui/forms/inputs";

export interface ApproveStepProps {
  readonly asset: AssetDescription;
  /** undefined while the largest payment has a problem. */
  readonly maxPaymentAssets: bigint | undefined;
  readonly allowanceAssets: bigint | undefined;
  /** What was typed; undefined while the largest payment itself stands. */
  readonly text: string | undefined;
  readonly isBusy: boolean;
  readonly disabledReason: string | undefined;
  readonly onText: (text: string | undefined) => void;
  readonly onApprove: (amountAssets: bigint) => void;
}

/** An exact allowance for the executor, and the way to take it back. */
export function ApproveStep(props: ApproveStepProps) {
  const { asset, maxPaymentAssets, allowanceAssets, isBusy, disabledReason } = props;
  const { decimals, symbol } = asset;
  const text =
    props.text ??
    (maxPaymentAssets === undefined ? "" : formatExactAmount({ value: maxPaymentAssets, decimals }));
  const parsed = parseAmount({ text, decimals });
  const problem = approveProblem({ parsed, maxPaymentAssets, asset });
  const amount = parsed.ok && problem === undefined ? parsed.value : undefined;
  const covers = allowanceAssets !== undefined && amount !== undefined && allowanceAssets >= amount;
  return (
    <div className="flex max-w-[40rem] flex-col gap-3">
      {!covers && (
        <AmountInput
          label="Allowance"
          symbol={symbol}
          value={text}
          onChange={(next) => props.onText(next)}
          error={props.text === undefined && maxPaymentAssets === undefined ? undefined : problem}
          hint="Exactly this much. What the liquidation does not use stays allowed until you take it back."
        />
      )}
      <div className="flex flex-wrap items-start gap-2">
        {!covers && (
          <Button
            variant="primary"
            busy={isBusy}
            disabledReason={
              disabledReason ?? (amount === undefined ? (problem ?? "Enter an amount.") : undefined)
            }
            onClick={() => {
              if (amount !== undefined) props.onApprove(amount);
            }}
          >
            {amount === undefined ? "Approve" : `Approve ${formatOwed({ value: amount, decimals, symbol })}`}
          </Button>
        )}
        {allowanceAssets !== undefined && allowanceAssets > 0n && (
          <Button busy={isBusy} disabledReason={disabledReason} onClick={() => props.onApprove(0n)}>
            Take the allowance back
          </Button>
        )}
      </div>
    </div>
  );
}

function approveProblem(input: {
  readonly parsed: ReturnType<typeof parseAmount>;
  readonly maxPaymentAssets: bigint | undefined;
  readonly asset: AssetDescription;
}): string | undefined {
  const { parsed, maxPaymentAssets, asset } = input;
  if (maxPaymentAssets === undefined) return "Set the largest payment first.";
  if (!parsed.ok) return parsed.message;
  if (parsed.value >= maxPaymentAssets) return undefined;
  const needed = formatAmount({
    value: maxPaymentAssets,
    decimals: asset.decimals,
    symbol: asset.symbol,
    maximumFractionDigits: asset.decimals,
  });
  return `The executor may need ${needed}. Approve at least that, or lower the largest payment.`;
}
