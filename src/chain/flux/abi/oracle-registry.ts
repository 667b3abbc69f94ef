/** What governance can send to the oracle registry. Compared with the compiled contract by a test. */
export const ORACLE_REGISTRY_FUNCTIONS = [
  "function setOracle(address asset, address oracle)",
  "function renounceOwnership()",
  "function transferOwnership(address newOwner)",
] as const;
