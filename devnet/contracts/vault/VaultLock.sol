// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxVault} from "../interfaces/IFluxVault.sol";

/// @title  One entry at a time, and who may act inside a session
/// @notice Every function that changes the vault is an entry, the share functions too, so that nobody can leave while a
///         loss is pending. The lock lives for one transaction.
abstract contract VaultLock is IFluxVault {
    bool internal transient _entered;
    address internal transient _account;
    address internal transient _executor;
    address internal transient _takenOver;

    modifier entry() {
        _enter();
        _;
        _entered = false;
    }

    /// For the executor of the session alone.
    modifier locked() {
        _checkLockHolder();
        _;
    }

    function session() external view returns (address account, address executor, address takenOver) {
        return (_account, _executor, _takenOver);
    }

    function _requireNonZero(uint256 amount) internal pure {
        require(amount != 0, ZeroAmount());
    }

    function _enter() private {
        require(!_entered, VaultLocked());
        _entered = true;
    }

    function _checkLockHolder() private view {
        require(_executor != address(0) && msg.sender == _executor, NotLockHolder(msg.sender));
    }
}
