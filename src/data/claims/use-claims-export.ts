import { useCallback, useRef, useState } from "react";
import { type ClaimsExport, type ClaimsRequest, exportClaims } from "./claims-export";

/** A tree on demand: nothing is hashed, and no library fetched, before somebody asks. */
export interface ClaimsExportView {
  /** The last tree that was built, with its own block and amount. */
  readonly made: ClaimsExport | undefined;
  readonly isBuilding: boolean;
  /** The library could not be fetched, or it failed; building can be tried again. */
  readonly hasFailed: boolean;
  readonly build: (request: ClaimsRequest) => void;
}

/** Lets the page draw that it is busy before the hashing begins. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}

/** Builds trees of claims; of several at once the last one counts. */
export function useClaimsExport(): ClaimsExportView {
  const [made, setMade] = useState<ClaimsExport>();
  const [isBuilding, setIsBuilding] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const newest = useRef(0);

  const build = useCallback((request: ClaimsRequest): void => {
    newest.current += 1;
    const own = newest.current;
    setIsBuilding(true);
    setHasFailed(false);
    void nextFrame()
      .then(() => exportClaims(request))
      .then(
        (built) => {
          if (newest.current === own) setMade(built);
        },
        (cause: unknown) => {
          // A file of the site that could not be fetched: offline, or a newer version was published.
          if (!(cause instanceof TypeError)) throw cause;
          if (newest.current === own) setHasFailed(true);
        },
      )
      .finally(() => {
        if (newest.current === own) setIsBuilding(false);
      });
  }, []);

  return { made, isBuilding, hasFailed, build };
}
