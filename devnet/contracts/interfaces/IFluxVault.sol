// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IAsset} from "./IAsset.sol";
import {IFluxErrors} from "./IFluxErrors.sol";
import {IFluxVaultFactory} from "./IFluxVaultFactory.sol";
import {IStrategy} from "./IStrategy.sol";

/// @title  Positions of a Flux vault; amounts in base-asset units, views live at `block.timestamp`
interface IFluxVault is IERC4626, IFluxErrors {
    // ---- events --------------------------------------------------------------------------------------------------

    event Borrowed(address indexed manager, uint256 amount);
    /// `amount` includes the interest part, which `InterestCollected` of the same call names.
    event Repaid(address indexed manager, uint256 amount);
    event BondDeposited(address indexed manager, uint256 amount);
    event BondWithdrawn(address indexed manager, uint256 amount);
    /// `positionValue` is the value, in base-asset units, that the payment was computed from.
    event PositionLiquidated(
        address indexed manager,
        address indexed liquidator,
        uint256 positionValue,
        uint256 trueDebt,
        uint256 payment,
        uint256 badDebt
    );
    event PositionADL(address indexed manager, address indexed caller, uint256 trueDebt, uint256 equityReturned);
    /// Emitted when a liquidation leaves bad debt. `principal` and `interest` are the unpaid parts of either and add
    /// up to the bad debt; `lpLoss` = `totalAssetsBefore` - `totalAssetsAfter`, smaller by the fee takers' part of the
    /// unpaid interest.
    event LossRealised(
        address indexed manager,
        uint256 principal,
        uint256 interest,
        uint256 lpLoss,
        uint256 totalAssetsBefore,
        uint256 totalAssetsAfter,
        uint256 totalSupply
    );
    event InterestCollected(address indexed manager, uint256 interest, uint256 protocolFee, uint256 curatorFee);
    event RecoveryReceived(address indexed from, uint256 amount, uint256 totalAssetsBefore, uint256 totalSupply);

    event WrapperRegistered(address indexed manager, address indexed wrapper);
    event WrapperDeregistered(address indexed manager, address indexed wrapper);
    event CuratorFeeRateUpdated(uint256 oldRate, uint256 newRate);
    /// The zero address as new manager is final.
    event AdlManagerUpdated(address indexed oldManager, address indexed newManager);
    event FeesClaimed(address indexed protocolFeeCollector, address indexed curator, uint256 protocolFee, uint256 curatorFee);

    // ---- entries -------------------------------------------------------------------------------------------------

    /// Opens a session for the caller: calls `fluxUnlockCallback(data)` on its registered executor, which may use the
    /// locked functions, and checks the caller's health when the callback ends.
    function unlock(bytes calldata data) external;

    /// Takes over the whole position of `manager`. The caller's executor is called with
    /// `abi.encode(uint256 minPayment, uint256 trueDebt, bytes data)`; exactly `minPayment` is then pulled from it.
    /// @param additionalWrappers  wrappers in which the manager holds positions that are not registered
    function liquidate(address manager, IAsset[] calldata additionalWrappers, bytes calldata data) external;

    /// Closes a healthy but thin position while the vault is almost fully lent; the ADL manager's alone.
    function autoDeleverage(address manager, bytes calldata data) external;

    /// Gives base asset to the holders of the shares that exist now.
    function contribute(uint256 amount) external;

    // ---- locked functions: the session's executor only --------------------------------------------------------------

    function locked_borrow(uint256 amount) external;

    function locked_repay(uint256 amount) external;

    function locked_depositBond(uint256 amount) external;

    function locked_withdrawBond(uint256 amount) external;

    function locked_registerWrapper(address wrapper) external;

    function locked_deregisterWrapper(address wrapper) external;

    /// Working capital is the base-asset wrapper's position zero.
    function locked_depositToWrapper(IAsset wrapper, bytes32 positionId, uint256 amount) external;

    function locked_withdrawFromWrapper(IAsset wrapper, bytes32 positionId, uint256 amount) external;

    function locked_claimFromWrapper(IAsset wrapper, bytes32 positionId, uint256 amountOrTokenId) external;

    function locked_interactWithWrapper(address wrapper, bytes calldata data) external;

    /// Moves base asset between working capital (zero) and bond (keccak256("BOND")), either way.
    function locked_moveFunds(bytes32 fromPositionId, bytes32 toPositionId, uint256 amount) external;

    // ---- curator and factory -----------------------------------------------------------------------------------------

    /// Curator only. Basis points; applies to interest from now on.
    function setCuratorFeeRate(uint256 newRate) external;

    /// Curator only. The zero address disables ADL for good.
    function setAdlManager(address newManager) external;

    /// Factory only. Pays collected fees out to the protocol's collector and to the curator.
    function claimFees() external returns (uint256 protocolFee, uint256 curatorFee);

    // ---- views -------------------------------------------------------------------------------------------------------

    function STRATEGY() external view returns (IStrategy);

    function FACTORY() external view returns (IFluxVaultFactory);

    function baseAssetWrapper() external view returns (IAsset);

    function managerDebt(address manager) external view returns (uint256 principal, uint256 accruedInterest);

    function managerBond(address manager) external view returns (uint256);

    function managerWorkingCapital(address manager) external view returns (uint256);

    /// Registered wrappers; never the base-asset wrapper.
    function managerWrappers(address manager) external view returns (IAsset[] memory);

    /// Labels of the manager's positions in `wrapper`, registered or not.
    function managerPositions(address manager, IAsset wrapper) external view returns (bytes32[] memory positionIds);

    function idleAssets() external view returns (uint256);

    function totalPrincipalDebt() external view returns (uint256);

    /// Gross of fees. The undivided sum of all managers, then rounded down once: it may exceed the sum of the rounded
    /// figures of the managers by less than one unit each.
    function totalAccruedInterest() external view returns (uint256);

    /// Sum of the bad debt of all liquidations.
    function totalBadDebt() external view returns (uint256);

    /// Fees collected with interest and not yet claimed; no part of idle or total assets.
    function collectedFees() external view returns (uint256);

    /// Basis points.
    function curatorFeeRate() external view returns (uint256 bps);

    function curator() external view returns (address);

    function adlManager() external view returns (address);

    function accessPolicy() external view returns (address);

    function depositPolicy() external view returns (address);

    /// The session in progress: who opened it, its executor, and whose position it takes over (zero for `unlock`).
    /// All zero outside a session. An executor uses it to accept only what its owner began.
    function session() external view returns (address account, address executor, address takenOver);
}

/// @title What the vault calls on a registered executor
interface IFluxExecutorCallback {
    function fluxUnlockCallback(bytes calldata data) external;
}
