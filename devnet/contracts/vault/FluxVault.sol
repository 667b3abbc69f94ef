// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxExecutorCallback} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IAccessPolicy} from "../interfaces/IPolicies.sol";
import {IStrategy} from "../interfaces/IStrategy.sol";
import {InterestLedger} from "./InterestLedger.sol";
import {LiquidityShares} from "./LiquidityShares.sol";
import {PositionBook} from "./PositionBook.sol";

/// @title  Flux vault: ERC-4626 shares for liquidity providers, bonded positions for managers
/// @notice Bond, working capital and wrapped assets are the managers', kept in wrappers, and never part of total assets.
contract FluxVault is LiquidityShares, PositionBook {
    using SafeERC20 for IERC20;

    struct Parameters {
        IERC20 asset;
        IAsset baseAssetWrapper;
        IStrategy strategy;
        address accessPolicy;
        address depositPolicy;
        address curator;
        string name;
        string symbol;
    }

    uint256 private constant WAD = 1e18;
    uint256 private constant MAX_CURATOR_FEE_BPS = 5_000;
    bytes32 private constant BOND = keccak256("BOND");
    bytes32 private constant WORKING_CAPITAL = 0;

    IAsset public immutable baseAssetWrapper;
    address public immutable curator;

    uint256 public totalBadDebt;
    address public adlManager;

    modifier only(address account) {
        _require(account);
        _;
    }

    constructor(IFluxVaultFactory factory_, Parameters memory p)
        ERC20(p.name, p.symbol)
        ERC4626(p.asset)
        InterestLedger(factory_, p.strategy)
        LiquidityShares(p.accessPolicy, p.depositPolicy)
    {
        require(p.curator != address(0) && address(p.baseAssetWrapper) != address(0), ZeroAddress());
        baseAssetWrapper = p.baseAssetWrapper;
        curator = adlManager = p.curator;
    }

    // ---- sessions ------------------------------------------------------------------------------------------------

    function unlock(bytes calldata data) external entry {
        address executor = _executorOf(msg.sender);
        _accrue();
        (uint256 principal, uint256 bond) = _baseline(msg.sender);
        _runSession(executor, address(0), data);
        _checkHealth(msg.sender, principal, bond);
    }

    function liquidate(address manager, IAsset[] calldata additionalWrappers, bytes calldata data) external entry {
        TakeOver memory t = _openTakeOver(manager);
        (bool canLiquidate,) = STRATEGY.evaluateLiquidation(address(this), manager, t.wrappers, t.trueDebt);
        require(canLiquidate, PositionNotLiquidatable());
        t.wrappers = _withAdditional(t.wrappers, additionalWrappers);
        uint256 positionValue;
        (, positionValue,, t.payment) = STRATEGY.evaluatePosition(address(this), manager, t.wrappers, t.trueDebt);
        uint256 assetsBefore = totalAssets();
        _takeOver(t, manager, data);

        (uint256 principal, uint256 interest) = managerDebt(manager);
        uint256 interestPaid = t.payment > principal ? Math.min(t.payment - principal, interest) : 0;
        uint256 badDebt = t.payment < t.trueDebt ? t.trueDebt - t.payment : 0;
        idleAssets += t.payment - interestPaid + _collectInterest(manager, interestPaid);
        _removePrincipal(manager, principal);
        emit PositionLiquidated(manager, msg.sender, positionValue, t.trueDebt, t.payment, badDebt);

        if (badDebt != 0) {
            _writeOffInterest(manager);
            totalBadDebt += badDebt;
            uint256 assetsAfter = totalAssets();
            uint256 unpaidInterest = interest - interestPaid;
            emit LossRealised(
                manager,
                badDebt - unpaidInterest,
                unpaidInterest,
                Math.saturatingSub(assetsBefore, assetsAfter),
                assetsBefore,
                assetsAfter,
                totalSupply()
            );
        }
        _checkHealth(msg.sender, t.ownPrincipal, t.ownBond);
    }

    function autoDeleverage(address manager, bytes calldata data) external entry only(adlManager) {
        TakeOver memory t = _openTakeOver(manager);
        bool canADL;
        (canADL, t.payment) = STRATEGY.evaluateADL(address(this), manager, t.wrappers, t.trueDebt);
        require(canADL && t.payment >= t.trueDebt, PositionNotDeleverageable());
        _takeOver(t, manager, data);

        (uint256 principal, uint256 interest) = managerDebt(manager);
        uint256 equity = t.payment - t.trueDebt;
        idleAssets += principal + _collectInterest(manager, interest);
        _removePrincipal(manager, principal);
        emit PositionADL(manager, msg.sender, t.trueDebt, equity);
        if (equity != 0) IERC20(asset()).safeTransfer(manager, equity);
        _checkHealth(msg.sender, t.ownPrincipal, t.ownBond);
    }

    struct TakeOver {
        address executor;
        uint256 trueDebt;
        uint256 payment;
        uint256 ownPrincipal;
        uint256 ownBond;
        IAsset[] wrappers;
    }

    function _openTakeOver(address manager) private returns (TakeOver memory t) {
        require(manager != msg.sender, SelfLiquidation());
        t.executor = _executorOf(msg.sender);
        _accrue();
        (uint256 principal, uint256 interest) = managerDebt(manager);
        t.trueDebt = principal + interest;
        require(t.trueDebt != 0, PositionNotActive());
        t.wrappers = managerWrappers(manager);
        (t.ownPrincipal, t.ownBond) = _baseline(msg.sender);
    }

    /// Moves everything to the caller, lets its executor work, takes the payment.
    function _takeOver(TakeOver memory t, address manager, bytes calldata data) private {
        bytes32[] memory ownLabels = new bytes32[](2);
        ownLabels[0] = BOND;
        ownLabels[1] = WORKING_CAPITAL;
        baseAssetWrapper.ledgerTransferSubaccount(manager, msg.sender, ownLabels);
        for (uint256 i; i < t.wrappers.length; ++i) {
            bytes32[] memory labels = _moveEntry(manager, msg.sender, t.wrappers[i]);
            if (labels.length != 0) t.wrappers[i].ledgerTransferSubaccount(manager, msg.sender, labels);
        }
        _runSession(t.executor, manager, abi.encode(t.payment, t.trueDebt, data));
        IERC20 token = IERC20(asset());
        require(
            token.balanceOf(t.executor) >= t.payment && token.allowance(t.executor, address(this)) >= t.payment,
            InsufficientPayment()
        );
        token.safeTransferFrom(t.executor, address(this), t.payment);
    }

    function _withAdditional(IAsset[] memory registered, IAsset[] calldata additional)
        private
        view
        returns (IAsset[] memory all)
    {
        all = new IAsset[](registered.length + additional.length);
        uint256 count = registered.length;
        for (uint256 i; i < count; ++i) all[i] = registered[i];
        for (uint256 i; i < additional.length; ++i) {
            IAsset wrapper = additional[i];
            require(FACTORY.isAssetWhitelisted(address(wrapper)), AssetNotAllowed(address(wrapper)));
            bool known = _isBase(wrapper);
            for (uint256 j; j < count; ++j) known = known || address(all[j]) == address(wrapper);
            require(!known, DuplicateWrapper(address(wrapper)));
            all[count++] = wrapper;
        }
    }

    function _executorOf(address account) private view returns (address executor) {
        executor = FACTORY.getExecutor(account);
        require(executor != address(0), NoExecutorRegistered());
    }

    function _runSession(address executor, address takenOver, bytes memory data) private {
        (_account, _executor, _takenOver) = (msg.sender, executor, takenOver);
        IFluxExecutorCallback(executor).fluxUnlockCallback(data);
        (_account, _executor, _takenOver) = (address(0), address(0), address(0));
    }

    function _require(address account) private view {
        require(msg.sender == account, Unauthorized(msg.sender));
    }

    /// What the bond check compares the end of the session with.
    function _baseline(address manager) private view returns (uint256 principal, uint256 bond) {
        (principal,) = managerDebt(manager);
        bond = managerBond(manager);
    }

    /// Who owes nothing is healthy, whatever the oracles say, so that leaving never depends on them.
    function _checkHealth(address manager, uint256 principalBefore, uint256 bondBefore) private view {
        (uint256 principal, uint256 interest) = managerDebt(manager);
        if (principal + interest == 0) return;
        (bool canLiquidate,) =
            STRATEGY.evaluateLiquidation(address(this), manager, managerWrappers(manager), principal + interest);
        require(!canLiquidate, PositionNotHealthy());
        uint256 bond = managerBond(manager);
        if (principal <= principalBefore && bond >= bondBefore) return;
        uint256 required = Math.mulDiv(principal, STRATEGY.minBondRatio(), WAD, Math.Rounding.Ceil);
        require(bond >= required, InsufficientBond(bond, required));
    }

    // ---- locked functions ----------------------------------------------------------------------------------------

    function locked_borrow(uint256 amount) external locked {
        _requireNonZero(amount);
        require(amount <= idleAssets, InsufficientLiquidity(idleAssets, amount));
        require(
            accessPolicy == address(0) || IAccessPolicy(accessPolicy).canBorrow(_account), AccessDenied(_account)
        );
        idleAssets -= amount;
        _addPrincipal(_account, amount);
        emit Borrowed(_account, amount);
        IERC20(asset()).safeTransfer(msg.sender, amount);
    }

    /// Interest first, then principal; `type(uint256).max` repays everything.
    function locked_repay(uint256 amount) external locked {
        address manager = _account;
        (uint256 principal, uint256 interest) = managerDebt(manager);
        uint256 debt = principal + interest;
        if (amount == type(uint256).max) amount = debt;
        _requireNonZero(amount);
        require(amount <= debt, ExcessiveDebt(amount, debt));
        uint256 interestPaid = Math.min(amount, interest);
        idleAssets += amount - interestPaid + _collectInterest(manager, interestPaid);
        _removePrincipal(manager, amount - interestPaid);
        emit Repaid(manager, amount);
        IERC20(asset()).safeTransferFrom(msg.sender, address(this), amount);
    }

    function locked_depositBond(uint256 amount) external locked {
        emit BondDeposited(_account, amount);
        _depositInto(baseAssetWrapper, BOND, amount);
    }

    function locked_withdrawBond(uint256 amount) external locked {
        emit BondWithdrawn(_account, amount);
        baseAssetWrapper.withdraw(_account, BOND, amount, msg.sender);
    }

    function locked_registerWrapper(address wrapper) external locked {
        _requireAllowed(IAsset(wrapper));
        _register(_account, IAsset(wrapper));
    }

    /// Positions stay, but no longer count; a liquidator may name the wrapper and take them along.
    function locked_deregisterWrapper(address wrapper) external locked {
        _deregister(_account, IAsset(wrapper));
    }

    function locked_depositToWrapper(IAsset wrapper, bytes32 positionId, uint256 amount) external locked {
        if (_isBase(wrapper)) {
            _requireWorkingCapital(positionId);
        } else {
            _requireAllowed(wrapper);
            _addPosition(_account, wrapper, positionId);
        }
        _depositInto(wrapper, positionId, amount);
    }

    function locked_withdrawFromWrapper(IAsset wrapper, bytes32 positionId, uint256 amount) external locked {
        address manager = _account;
        if (_isBase(wrapper)) _requireWorkingCapital(positionId);
        else _requireListed(manager, wrapper);
        wrapper.withdraw(manager, positionId, amount, msg.sender);
        if (!_isBase(wrapper) && wrapper.getBalance(address(this), manager, positionId) == 0) {
            _removePosition(manager, wrapper, positionId);
        }
    }

    function locked_claimFromWrapper(IAsset wrapper, bytes32 positionId, uint256 amountOrTokenId) external locked {
        if (_isBase(wrapper)) {
            _requireWorkingCapital(positionId);
        } else {
            // A claim adds counted value like a deposit does, so a removed asset may not come in by this door either.
            _requireAllowed(wrapper);
            _addPosition(_account, wrapper, positionId);
        }
        wrapper.claim(_account, positionId, amountOrTokenId);
    }

    function locked_interactWithWrapper(address wrapper, bytes calldata data) external locked {
        _requireRegistered(_account, IAsset(wrapper));
        IAsset(wrapper).customInteraction(_account, data);
    }

    function locked_moveFunds(bytes32 fromPositionId, bytes32 toPositionId, uint256 amount) external locked {
        bool toBond = fromPositionId == WORKING_CAPITAL && toPositionId == BOND;
        require(toBond || (fromPositionId == BOND && toPositionId == WORKING_CAPITAL), InvalidPosition(toPositionId));
        if (toBond) emit BondDeposited(_account, amount);
        else emit BondWithdrawn(_account, amount);
        baseAssetWrapper.transfer(_account, fromPositionId, _account, toPositionId, amount);
    }

    /// The executor approves the vault alone; the wrapper takes the tokens from the vault, its account.
    function _depositInto(IAsset wrapper, bytes32 positionId, uint256 amount) private {
        IERC20 token = IERC20(wrapper.underlyingAsset());
        token.safeTransferFrom(msg.sender, address(this), amount);
        token.forceApprove(address(wrapper), amount);
        wrapper.deposit(_account, positionId, amount);
    }

    function _requireWorkingCapital(bytes32 positionId) private pure {
        require(positionId == WORKING_CAPITAL, InvalidPosition(positionId));
    }

    function _isBase(IAsset wrapper) private view returns (bool) {
        return address(wrapper) == address(baseAssetWrapper);
    }

    function _requireAllowed(IAsset wrapper) private view {
        bool allowed;
        if (!_isBase(wrapper) && FACTORY.isAssetWhitelisted(address(wrapper))) {
            IAsset[] memory assets = STRATEGY.getAllowedAssets();
            for (uint256 i; i < assets.length; ++i) allowed = allowed || address(assets[i]) == address(wrapper);
        }
        require(allowed, AssetNotAllowed(address(wrapper)));
    }

    // ---- curator and factory -------------------------------------------------------------------------------------

    function setCuratorFeeRate(uint256 newRate) external entry only(curator) {
        require(newRate <= MAX_CURATOR_FEE_BPS, InvalidParameter("curatorFeeRate", newRate));
        _accrue();
        emit CuratorFeeRateUpdated(curatorFeeRate(), newRate);
        _setCuratorFeeRate(uint16(newRate));
    }

    function setAdlManager(address newManager) external entry only(curator) {
        // Disabled is disabled for good: the zero address passes for nobody.
        if (adlManager == address(0)) _require(address(0));
        emit AdlManagerUpdated(adlManager, newManager);
        adlManager = newManager;
    }

    function claimFees() external entry only(address(FACTORY)) returns (uint256 protocolFee, uint256 curatorFee) {
        (protocolFee, curatorFee) = _takeFees();
        address collector = FACTORY.protocolFeeCollector();
        emit FeesClaimed(collector, curator, protocolFee, curatorFee);
        if (protocolFee != 0) IERC20(asset()).safeTransfer(collector, protocolFee);
        if (curatorFee != 0) IERC20(asset()).safeTransfer(curator, curatorFee);
    }

    // ---- views ---------------------------------------------------------------------------------------------------

    function managerBond(address manager) public view returns (uint256) {
        return baseAssetWrapper.getBalance(address(this), manager, BOND);
    }

    function managerWorkingCapital(address manager) external view returns (uint256) {
        return baseAssetWrapper.getBalance(address(this), manager, WORKING_CAPITAL);
    }
}
