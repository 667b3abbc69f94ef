// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPriceOracle} from "./IPriceOracle.sol";

/// @title Which oracle prices which asset
interface IOracleRegistry {
    event OracleSet(address indexed asset, address indexed oracle);

    /// Value of `amount` (in the asset's own decimals) in USD, 18 decimals, rounded down. An amount of 0 gives 0; an
    /// asset without an oracle reverts with the string "No oracle".
    function getValueUSD(address asset, uint256 amount) external view returns (uint256 valueUSD);

    /// Price of one whole unit in USD, 18 decimals; reverts with the string "No oracle" where there is none.
    function getPriceUSD(address asset) external view returns (uint256 priceUSD);

    /// The oracle of an asset, or the zero address.
    function getOracle(address asset) external view returns (IPriceOracle oracle);

    /// Governance only. The zero address removes the oracle.
    function setOracle(address asset, IPriceOracle oracle) external;
}
