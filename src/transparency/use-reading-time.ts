import { useEffect, useMemo, useState } from "react";
import { type ChainTime, chainTimeOf } from "@/domain/chain-clock";
import type { PublicReading } from "./public-reader";

const TICK_MS = 1_000;

/** The time of the chain, once a second while somebody looks. */
export function useReadingTime(reading: PublicReading): ChainTime {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const { head, seenAtMs } = reading;
  return useMemo(
    () => chainTimeOf({ head: { head, seenAtMs }, wallMs: Date.now(), nowMs, notBeforeSeconds: 0n }),
    [head, seenAtMs, nowMs],
  );
}
