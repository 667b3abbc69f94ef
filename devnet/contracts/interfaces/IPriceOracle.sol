// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title One source of one price
interface IPriceOracle {
    /// Price of one whole unit of `asset` in USD, 18 decimals. Reverts rather than answer zero.
    function getPrice(address asset) external view returns (uint256 priceUSD);
}
