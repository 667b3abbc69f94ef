// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title  A wrapper: the ledger and the valuation of one kind of asset
/// @notice Positions are keyed (account, subaccount, positionId) = (vault, manager, label). In every changing function
///         the account is `msg.sender`, so only a vault can touch its own positions, and one wrapper serves any number
///         of vaults without mixing them. The positionId of ordinary fungibles is zero.
interface IAsset {
    event PositionDeposited(address indexed account, address indexed subaccount, bytes32 indexed positionId, uint256 amount);
    event PositionWithdrawn(address indexed account, address indexed subaccount, bytes32 indexed positionId, uint256 amount, address to);
    event PositionMoved(
        address indexed account, address indexed from, address indexed to, bytes32 fromPositionId, bytes32 toPositionId, uint256 amount
    );

    /// Pulls `amount` of the underlying asset from the account and credits it.
    function deposit(address subaccount, bytes32 positionId, uint256 amount) external;

    /// Credits assets that this wrapper has already received and that belong to no position (rewards, airdrops).
    function claim(address subaccount, bytes32 positionId, uint256 amountOrTokenId) external;

    /// Debits a position and sends the underlying asset to `to`.
    function withdraw(address subaccount, bytes32 positionId, uint256 amount, address to) external;

    /// Moves an amount between positions of the same account.
    function transfer(address from, bytes32 fromPositionId, address to, bytes32 toPositionId, uint256 amount) external;

    /// Moves whole positions from one subaccount to another, as liquidation does.
    function ledgerTransferSubaccount(address from, address to, bytes32[] calldata positionIds) external;

    /// Optional hook for wrappers with functions of their own; reverts where there are none.
    function customInteraction(address subaccount, bytes calldata data) external returns (bytes memory);

    /// Value of one position in USD, 18 decimals. An empty position is worth 0 without asking any oracle.
    function getValue(address account, address subaccount, bytes32 positionId) external view returns (uint256 valueUSD);

    /// Raw balance of one position in units of the underlying asset.
    function getBalance(address account, address subaccount, bytes32 positionId) external view returns (uint256);

    /// The token that is held and priced.
    function underlyingAsset() external view returns (address);
}
