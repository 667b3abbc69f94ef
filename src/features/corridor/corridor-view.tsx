import { clsx } from "clsx";
import { useMemo, useState } from "react";
import { parseAddress } from "@/data/parse-address";
import { corridorOf, type PaymentRule } from "@/domain/liquidation";
import type { Address, FluxState, VaultState } from "@/domain/model";
import { formatRatioPercent, toSafeInteger } from "@/shared/format";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { Slider } from "@/ui/forms/slider";
import { Panel } from "@/ui/layout/panel";
import { CorridorStrip } from "./corridor-strip";
import {
  type BufferLine,
  bufferLinesOf,
  type CorridorCase,
  type CorridorPoint,
  caseLinesOf,
  corridorPointOf,
  STOPS,
  scaleOf,
  widthsOf,
} from "./model";

export interface CorridorViewProps {
  readonly state: VaultState;
  readonly flux: FluxState;
  readonly cases: readonly CorridorCase[];
  /** What the strategy's own answers show; undefined when they cannot tell the rules apart. */
  readonly shownRule: PaymentRule | undefined;
  /** What an address has of a bad debt; undefined where it cannot be known. */
  readonly ownPart: (lossAssets: bigint, holder: Address) => string | undefined;
}

const STEP_WAD = 10n ** 15n;
const STEP_PERCENT = 0.1;

/** A health ratio as the slider's number: per cent of the debt, one digit. */
function percentOf(healthWad: bigint): number {
  return toSafeInteger(healthWad / STEP_WAD) / 10;
}

/** How a loss comes about: the way from healthy to closed, with a price to drag. */
export function CorridorView({ state, flux, cases, shownRule, ownPart }: CorridorViewProps) {
  const { strategy } = flux;
  const [caseId, setCaseId] = useState<string>();
  const [rule, setRule] = useState<PaymentRule>(shownRule ?? "a");
  /** Per mille of the debt; undefined: the case's own value, to the unit. */
  const [moved, setMoved] = useState<bigint>();
  const one = cases.find(({ id }) => id === caseId) ?? cases[0];
  const corridor = useMemo(() => corridorOf(strategy), [strategy]);
  if (one === undefined) return null;
  const valueAssets = moved === undefined ? one.valueAssets : (one.trueDebtAssets * moved) / 1_000n;
  const point = corridorPointOf({ strategy, rule, trueDebtAssets: one.trueDebtAssets, valueAssets });
  const { highWad } = scaleOf(corridor);
  return (
    <Panel
      title="The corridor: how a loss comes about"
      description="A position on its way down: value ÷ debt falls to the right. Drag the price, or pick a liquidation that really happened."
      actions={
        <Segmented
          label="Payment rule"
          value={rule}
          onChange={setRule}
          options={[
            { value: "a", label: "Rule (a): whole debt" },
            { value: "b", label: "Rule (b): never above value less margin" },
          ]}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-xs text-ink-muted">{ruleText(shownRule)}</p>
        <div className="grid gap-x-6 gap-y-3 md:grid-cols-2">
          <SelectField
            label="Case"
            value={one.id}
            onChange={(id) => {
              setCaseId(id);
              setMoved(undefined);
            }}
            options={cases.map(({ id, label }) => ({ value: id, label }))}
            hint={
              cases.length === 1 ? "No liquidation of this vault is known to have left bad debt." : undefined
            }
          />
          <Slider
            label="Value of the position, per cent of its debt"
            value={percentOf(point.healthWad)}
            onChange={(percent) => setMoved(BigInt(Math.round(percent * 10)))}
            min={50}
            max={percentOf(highWad)}
            step={STEP_PERCENT}
            unit="%"
            hint={fallText(point)}
          />
        </div>
        <CorridorStrip corridor={corridor} rule={rule} point={point} />
        <Stops point={point} />
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
          <Widths corridor={corridor} rule={rule} />
          <div className="flex min-w-0 flex-col gap-3">
            <CaseArithmetic
              one={one}
              point={point}
              state={state}
              rule={rule}
              marginWad={strategy.liquidationProfitMarginWad}
              isMoved={moved !== undefined}
            />
            <OwnPart lossAssets={point.badDebtAssets} ownPart={ownPart} />
          </div>
        </div>
        <Conflict flux={flux} rule={rule} />
      </div>
    </Panel>
  );
}

function ruleText(shown: PaymentRule | undefined): string {
  return shown === undefined
    ? "Which rule this vault uses its answers do not show: no position stands where the rules differ. The documentation's case split reads as (a)."
    : `This vault uses rule (${shown}): its strategy's own answers show it.`;
}

function fallText({ fallSinceOpeningWad }: CorridorPoint): string {
  return fallSinceOpeningWad < 0n
    ? "Worth more than at an opening with the minimum bond."
    : `${formatRatioPercent({ ratioWad: fallSinceOpeningWad })} less than at an opening with the minimum bond.`;
}

function Stops({ point }: { readonly point: CorridorPoint }) {
  return (
    <ol aria-label="Five stops" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-5">
      {STOPS.map(({ id, name, meaning }, place) => {
        const isHere = id === point.stop;
        return (
          <li
            key={id}
            {...(isHere ? { "aria-current": "step" } : {})}
            className={clsx(
              "rounded-md border px-3 py-2 text-xs",
              isHere ? "border-accent bg-accent-soft" : "border-line text-ink-muted",
            )}
          >
            <span className="flex flex-wrap items-center gap-1.5 font-semibold text-ink">
              {place + 1}. {name}
              {isHere && (
                <Badge tone="accent" plain>
                  here
                </Badge>
              )}
              {isHere && point.isDeadZone && <Badge tone="caution">dead zone</Badge>}
            </span>
            {meaning}
          </li>
        );
      })}
    </ol>
  );
}

function Widths({
  corridor,
  rule,
}: {
  readonly corridor: ReturnType<typeof corridorOf>;
  readonly rule: PaymentRule;
}) {
  const widths = widthsOf(corridor, rule);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-[0.8125rem] font-semibold">Who has which width</h3>
      <KeyValueList
        items={[
          {
            key: "room",
            label: "Manager room",
            hint: "opening to T, a fall of value that the manager may sit out: for the manager",
            value: widths.managerRoom,
          },
          {
            key: "cushion",
            label: "LP cushion, T − 1",
            hint: "what is left above the debt when liquidation opens: for the LPs",
            value: widths.cushion,
          },
          {
            key: "gap",
            label: "Gap tolerance g",
            hint: "how far value may fall between trigger and settlement before LPs lose",
            value: <Money figure={widths.gap} />,
          },
          {
            key: "dead",
            label: "Dead zone, hatched",
            hint: "under rule (a) a liquidator earns nothing here and the margin just below: waiting pays",
            value: <Money figure={widths.deadZone} />,
          },
        ]}
      />
      {widths.isGapGone && (
        <Callout tone="loss" title="No gap tolerance">
          A liquidation exactly at the trigger would already leave bad debt.
        </Callout>
      )}
    </div>
  );
}

