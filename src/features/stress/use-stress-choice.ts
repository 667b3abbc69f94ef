import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { choiceOf, paramsWith, type StressChoice } from "./choice";

/** Browsers refuse an address that changes with every pixel of a dragged slider. */
const ADDRESS_AFTER_MS = 250;

/** The choice, at once on the page and soon after in the address; an address that changes by itself wins. */
export function useStressChoice(): readonly [StressChoice, (choice: StressChoice) => void] {
  const [params, setParams] = useSearchParams();
  const address = params.toString();
  const [seen, setSeen] = useState(address);
  const [choice, setChoice] = useState(() => choiceOf(params));
  if (seen !== address) {
    setSeen(address);
    // What this page itself wrote says the same; anything else comes from a link or the browser's buttons.
    if (paramsWith(params, choice).toString() !== address) setChoice(choiceOf(params));
  }
  const wanted = paramsWith(params, choice).toString();
  useEffect(() => {
    if (wanted === address) return;
    const timer = window.setTimeout(() => {
      setParams((before) => paramsWith(before, choice), { replace: true, preventScrollReset: true });
    }, ADDRESS_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [wanted, address, choice, setParams]);
  return [choice, useCallback((next: StressChoice) => setChoice(next), [])];
}
