/** What the owner of a mutable strategy can send to it. Compared with the compiled contract by a test. */
export const FLUX_STRATEGY_FUNCTIONS = [
  "function addAllowedAsset(address asset)",
  "function removeAllowedAsset(address asset)",
  "function setInterestRate(uint256 newRate)",
  "function setMinBondRatio(uint256 newRatio)",
  "function renounceOwnership()",
  "function transferOwnership(address newOwner)",
] as const;