function CaseArithmetic(props: Parameters<typeof caseLinesOf>[0]) {
  const lines = caseLinesOf(props);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-[0.8125rem] font-semibold">What closing it there would leave</h3>
      <KeyValueList
        items={lines.map(({ id, label, value, hint, isLoss }) => ({
          key: id,
          label,
          hint,
          value: <span className={isLoss ? "text-loss" : undefined}>{value}</span>,
        }))}
      />
    </div>
  );
}

function OwnPart({
  lossAssets,
  ownPart,
}: { readonly lossAssets: bigint } & Pick<CorridorViewProps, "ownPart">) {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState("");
  const parsed = parseAddress(text);
  const part = parsed.ok ? ownPart(lossAssets, parsed.address) : undefined;
  return (
    <div className="flex flex-col gap-2 print:hidden">
      <label className="flex min-h-8 items-center gap-2 text-[0.8125rem]">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isOpen}
          onChange={(event) => setIsOpen(event.currentTarget.checked)}
        />
        My share of it
      </label>
      {isOpen && (
        <TextInput
          label="An LP's address"
          placeholder="0x…"
          mono
          value={text}
          onChange={setText}
          error={text.trim() === "" || parsed.ok ? undefined : parsed.message}
          hint="By the shares it holds today. Nothing is sent or stored."
        />
      )}
      {isOpen && parsed.ok && (
        <KeyValueList
          items={[
            {
              key: "own",
              label: "Own part of the bad debt",
              value: part ?? "unknown: the history is not whole",
            },
          ]}
        />
      )}
    </div>
  );
}

const BUFFER_COLUMNS: readonly Column<BufferLine>[] = [
  {
    id: "buffer",
    header: "Buffer",
    rowHeader: true,
    cell: ({ buffer, isToday }) => (
      <span className="inline-flex items-center gap-1.5">
        {buffer}
        {isToday && <Badge tone="accent">today</Badge>}
      </span>
    ),
  },
  { id: "threshold", header: "T", align: "end", cell: ({ threshold }) => threshold },
  { id: "room", header: "Manager room", align: "end", cell: ({ managerRoom }) => managerRoom },
  { id: "cushion", header: "LP cushion", align: "end", cell: ({ cushion }) => cushion },
  { id: "gap", header: "Gap tolerance", align: "end", cell: ({ gap }) => <Money figure={gap} /> },
];

function Conflict({ flux, rule }: { readonly flux: FluxState; readonly rule: PaymentRule }) {
  const lines = useMemo(() => bufferLinesOf(flux.strategy, rule), [flux.strategy, rule]);
  const bond = formatRatioPercent({ ratioWad: flux.strategy.minBondRatioWad });
  return (
    <>
      <Callout tone="caution" title="The documentation contradicts its own formula about the buffer">
        <p>
          <strong className="font-semibold">
            A larger liquidation buffer means later liquidation and a thinner LP cushion.
          </strong>{" "}
          The documentation's formula, given on two pages and used by the contracts, subtracts the buffer: T =
          1 + bond ratio − buffer. Its pages on choosing a vault, on bad debt and on vault risk call a large
          buffer conservative, an extra safety. By the formula it is the manager who is protected, from an
          early liquidation; the LPs' cushion gets thinner by the same amount.
        </p>
        <p className="mt-1">
          It also says that a lower threshold liquidates earlier. It is the other way round: a higher T
          liquidates earlier, while the position is worth more. This page follows the formula, since the
          contracts do.
        </p>
      </Callout>
      <DataTable
        caption={`What the buffer does under a bond of ${bond}`}
        columns={BUFFER_COLUMNS}
        rows={lines}
        rowKey={({ id }) => id}
        rowTone={({ isToday }) => (isToday ? "accent" : undefined)}
        empty={null}
      />
    </>
  );
}
