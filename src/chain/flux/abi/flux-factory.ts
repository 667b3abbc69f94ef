/** What can be sent to the factory: executors, and what governance decides for all vaults. Compared with the compiled contract by a test. */
export const FLUX_FACTORY_FUNCTIONS = [
  "function collectFeesFromVaults(address[] vaults)",
  "function createVault(address asset, address baseAssetWrapper, address strategy, address accessPolicy, string name, string symbol)",
  "function createVaultWithDepositPolicy(address asset, address baseAssetWrapper, address strategy, address accessPolicy, (uint256 utilisation, uint256 cap)[] tiers, uint256 minTotalAssets, string name, string symbol)",
  "function deployWeirollExecutor()",
  "function registerExecutor(address manager, address executor)",
  "function removeAssetWhitelist(address asset)",
  "function setOracleRegistry(address registry)",
  "function setProtocolFeeCollector(address collector)",
  "function setProtocolFeeRate(uint256 newRate)",
  "function whitelistAsset(address asset)",
  "function renounceOwnership()",
  "function transferOwnership(address newOwner)",
] as const;
