// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOracleRegistry} from "./IOracleRegistry.sol";
import {GraduatedCapDepositPolicyTier} from "./IPolicies.sol";

/// @title Creates vaults and executors; holds what governance decides for all vaults
interface IFluxVaultFactory {
    event VaultCreated(
        address indexed vault, address indexed asset, address indexed curator, address strategy, address accessPolicy, address depositPolicy
    );
    event ExecutorDeployed(address indexed owner, address indexed executor);
    event ExecutorRegistered(address indexed manager, address indexed executor);
    event AssetWhitelisted(address indexed asset, bool whitelisted);
    event ProtocolFeeRateUpdated(uint256 oldRate, uint256 newRate);
    event ProtocolFeeCollectorUpdated(address indexed oldCollector, address indexed newCollector);
    event OracleRegistryUpdated(address indexed oldRegistry, address indexed newRegistry);

    /// The caller becomes curator and ADL manager. `accessPolicy` zero = open to everybody.
    function createVault(
        address asset,
        address baseAssetWrapper,
        address strategy,
        address accessPolicy,
        string calldata name,
        string calldata symbol
    ) external returns (address vault);

    /// As `createVault`, with a cap on deposits that grows with utilisation; `minTotalAssets` is the cap below the
    /// first tier.
    function createVaultWithDepositPolicy(
        address asset,
        address baseAssetWrapper,
        address strategy,
        address accessPolicy,
        GraduatedCapDepositPolicyTier[] calldata tiers,
        uint256 minTotalAssets,
        string calldata name,
        string calldata symbol
    ) external returns (address vault, address policy);

    /// Deploys the stock executor for the caller. The name is the documentation's; the reference deployment's stock
    /// executor is FluxExecutor.
    function deployWeirollExecutor() external returns (address executor);

    /// The executor last deployed for `owner`, registered or not.
    function deployedExecutor(address owner) external view returns (address executor);

    /// `manager` must be the caller. The zero address unregisters.
    function registerExecutor(address manager, address executor) external;

    function getExecutor(address manager) external view returns (address executor);

    function isVault(address vault) external view returns (bool);

    /// Governance only.
    function whitelistAsset(address asset) external;

    /// Governance only. Blocks new deposits, never valuation.
    function removeAssetWhitelist(address asset) external;

    function isAssetWhitelisted(address asset) external view returns (bool);

    /// Basis points of gross interest.
    function protocolFeeRate() external view returns (uint256 bps);

    /// Governance only. A vault applies it to interest that accrues after its next accrual.
    function setProtocolFeeRate(uint256 newRate) external;

    function protocolFeeCollector() external view returns (address);

    /// Governance only.
    function setProtocolFeeCollector(address collector) external;

    /// Pays out the collected fees of each vault; anybody may ask.
    function collectFeesFromVaults(address[] calldata vaults) external;

    function oracleRegistry() external view returns (IOracleRegistry);

    /// Governance only.
    function setOracleRegistry(IOracleRegistry registry) external;
}
