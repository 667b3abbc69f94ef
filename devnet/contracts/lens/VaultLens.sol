// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IOracleRegistry} from "../interfaces/IOracleRegistry.sol";
import {IStrategy} from "../interfaces/IStrategy.sol";
import {LensCalls} from "./LensCalls.sol";

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
///
///         WHAT IS ASKED may be anything: another kind of vault, or one that lies, reverts, returns megabytes or burns
///         all it is given. Every call is static and bounded in gas, at most a few words of its answer are copied,
///         lists are bounded. When gas runs short, or after three calls that burnt most of their bound and failed, no
///         further call is made: the answer is complete, with 0xff wherever nothing was learnt.
///
///         totalValueUsd, canLiquidate and minPayment come from the strategy's `evaluatePosition`, in one call; where
///         the strategy has none, from `evaluateLiquidation` and the sum of `getValue` over bond, working capital and
///         every position in every registered wrapper.
contract VaultLens is LensCalls {
    /// First field of every answer.
    bytes32 internal constant MAGIC = keccak256("plimsoll.vault-lens.v1");

    uint256 private constant MANAGER_FIELDS = 8;
    bytes32 private constant BOND = keccak256("BOND");
    bytes32 private constant WORKING_CAPITAL = 0;

    function snapshot(address vault, address[] calldata managers) external view returns (bytes memory) {
        Work memory w = _open(vault, managers.length);
        _header(w);
        _vaultFields(w);
        _number(w, managers.length);
        for (uint256 i; i < managers.length; ++i) _manager(w, uint160(managers[i]));
        _close(w);
    }

    function composition(address vault, address[] calldata managers) external view returns (bytes memory) {
        Work memory w = _open(vault, managers.length);
        _header(w);
        (, w.baseWrapper) = _readAddress(w, w.vault, IFluxVault.baseAssetWrapper.selector);
        _number(w, managers.length);
        for (uint256 i; i < managers.length; ++i) _holdings(w, uint160(managers[i]));
        _close(w);
    }

    function shares(address vault, address[] calldata holders) external view returns (bytes memory) {
        Work memory w = _open(vault, holders.length);
        _header(w);
        _number(w, holders.length);
        for (uint256 i; i < holders.length; ++i) {
            (bool ok, uint256 balance) = _read(w, w.vault, IERC20.balanceOf.selector, uint160(holders[i]));
            _field(w, ok, balance);
            _number(w, holders[i].code.length);
        }
        _close(w);
    }

    // ---- the parts of an answer ----------------------------------------------------------------------------------

    function _header(Work memory w) private view {
        _number(w, uint256(MAGIC));
        _number(w, block.number);
        _number(w, block.timestamp);
        _number(w, block.chainid);
    }

    function _vaultFields(Work memory w) private view {
        uint256 vault = w.vault;
        uint256 asset = _putAddress(w, vault, IERC4626.asset.selector);
        _put(w, asset, IERC20Metadata.decimals.selector);
        _putString(w, asset, IERC20Metadata.symbol.selector);
        _putString(w, vault, IERC20Metadata.name.selector);
        _putString(w, vault, IERC20Metadata.symbol.selector);
        _put(w, vault, IERC20Metadata.decimals.selector);
        _put(w, vault, IERC4626.totalAssets.selector);
        _put(w, vault, IERC20.totalSupply.selector);
        _put(w, vault, IFluxVault.idleAssets.selector);
        _put(w, vault, IFluxVault.totalPrincipalDebt.selector);
        _put(w, vault, IFluxVault.totalAccruedInterest.selector);
        _put(w, vault, IFluxVault.totalBadDebt.selector);
        _put(w, vault, IFluxVault.collectedFees.selector);
        _put(w, vault, IFluxVault.curatorFeeRate.selector);
        _putAddress(w, vault, IFluxVault.curator.selector);
        _putAddress(w, vault, IFluxVault.adlManager.selector);
        uint256 strategy = _putAddress(w, vault, IFluxVault.STRATEGY.selector);
        uint256 factory = _putAddress(w, vault, IFluxVault.FACTORY.selector);
        w.baseWrapper = _putAddress(w, vault, IFluxVault.baseAssetWrapper.selector);

        _put(w, strategy, IStrategy.interestRate.selector);
        _put(w, strategy, IStrategy.minBondRatio.selector);
        _put(w, strategy, IStrategy.liquidationBuffer.selector);
        _put(w, strategy, IStrategy.liquidationProfitMargin.selector);
        _put(w, strategy, IStrategy.cumulativeRate.selector);
        _putBool(w, strategy, IStrategy.isMutable.selector);
        _putAddress(w, strategy, IStrategy.owner.selector);

        _put(w, factory, IFluxVaultFactory.protocolFeeRate.selector);
        _putAddress(w, factory, IFluxVaultFactory.protocolFeeCollector.selector);
        uint256 registry = _putAddress(w, factory, IFluxVaultFactory.oracleRegistry.selector);
        (bool ok, uint256 price) = _read(w, registry, IOracleRegistry.getPriceUSD.selector, asset);
        _field(w, ok, price);

        w.strategy = strategy;
        w.evaluatesPositions = _evaluate(w, IStrategy.evaluatePosition.selector, 0, 0, 0, 128);
    }

    function _manager(Work memory w, uint256 manager) private view {
        if (_isExhausted(w)) return _failedFields(w, MANAGER_FIELDS);
        (bool ok, uint256 debt) = _debt(w, manager);
        _putOwn(w, manager, BOND, IFluxVault.managerBond.selector);
        _putOwn(w, manager, WORKING_CAPITAL, IFluxVault.managerWorkingCapital.selector);
        (bool listed, uint256 count) = _wrappersOf(w, manager);
        ok = ok && listed;
        if (w.evaluatesPositions) {
            ok = ok && _evaluate(w, IStrategy.evaluatePosition.selector, manager, count, debt, 128);
            _field(w, ok, _returned(w, 0));
            _boolField(w, ok, _returned(w, 64));
            _field(w, ok, _returned(w, 96));
        } else {
            (bool valued, uint256 value) = _totalValue(w, manager, listed, count);
            _field(w, valued, value);
            ok = ok && _evaluate(w, IStrategy.evaluateLiquidation.selector, manager, count, debt, 64);
            _boolField(w, ok, _returned(w, 0));
            _field(w, ok, _returned(w, 32));
        }
        _field(w, listed, count);
    }

    function _debt(Work memory w, uint256 manager) private view returns (bool ok, uint256 debt) {
        _input(w, IFluxVault.managerDebt.selector, manager);
        ok = _ask(w, w.vault, 36, 64);
        uint256 principal = _returned(w, 0);
        uint256 interest = _returned(w, 32);
        _field(w, ok, principal);
        _field(w, ok, interest);
        unchecked {
            debt = principal + interest;
        }
        ok = ok && debt >= principal;
    }

    function _totalValue(Work memory w, uint256 manager, bool listed, uint256 count)
        private
        view
        returns (bool ok, uint256 total)
    {
        uint256 value;
        (ok, total) = _readPosition(w, w.baseWrapper, IAsset.getValue.selector, manager, BOND);
        if (ok) (ok, value) = _readPosition(w, w.baseWrapper, IAsset.getValue.selector, manager, WORKING_CAPITAL);
        (ok, total) = _sum(ok && listed, total, value);
        for (uint256 i; ok && i < count; ++i) {
            (ok, value) = _valueIn(w, manager, _item(w.wrappers, i));
            (ok, total) = _sum(ok, total, value);
        }
    }

    function _valueIn(Work memory w, uint256 manager, uint256 wrapper) private view returns (bool ok, uint256 total) {
        uint256 count;
        (ok, count) = _positionsOf(w, manager, wrapper);
        for (uint256 i; ok && i < count; ++i) {
            uint256 value;
            (ok, value) = _readPosition(w, wrapper, IAsset.getValue.selector, manager, bytes32(_item(w.positions, i)));
            (ok, total) = _sum(ok, total, value);
        }
    }

    function _holdings(Work memory w, uint256 manager) private view {
        _putPosition(w, w.baseWrapper, IAsset.getValue.selector, manager, BOND);
        _putPosition(w, w.baseWrapper, IAsset.getValue.selector, manager, WORKING_CAPITAL);
        (bool listed, uint256 count) = _wrappersOf(w, manager);
        _field(w, listed, count);
        for (uint256 i; listed && i < count; ++i) {
            uint256 wrapper = _item(w.wrappers, i);
            _number(w, wrapper);
            _putAddress(w, wrapper, IAsset.underlyingAsset.selector);
            (bool ok, uint256 positions) = _positionsOf(w, manager, wrapper);
            _field(w, ok, positions);
            for (uint256 j; ok && j < positions; ++j) {
                bytes32 positionId = bytes32(_item(w.positions, j));
                _number(w, uint256(positionId));
                _putPosition(w, wrapper, IAsset.getBalance.selector, manager, positionId);
                _putPosition(w, wrapper, IAsset.getValue.selector, manager, positionId);
            }
        }
    }

    // ---- what Flux is asked ---------------------------------------------------------------------------------------

    /// Bond or working capital: from the wrapper that keeps it, which is cheaper, or else from the vault's own view.
    function _putOwn(Work memory w, uint256 manager, bytes32 positionId, bytes4 selector) private view {
        (bool ok, uint256 value) = _readPosition(w, w.baseWrapper, IAsset.getBalance.selector, manager, positionId);
        if (!ok) (ok, value) = _read(w, w.vault, selector, manager);
        _field(w, ok, value);
    }

    function _putPosition(Work memory w, uint256 wrapper, bytes4 selector, uint256 manager, bytes32 positionId)
        private
        view
    {
        (bool ok, uint256 value) = _readPosition(w, wrapper, selector, manager, positionId);
        _field(w, ok, value);
    }

    /// `getValue` or `getBalance` of (vault, manager, positionId).
    function _readPosition(Work memory w, uint256 wrapper, bytes4 selector, uint256 manager, bytes32 positionId)
        private
        view
        returns (bool ok, uint256 value)
    {
        _input(w, selector, w.vault);
        assembly ("memory-safe") {
            let input := mload(w)
            mstore(add(input, 36), manager)
            mstore(add(input, 68), positionId)
        }
        ok = _ask(w, wrapper, 100, 32);
        value = _returned(w, 0);
    }

    function _wrappersOf(Work memory w, uint256 manager) private view returns (bool ok, uint256 count) {
        _input(w, IFluxVault.managerWrappers.selector, manager);
        (ok, count) = _askList(w, 36, w.wrappers);
        for (uint256 i; ok && i < count; ++i) ok = _item(w.wrappers, i) <= type(uint160).max;
    }

    function _positionsOf(Work memory w, uint256 manager, uint256 wrapper)
        private
        view
        returns (bool ok, uint256 count)
    {
        _input(w, IFluxVault.managerPositions.selector, manager);
        assembly ("memory-safe") {
            mstore(add(mload(w), 36), wrapper)
        }
        return _askList(w, 68, w.positions);
    }

    /// A strategy's evaluation over the first `count` of the wrappers read last.
    function _evaluate(Work memory w, bytes4 selector, uint256 manager, uint256 count, uint256 debt, uint256 need)
        private
        view
        returns (bool)
    {
        _input(w, selector, w.vault);
        assembly ("memory-safe") {
            let input := mload(w)
            mstore(add(input, 36), manager)
            mstore(add(input, 68), 128)
            mstore(add(input, 100), debt)
            mstore(add(input, 132), count)
            mcopy(add(input, 164), mload(add(w, 0x40)), shl(5, count))
        }
        return _ask(w, w.strategy, 164 + 32 * count, need);
    }
}
