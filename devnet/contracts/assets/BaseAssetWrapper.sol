// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";

/// @title  What all fungible wrappers share: token movements, the register of what belongs to nobody, valuation
/// @notice Only the account changes its own positions, because the account is always `msg.sender`. The oracle registry
///         is the factory's at the time of asking, so that governance can replace it for every wrapper at once.
///         Tokens that take a fee on transfer or rebase are not supported.
abstract contract BaseAssetWrapper is IAsset, IFluxErrors {
    using SafeERC20 for IERC20;

    IFluxVaultFactory public immutable FACTORY;
    address public immutable underlyingAsset;

    /// Sum of all positions of all accounts; what the wrapper holds beyond it can be claimed.
    uint256 public totalPositions;

    constructor(IFluxVaultFactory factory_, address underlyingAsset_) {
        require(address(factory_) != address(0) && underlyingAsset_ != address(0), ZeroAddress());
        FACTORY = factory_;
        underlyingAsset = underlyingAsset_;
    }

    function deposit(address subaccount, bytes32 positionId, uint256 amount) external {
        require(amount != 0, ZeroAmount());
        totalPositions += amount;
        _credit(msg.sender, subaccount, positionId, amount);
        emit PositionDeposited(msg.sender, subaccount, positionId, amount);
        IERC20(underlyingAsset).safeTransferFrom(msg.sender, address(this), amount);
    }

    function claim(address subaccount, bytes32 positionId, uint256 amount) external {
        require(amount != 0, ZeroAmount());
        uint256 unclaimed = IERC20(underlyingAsset).balanceOf(address(this)) - totalPositions;
        require(amount <= unclaimed, InsufficientBalance(unclaimed, amount));
        totalPositions += amount;
        _credit(msg.sender, subaccount, positionId, amount);
        emit PositionDeposited(msg.sender, subaccount, positionId, amount);
    }

    function withdraw(address subaccount, bytes32 positionId, uint256 amount, address to) external {
        require(amount != 0, ZeroAmount());
        _debit(msg.sender, subaccount, positionId, amount);
        totalPositions -= amount;
        emit PositionWithdrawn(msg.sender, subaccount, positionId, amount, to);
        IERC20(underlyingAsset).safeTransfer(to, amount);
    }

    function transfer(address from, bytes32 fromPositionId, address to, bytes32 toPositionId, uint256 amount) external {
        require(amount != 0, ZeroAmount());
        _move(from, fromPositionId, to, toPositionId, amount);
    }

    function ledgerTransferSubaccount(address from, address to, bytes32[] calldata positionIds) external {
        for (uint256 i; i < positionIds.length; ++i) {
            uint256 amount = getBalance(msg.sender, from, positionIds[i]);
            if (amount != 0) _move(from, positionIds[i], to, positionIds[i], amount);
        }
    }

    function customInteraction(address, bytes calldata) external virtual returns (bytes memory) {
        revert InvalidParameter("customInteraction", 0);
    }

    function getValue(address account, address subaccount, bytes32 positionId) external view returns (uint256) {
        uint256 amount = getBalance(account, subaccount, positionId);
        return amount == 0 ? 0 : FACTORY.oracleRegistry().getValueUSD(underlyingAsset, amount);
    }

    function getBalance(address account, address subaccount, bytes32 positionId) public view virtual returns (uint256);

    function _move(address from, bytes32 fromPositionId, address to, bytes32 toPositionId, uint256 amount) private {
        _debit(msg.sender, from, fromPositionId, amount);
        _credit(msg.sender, to, toPositionId, amount);
        emit PositionMoved(msg.sender, from, to, fromPositionId, toPositionId, amount);
    }

    function _credit(address account, address subaccount, bytes32 positionId, uint256 amount) internal virtual;

    /// Reverts with {InsufficientBalance} when the position holds less.
    function _debit(address account, address subaccount, bytes32 positionId, uint256 amount) internal virtual;
}
