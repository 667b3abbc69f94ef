// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAsset} from "./IAsset.sol";

/// @title  The risk and interest rules of a vault
/// @notice Ratios and rates are 1e18 = 100 %, rates per year of 365 days, values USD with 18 decimals, debts and
///         payments in the vault's base asset.
interface IStrategy {
    /// Emitted by mutable strategies at each change; `key` is the name as a short string, for example
    /// bytes32("interestRate"), bytes32("minBondRatio"). Not emitted at construction.
    event ParameterUpdated(bytes32 indexed key, uint256 oldValue, uint256 newValue);
    event AssetAllowed(address indexed asset, bool allowed);

    function interestRate() external view returns (uint256 wad);

    function minBondRatio() external view returns (uint256 wad);

    function liquidationBuffer() external view returns (uint256 wad);

    function liquidationProfitMargin() external view returns (uint256 wad);

    /// Sum of rate x seconds since the strategy was deployed (1e18-seconds). A change of the rate never reprices time
    /// that has passed. Interest = principal x difference / (365 days x 1e18).
    function cumulativeRate() external view returns (uint256 wadSeconds);

    /// Wrappers that new deposits may go to. Removal blocks new deposits, never valuation.
    function getAllowedAssets() external view returns (IAsset[] memory);

    function isMutable() external view returns (bool);

    /// Zero for strategies that nobody can change.
    function owner() external view returns (address);

    /// Whether `manager` may be liquidated, and what a liquidator would have to pay. `minPayment` is always the quote,
    /// whether or not the position can be liquidated.
    /// @param wrappers  wrappers to count beside bond and working capital
    /// @param trueDebt  principal plus accrued interest, base asset
    function evaluateLiquidation(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        external
        view
        returns (bool canLiquidate, uint256 minPayment);

    /// Whether the ADL manager may close this healthy but thin position, and what it would have to pay.
    function evaluateADL(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        external
        view
        returns (bool canADL, uint256 minPayment);

    /// The same evaluation together with the value that it rests on, so that the vault can record it and a reader
    /// need not value everything twice. Not in the protocol's documentation.
    /// @return valueUSD     value of the whole position, 18 decimals
    /// @return valueAssets  the same in base-asset units, rounded down
    function evaluatePosition(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        external
        view
        returns (uint256 valueUSD, uint256 valueAssets, bool canLiquidate, uint256 minPayment);
}

/// @title A strategy that its owner can change, at once; delay and notice are the owner's business (a timelock)
interface IMutableStrategy is IStrategy {
    function setInterestRate(uint256 newRate) external;

    function setMinBondRatio(uint256 newRatio) external;

    function addAllowedAsset(IAsset asset) external;

    function removeAllowedAsset(IAsset asset) external;
}
