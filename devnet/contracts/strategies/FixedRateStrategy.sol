// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IOracleRegistry} from "../interfaces/IOracleRegistry.sol";
import {IStrategy} from "../interfaces/IStrategy.sol";

/// What a liquidator pays for a position that is worth at least its debt. Below that it is always
/// value x (1 - margin), rounded down.
enum PaymentRule {
    /// Rule (a): the debt. The liquidator keeps the rest, so it earns nothing at value = debt: the dead zone.
    Debt,
    /// Rule (b): the debt, but never more than value x (1 - margin); leaks a little bad debt just above value = debt.
    MarginFirst
}

/// @param interestRate             per year of 365 days, 1e18 = 100 %
/// @param minBondRatio             bond over principal, 1e18 = 100 %
/// @param liquidationBuffer        subtracted from 1 + minBondRatio to give the threshold; below minBondRatio
/// @param liquidationProfitMargin  the liquidator's share of an underwater position, 1e18 = 100 %
struct StrategyParameters {
    uint256 interestRate;
    uint256 minBondRatio;
    uint256 liquidationBuffer;
    uint256 liquidationProfitMargin;
    PaymentRule paymentRule;
}

/// @title  The standard rules: a rate per year, a threshold of 1 + minBondRatio - liquidationBuffer, a payment rule
/// @notice Value V = bond + working capital + every position of the wrappers given, each as its wrapper prices it.
///         Liquidatable is V x 1e18 < threshold x D, strictly and without dividing first; both sides in USD.
///         Whether a position covers its debt is decided in base-asset units, because payments are made in them.
///         One strategy serves any number of vaults of its factory.
abstract contract FixedRateStrategy is IStrategy, IFluxErrors {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant MAX_RATIO = 10e18;
    bytes32 private constant BOND = keccak256("BOND");
    bytes32 private constant WORKING_CAPITAL = 0;

    /// ADL is possible from this utilisation on (1 - idle / total assets).
    uint256 public constant ADL_UTILISATION = 0.95e18;
    /// and for positions less than this above the liquidation threshold.
    uint256 public constant ADL_HEALTH_MARGIN = 0.05e18;

    IFluxVaultFactory public immutable FACTORY;
    uint256 public immutable liquidationBuffer;
    uint256 public immutable liquidationProfitMargin;
    PaymentRule public immutable paymentRule;

    IAsset[] internal _allowedAssets;

    constructor(IFluxVaultFactory factory_, StrategyParameters memory parameters, IAsset[] memory allowedAssets) {
        require(address(factory_) != address(0), ZeroAddress());
        require(parameters.interestRate <= MAX_RATIO, InvalidParameter("interestRate", parameters.interestRate));
        _checkBondRatio(parameters.minBondRatio, parameters.liquidationBuffer);
        require(
            parameters.liquidationProfitMargin < WAD,
            InvalidParameter("liquidationProfitMargin", parameters.liquidationProfitMargin)
        );
        FACTORY = factory_;
        liquidationBuffer = parameters.liquidationBuffer;
        liquidationProfitMargin = parameters.liquidationProfitMargin;
        paymentRule = parameters.paymentRule;
        for (uint256 i; i < allowedAssets.length; ++i) _allow(allowedAssets[i]);
    }

    function minBondRatio() public view virtual returns (uint256);

    function getAllowedAssets() external view returns (IAsset[] memory) {
        return _allowedAssets;
    }

    function evaluateLiquidation(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        external
        view
        returns (bool canLiquidate, uint256 minPayment)
    {
        (,, canLiquidate, minPayment) = evaluatePosition(vault, manager, wrappers, trueDebt);
    }

    function evaluatePosition(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        public
        view
        returns (uint256 valueUSD, uint256 valueAssets, bool canLiquidate, uint256 minPayment)
    {
        uint256 debtUSD;
        (valueUSD, valueAssets, debtUSD) = _measure(vault, manager, wrappers, trueDebt);
        canLiquidate = valueUSD * WAD < _threshold() * debtUSD;
        uint256 afterMargin = valueAssets * (WAD - liquidationProfitMargin) / WAD;
        if (valueAssets < trueDebt) minPayment = afterMargin;
        else if (paymentRule == PaymentRule.MarginFirst) minPayment = Math.min(trueDebt, afterMargin);
        else minPayment = trueDebt;
    }

    /// The executor pays the value of the position; the vault keeps the debt, the manager gets the rest.
    function evaluateADL(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        external
        view
        returns (bool canADL, uint256 minPayment)
    {
        (uint256 valueUSD, uint256 valueAssets, uint256 debtUSD) = _measure(vault, manager, wrappers, trueDebt);
        minPayment = valueAssets;
        canADL = valueAssets >= trueDebt && _isThin(valueUSD * WAD, debtUSD) && _isFullyLent(IFluxVault(vault));
    }

    function _isThin(uint256 scaledValueUSD, uint256 debtUSD) private view returns (bool) {
        uint256 threshold = _threshold();
        return scaledValueUSD >= threshold * debtUSD && scaledValueUSD < (threshold + ADL_HEALTH_MARGIN) * debtUSD;
    }

    function _isFullyLent(IFluxVault vault) private view returns (bool) {
        uint256 total = vault.totalAssets();
        return total != 0 && vault.idleAssets() * WAD <= total * (WAD - ADL_UTILISATION);
    }

    function _measure(address vault, address manager, IAsset[] calldata wrappers, uint256 trueDebt)
        private
        view
        returns (uint256 valueUSD, uint256 valueAssets, uint256 debtUSD)
    {
        IAsset base = IFluxVault(vault).baseAssetWrapper();
        valueUSD = base.getValue(vault, manager, BOND) + base.getValue(vault, manager, WORKING_CAPITAL);
        for (uint256 i; i < wrappers.length; ++i) {
            bytes32[] memory positionIds = IFluxVault(vault).managerPositions(manager, wrappers[i]);
            for (uint256 j; j < positionIds.length; ++j) {
                valueUSD += wrappers[i].getValue(vault, manager, positionIds[j]);
            }
        }
        address asset = base.underlyingAsset();
        uint256 unit = 10 ** IERC20Metadata(asset).decimals();
        uint256 price = FACTORY.oracleRegistry().getPriceUSD(asset);
        valueAssets = valueUSD * unit / price;
        debtUSD = trueDebt * price / unit;
    }

    function _threshold() private view returns (uint256) {
        return WAD + minBondRatio() - liquidationBuffer;
    }

    function _checkBondRatio(uint256 ratio, uint256 buffer) internal pure {
        require(buffer < ratio && ratio <= MAX_RATIO, InvalidParameter("minBondRatio", ratio));
    }

    function _allow(IAsset asset) internal {
        require(address(asset) != address(0), ZeroAddress());
        for (uint256 i; i < _allowedAssets.length; ++i) {
            require(address(_allowedAssets[i]) != address(asset), DuplicateWrapper(address(asset)));
        }
        _allowedAssets.push(asset);
    }
}
