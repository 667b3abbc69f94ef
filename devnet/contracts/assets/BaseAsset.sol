// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {BaseAssetWrapper} from "./BaseAssetWrapper.sol";

/// @title  Wrapper of a vault's base asset: the bond and the working capital of each manager
/// @notice Exactly two positions: the bond under keccak256("BOND") and working capital under zero. Both share one
///         storage slot, because every valuation of a manager reads both.
contract BaseAsset is BaseAssetWrapper {
    bytes32 public constant BOND = keccak256("BOND");
    bytes32 public constant WORKING_CAPITAL = 0;

    struct Holding {
        uint128 bond;
        uint128 workingCapital;
    }

    mapping(address account => mapping(address subaccount => Holding)) private _holdings;

    constructor(IFluxVaultFactory factory_, address token) BaseAssetWrapper(factory_, token) {}

    function getBalance(address account, address subaccount, bytes32 positionId) public view override returns (uint256) {
        Holding storage holding = _holdings[account][subaccount];
        if (positionId == BOND) return holding.bond;
        if (positionId == WORKING_CAPITAL) return holding.workingCapital;
        return 0;
    }

    function _credit(address account, address subaccount, bytes32 positionId, uint256 amount) internal override {
        _set(account, subaccount, positionId, getBalance(account, subaccount, positionId) + amount);
    }

    function _debit(address account, address subaccount, bytes32 positionId, uint256 amount) internal override {
        uint256 balance = getBalance(account, subaccount, positionId);
        require(amount <= balance, InsufficientBalance(balance, amount));
        _set(account, subaccount, positionId, balance - amount);
    }

    function _set(address account, address subaccount, bytes32 positionId, uint256 balance) private {
        require(balance <= type(uint128).max, InvalidParameter("balance", balance));
        if (positionId == BOND) _holdings[account][subaccount].bond = uint128(balance);
        else if (positionId == WORKING_CAPITAL) _holdings[account][subaccount].workingCapital = uint128(balance);
        else revert InvalidPosition(positionId);
    }
}
