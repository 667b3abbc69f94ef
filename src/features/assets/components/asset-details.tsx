import { useEffect, useRef } from "react";
import type { VaultState } from "@/domain/model";
import type { PoolExit } from "@/domain/risk/collateral";
import { counted, countedManagers } from "@/shared/counted";
import { formatTimestamp } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import type { AssetRow } from "../model";
import { answerText, deviationText, heartbeatText, KIND_WORD, NOT_PUBLISHED, sampleText } from "../texts";

export interface AssetDetailsProps {
  readonly row: AssetRow;
  readonly state: VaultState;
  readonly profitMarginWad: bigint;
  readonly onClose: () => void;
}

function addressItem(key: string, label: string, address: string | undefined): KeyValue {
  return {
    key,
    label,
    value: address === undefined ? NOT_PUBLISHED : <AddressLabel address={address} />,
  };
}

function poolItem(exit: PoolExit, at: AssetDetailsProps): KeyValue {
  const way = at.row.holding.exit;
  const sold = way.kind === "pools" ? way.sold : at.row.holding.asset;
  const depths = exit.depths.map((value) => formatHeld({ value, decimals: sold.decimals })).join(" / ");
  const spot = deviationText(exit.oracleAboveSpotWad, at.profitMarginWad);
  return {
    key: exit.pool,
    label: (
      <>
        Pool <AddressLabel address={exit.pool} />
      </>
    ),
    hint:
      spot === undefined
        ? "The oracle gives no price to compare with."
        : `Oracle against the pool's own price: ${spot.text}${spot.note === undefined ? "" : `, ${spot.note}`}`,
    value: depths === "" ? "unknown" : `${depths} ${sold.symbol} at 1 / 2 / 5 %`,
  };
}

function feedItems({ row }: AssetDetailsProps): readonly KeyValue[] {
  const { oracle, round, holding } = row;
  const second = oracle?.second;
  const from = holding.movedBy;
  const ofOther = from !== undefined && from.address !== holding.asset.address ? ` of ${from.symbol}` : "";
  return [
    addressItem("oracle", "Oracle in the registry", oracle?.oracle),
    ...(row.kind === "fixed" ? [] : [addressItem("feed", `Feed${ofOther}`, round?.feed)]),
    ...(round === undefined
      ? []
      : [
          { key: "round", label: "Round id", value: round.roundId?.toString() ?? "unknown" },
          { key: "answer", label: "Answer", value: answerText(round.answer, round.decimals) },
          {
            key: "updated",
            label: "Updated",
            value: round.updatedAtSeconds === undefined ? "unknown" : formatTimestamp(round.updatedAtSeconds),
          },
          { key: "heartbeat", label: "Heartbeat", value: heartbeatText(row) },
        ]),
    addressItem("second", "Second source", second?.feed ?? oracle?.configured?.secondSource),
    ...(second === undefined
      ? []
      : [
          {
            key: "second-answer",
            label: "Answer of the second source",
            value: answerText(second.answer, second.decimals),
          },
        ]),
    ...(row.history === undefined
      ? []
      : [{ key: "sample", label: "Rounds read", value: sampleText(row.history.read) }]),
  ];
}

/** Everything about one asset: addresses, round, pools. */
export function AssetDetails(props: AssetDetailsProps) {
  const { row, onClose } = props;
  const { asset, concentration, exit } = row.holding;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const kind = KIND_WORD[row.kind];
  return (
    <div ref={place}>
      <Panel
        title={
          <>
            Details of <bdi>{asset.symbol}</bdi>
          </>
        }
        description={kind.meaning}
        actions={
          <>
            <Badge tone={kind.tone}>{kind.word}</Badge>
            <Button size="small" onClick={onClose} label={`Close the details of ${asset.symbol}`}>
              Close
            </Button>
          </>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-2">
          <KeyValueList
            items={[
              { key: "token", label: "Token", value: <AddressLabel address={asset.address} /> },
              ...(concentration.kind === "known"
                ? [{ key: "held", label: "Held by", value: countedManagers(concentration.value.holders) }]
                : []),
              ...(exit.kind === "pools" ? exit.pools.map((pool) => poolItem(pool, props)) : []),
              ...(exit.kind === "none"
                ? [{ key: "no-pool", label: "Way out", value: "no pool is configured" }]
                : []),
              ...(exit.kind === "base"
                ? [{ key: "base", label: "Way out", value: "it is, or redeems for, the base asset" }]
                : []),
              ...(exit.kind === "pools" && exit.pools.length > 1
                ? [{ key: "pools", label: "Pools", value: counted(exit.pools.length, ["pool", "pools"]) }]
                : []),
            ]}
          />
          <KeyValueList items={feedItems(props)} />
        </div>
      </Panel>
    </div>
  );
}
