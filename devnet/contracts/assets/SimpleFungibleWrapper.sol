// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BaseAssetWrapper} from "./BaseAssetWrapper.sol";

/// @title One balance for each (account, subaccount, positionId); any label may be used
abstract contract SimpleFungibleWrapper is BaseAssetWrapper {
    mapping(address account => mapping(address subaccount => mapping(bytes32 positionId => uint256))) private _balances;

    function getBalance(address account, address subaccount, bytes32 positionId) public view override returns (uint256) {
        return _balances[account][subaccount][positionId];
    }

    function _credit(address account, address subaccount, bytes32 positionId, uint256 amount) internal override {
        _balances[account][subaccount][positionId] += amount;
    }

    function _debit(address account, address subaccount, bytes32 positionId, uint256 amount) internal override {
        uint256 balance = _balances[account][subaccount][positionId];
        require(amount <= balance, InsufficientBalance(balance, amount));
        unchecked {
            _balances[account][subaccount][positionId] = balance - amount;
        }
    }
}
