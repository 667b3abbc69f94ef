// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title  Reads a vault and its managers in one call, packed for the wire
/// @notice Never deployed: its runtime code is placed at any address by the state override of an `eth_call`.
///         It must therefore have neither constructor, nor immutables, nor storage.
///
///         LAYOUT. An answer is a list of fields. A field is one length byte followed by that many bytes:
///           0x00         the number 0 (or an empty string)
///           0x01..0x20   a number or address, big-endian without leading zero bytes (bool: 1 = true)
///           0x01..0x40   a string, first 64 bytes (the three fields marked str)
///           0xff         no bytes follow: that call failed, was cut off, or answered nothing usable. Never zero.
///
///         snapshot(vault, managers)
///           header      magic, block.number, block.timestamp, block.chainid
///           vault       asset, assetDecimals, assetSymbol(str), vaultName(str), vaultSymbol(str), shareDecimals,
///                       totalAssets, totalSupply, idleAssets, totalPrincipalDebt, totalAccruedInterest, totalBadDebt,
///                       collectedFees, curatorFeeRate, curator, adlManager, STRATEGY, FACTORY, baseAssetWrapper
///           strategy    interestRate, minBondRatio, liquidationBuffer, liquidationProfitMargin, cumulativeRate,
///                       isMutable, owner
///           factory     protocolFeeRate, protocolFeeCollector, oracleRegistry
///           registry    getPriceUSD(asset)
///           managers    their number, then for each: principal, accruedInterest, bond, workingCapital,
///                       totalValueUsd, canLiquidate, minPayment, wrapperCount
///
///         composition(vault, managers)
///                       magic, block.number, block.timestamp, block.chainid, number of managers, then for each:
///                       bondValueUsd, workingCapitalValueUsd, wrapperCount, then per wrapper: address,
///                       underlyingAsset, position count, then per position: positionId, balance, valueUsd
///                       (a count of 0xff is followed by nothing of its level)
///
///         shares(vault, holders)
///                       magic, block.number, block.timestamp, block.chainid, number of holders, then for each:
///                       balance, code size
contract VaultLens {
    /// First field of every answer.
    bytes32 internal constant MAGIC = keccak256("plimsoll.vault-lens.v1");

    function snapshot(address, address[] calldata) external view returns (bytes memory) {}

    function composition(address, address[] calldata) external view returns (bytes memory) {}

    function shares(address, address[] calldata) external view returns (bytes memory) {}
}
