/** What the owner of the stock executor can send to it. Compared with the compiled contract by a test. */
export const FLUX_EXECUTOR_FUNCTIONS = [
  "function execute((address target, bytes data)[] calls)",
  "function sweep(address token)",
] as const;
