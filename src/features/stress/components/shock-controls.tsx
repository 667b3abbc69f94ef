import { useMemo } from "react";
import type { RiskBook } from "@/domain/risk/model";
import { Badge } from "@/ui/data/badge";
import { Button } from "@/ui/forms/button";
import { SelectField } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { Slider } from "@/ui/forms/slider";
import {
  choosableAssets,
  DEPEG_FALL_WAD,
  fallOfPercent,
  fallText,
  MOST_FALL_WAD,
  PRESET_FALLS_WAD,
  percentOfFall,
  type ShockKind,
  type StressChoice,
} from "../choice";
import type { WorstDay } from "../history";

export interface ShockControlsProps {
  readonly book: RiskBook;
  readonly choice: StressChoice;
  readonly onChange: (choice: StressChoice) => void;
  /** Undefined while the rounds are read, or where they hold no fall. */
  readonly worstDay: WorstDay | undefined;
}

const STEP_PERCENT = 0.5;

/** What falls, and by how much. */
export function ShockControls({ book, choice, onChange, worstDay }: ShockControlsProps) {
  const assets = useMemo(() => choosableAssets(book), [book]);
  const kinds: readonly { readonly value: ShockKind; readonly label: string }[] = [
    { value: "all", label: "All collateral" },
    { value: "one", label: "One asset" },
    { value: "several", label: "Several" },
    { value: "base", label: `${book.state.asset.symbol} depeg` },
  ];
  const setFall = (fallWad: bigint): void => onChange({ ...choice, fallWad });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <span className="text-[0.8125rem] font-medium">What falls</span>
        <Segmented
          label="What falls"
          value={choice.kind}
          onChange={(kind) => onChange({ ...choice, kind })}
          options={kinds}
        />
        {choice.kind === "one" && assets.length > 0 && (
          <SelectField
            label="Asset"
            value={
              assets.find(({ address }) => address === choice.assets[0])?.address ??
              assets[0]?.address ??
              "0x"
            }
            onChange={(address) => onChange({ ...choice, assets: [address] })}
            options={assets.map(({ address, symbol, source }) => ({
              value: address,
              label: source.kind === "fixed" ? `${symbol} (fixed oracle price)` : symbol,
            }))}
          />
        )}
        {choice.kind === "several" && <AssetChecks {...{ assets, choice, onChange }} />}
        {choice.kind === "base" && (
          <p className="text-xs text-ink-muted">
            Debts are owed in {book.state.asset.symbol}: when it falls, they and the bonds fall with it, and
            what else stands against them is worth more of it.
          </p>
        )}
      </div>
      <Slider
        label="Fall"
        hint={`0 to ${fallText(MOST_FALL_WAD)} of today's price. The number field takes two digits after the point.`}
        value={percentOfFall(choice.fallWad)}
        onChange={(percent) => setFall(fallOfPercent(percent))}
        min={0}
        max={percentOfFall(MOST_FALL_WAD)}
        step={STEP_PERCENT}
        unit="%"
        valueText={`minus ${fallText(choice.fallWad).replace("%", "")} per cent`}
      />
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">Preset falls</legend>
        {PRESET_FALLS_WAD.map((fallWad) => (
          <Button key={`${fallWad}`} size="small" onClick={() => setFall(fallWad)}>
            −{fallText(fallWad)}
          </Button>
        ))}
        <Button
          size="small"
          onClick={() => onChange({ ...choice, kind: "base", fallWad: DEPEG_FALL_WAD })}
          label={`Depeg of ${book.state.asset.symbol}, −${fallText(DEPEG_FALL_WAD)}`}
        >
          {book.state.asset.symbol} depeg −{fallText(DEPEG_FALL_WAD)}
        </Button>
        {worstDay !== undefined && (
          <Button size="small" onClick={() => setFall(worstDay.fallWad)}>
            Worst recorded day −{fallText(worstDay.fallWad)}
          </Button>
        )}
      </fieldset>
      {worstDay !== undefined && (
        <p className="figures text-xs text-ink-muted">
          Worst recorded day: −{fallText(worstDay.fallWad)}, {worstDay.text}. History of the feed's own
          rounds.
        </p>
      )}
    </div>
  );
}

function AssetChecks(
  props: Pick<ShockControlsProps, "choice" | "onChange"> & {
    readonly assets: ReturnType<typeof choosableAssets>;
  },
) {
  const { assets, choice, onChange } = props;
  return (
    <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
      <legend className="mb-1 text-xs text-ink-muted">These fall together, each by the same part</legend>
      {assets.map(({ address, symbol, source }) => (
        <label key={address} className="flex min-h-8 items-center gap-2 text-[0.8125rem]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={choice.assets.includes(address)}
            onChange={(event) =>
              onChange({
                ...choice,
                assets: event.currentTarget.checked
                  ? [...choice.assets, address]
                  : choice.assets.filter((one) => one !== address),
              })
            }
          />
          {symbol}
          {source.kind === "fixed" && (
            <Badge tone="caution" plain>
              fixed oracle price
            </Badge>
          )}
        </label>
      ))}
    </fieldset>
  );
}
