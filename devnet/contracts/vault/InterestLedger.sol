// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IStrategy} from "../interfaces/IStrategy.sol";

/// @title  Principal, interest and the fees on it: of each manager, and in total
/// @notice Interest is simple and linear: principal x rate x seconds / (365 days x 1e18). It is kept as the undivided
///         numerator, so the total always equals the sum of the managers; every figure that leaves this contract is
///         divided once, rounded down.
///
///         The fee part of interest is fixed when it accrues, at the rates cached by the accrual before. It is kept as
///         a numerator too (one more factor of 10,000), for the protocol and for the curator apart.
abstract contract InterestLedger is IFluxVault {
    using SafeCast for uint256;

    /// What a numerator is divided by to give base-asset units.
    uint256 private constant INTEREST_UNIT = 365 days * 1e18;
    uint256 private constant BPS = 10_000;
    uint256 private constant FEE_UNIT = INTEREST_UNIT * BPS;

    struct Debt {
        uint128 principal;
        /// Value of `Index.rate` up to which `interest` is counted; likewise for the fee indices below.
        uint96 rateIndex;
        uint256 interest;
        uint128 protocolIndex;
        uint128 curatorIndex;
        uint256 protocolFee;
        uint256 curatorFee;
    }

    struct Totals {
        uint256 principal;
        uint256 interest;
        uint256 protocolFee;
        uint256 curatorFee;
    }

    /// The strategy's cumulative rate, and its integrals weighted with the two fee rates.
    struct Index {
        uint96 rate;
        uint16 cachedProtocolFeeRate;
        uint16 cachedCuratorFeeRate;
        uint16 curatorFeeRate;
        uint128 protocol;
        uint128 curator;
    }

    IStrategy public immutable STRATEGY;
    IFluxVaultFactory public immutable FACTORY;

    mapping(address manager => Debt) private _debts;
    Totals private _totals;
    Index private _index;
    uint128 private _collectedProtocolFees;
    uint128 private _collectedCuratorFees;

    constructor(IFluxVaultFactory factory_, IStrategy strategy_) {
        require(address(factory_) != address(0) && address(strategy_) != address(0), ZeroAddress());
        FACTORY = factory_;
        STRATEGY = strategy_;
        _index.rate = strategy_.cumulativeRate().toUint96();
        _index.cachedProtocolFeeRate = factory_.protocolFeeRate().toUint16();
    }

    // ---- views ---------------------------------------------------------------------------------------------------

    function managerDebt(address manager) public view returns (uint256 principal, uint256 accruedInterest) {
        Debt storage debt = _debts[manager];
        principal = debt.principal;
        uint256 interest = debt.interest;
        if (principal != 0) interest += principal * (STRATEGY.cumulativeRate() - debt.rateIndex);
        accruedInterest = interest / INTEREST_UNIT;
    }

    function totalPrincipalDebt() external view returns (uint256) {
        return _totals.principal;
    }

    function totalAccruedInterest() external view returns (uint256) {
        (Totals memory totals,) = _live();
        return totals.interest / INTEREST_UNIT;
    }

    function collectedFees() external view returns (uint256) {
        return uint256(_collectedProtocolFees) + _collectedCuratorFees;
    }

    function curatorFeeRate() public view returns (uint256) {
        return _index.curatorFeeRate;
    }

    /// Principal plus interest net of fees.
    function _lentAssets() internal view returns (uint256) {
        (Totals memory totals,) = _live();
        return totals.principal + (totals.interest * BPS - totals.protocolFee - totals.curatorFee) / FEE_UNIT;
    }

    function _live() private view returns (Totals memory totals, Index memory index) {
        totals = _totals;
        index = _index;
        uint256 rate = STRATEGY.cumulativeRate();
        uint256 growth = rate - index.rate;
        if (growth == 0) return (totals, index);
        uint256 protocolGrowth = growth * index.cachedProtocolFeeRate;
        uint256 curatorGrowth = growth * index.cachedCuratorFeeRate;
        totals.interest += totals.principal * growth;
        totals.protocolFee += totals.principal * protocolGrowth;
        totals.curatorFee += totals.principal * curatorGrowth;
        index.rate = rate.toUint96();
        index.protocol = (index.protocol + protocolGrowth).toUint128();
        index.curator = (index.curator + curatorGrowth).toUint128();
    }

    // ---- changes: the vault accrues first ------------------------------------------------------------------------

    /// Books what has accrued at the cached fee rates, then caches the present ones.
    function _accrue() internal {
        (_totals, _index) = _live();
        _index.cachedProtocolFeeRate = FACTORY.protocolFeeRate().toUint16();
        _index.cachedCuratorFeeRate = _index.curatorFeeRate;
    }

    function _setCuratorFeeRate(uint16 newRate) internal {
        _index.curatorFeeRate = _index.cachedCuratorFeeRate = newRate;
    }

    function _addPrincipal(address manager, uint256 amount) internal {
        Debt storage debt = _settle(manager);
        debt.principal = (debt.principal + amount).toUint128();
        _totals.principal += amount;
    }

    function _removePrincipal(address manager, uint256 amount) internal {
        Debt storage debt = _settle(manager);
        debt.principal -= amount.toUint128();
        _totals.principal -= amount;
    }

    /// Splits interest that has been paid into fees, rounded down, and the LPs' part, which is returned.
    function _collectInterest(address manager, uint256 amount) internal returns (uint256 lpPart) {
        if (amount == 0) return 0;
        Debt storage debt = _settle(manager);
        uint256 interest = debt.interest;
        uint256 paid = amount * INTEREST_UNIT;
        uint256 protocolFee = Math.mulDiv(debt.protocolFee, paid, interest) / FEE_UNIT;
        uint256 curatorFee = Math.mulDiv(debt.curatorFee, paid, interest) / FEE_UNIT;
        _reduce(debt, paid, protocolFee * FEE_UNIT, curatorFee * FEE_UNIT);

        // A fraction of a unit of fee that no interest backs any more is the LPs'.
        uint256 backed = debt.interest * BPS;
        uint256 owed = debt.protocolFee + debt.curatorFee;
        if (owed > backed) {
            uint256 fromProtocol = Math.min(owed - backed, debt.protocolFee);
            _reduce(debt, 0, fromProtocol, owed - backed - fromProtocol);
        }

        _collectedProtocolFees += protocolFee.toUint128();
        _collectedCuratorFees += curatorFee.toUint128();
        lpPart = amount - protocolFee - curatorFee;
        emit InterestCollected(manager, amount, protocolFee, curatorFee);
    }

    /// Gives up all interest of a manager, and with it the fees on it.
    function _writeOffInterest(address manager) internal {
        Debt storage debt = _settle(manager);
        _reduce(debt, debt.interest, debt.protocolFee, debt.curatorFee);
    }

    function _takeFees() internal returns (uint256 protocolFee, uint256 curatorFee) {
        (protocolFee, curatorFee) = (_collectedProtocolFees, _collectedCuratorFees);
        (_collectedProtocolFees, _collectedCuratorFees) = (0, 0);
    }

    function _reduce(Debt storage debt, uint256 interest, uint256 protocolFee, uint256 curatorFee) private {
        debt.interest -= interest;
        debt.protocolFee -= protocolFee;
        debt.curatorFee -= curatorFee;
        _totals.interest -= interest;
        _totals.protocolFee -= protocolFee;
        _totals.curatorFee -= curatorFee;
    }

    function _settle(address manager) private returns (Debt storage debt) {
        debt = _debts[manager];
        Index memory index = _index;
        if (debt.rateIndex == index.rate) return debt;
        uint256 principal = debt.principal;
        if (principal != 0) {
            debt.interest += principal * (index.rate - debt.rateIndex);
            debt.protocolFee += principal * (index.protocol - debt.protocolIndex);
            debt.curatorFee += principal * (index.curator - debt.curatorIndex);
        }
        (debt.rateIndex, debt.protocolIndex, debt.curatorIndex) = (index.rate, index.protocol, index.curator);
    }
}
