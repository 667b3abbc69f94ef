import { useEffect, useMemo, useState } from "react";
import { type ChainTime, chainTimeOf } from "@/domain/chain-clock";
import type { PublicReading } from "./public-reader";

const TICK_MS = 1_000;

const readClocks = () => ({ nowMs: performance.now(), wallMs: Date.now() });

/** The time of the chain, once a second while somebody looks. */
export function useReadingTime(reading: PublicReading): ChainTime {
  const [clocks, setClocks] = useState(readClocks);
  useEffect(() => {
    const timer = setInterval(() => setClocks(readClocks()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const { head, seenAtMs } = reading;
  return useMemo(
    () => chainTimeOf({ head: { head, seenAtMs }, ...clocks, notBeforeSeconds: 0n }),
    [head, seenAtMs, clocks],
  );
}
