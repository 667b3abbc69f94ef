/**
 * Said behind a figure of what LPs would lose when it is only an estimate: fees are fixed as interest accrues, so
 * after a change of their rates today's rates no longer say what part of the open interest is theirs.
 */
export function estimateNote(isEstimated: boolean): string {
  return isEstimated ? ", estimated after a change of fee rates" : "";
}
