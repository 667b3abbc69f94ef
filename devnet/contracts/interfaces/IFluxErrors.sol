// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title  Every custom error of the protocol, in both of its documented vocabularies
/// @notice The interface reference and the error reference of the documentation name disjoint sets of errors. Both are
///         declared here so that whichever a contract uses can be decoded from any of the ABIs.
///         Where the documentation names an error without its arguments, the arguments below are a choice.
interface IFluxErrors {
    // ---- interface reference -------------------------------------------------------------------------------------

    /// The caller of `unlock` or `liquidate` has no executor registered at the factory.
    error NoExecutorRegistered();
    /// The position is below its liquidation threshold at the end of the session.
    error PositionNotHealthy();
    /// The manager owes nothing, so there is nothing to liquidate or to deleverage.
    error PositionNotActive();
    /// The strategy says that this manager cannot be liquidated now (same meaning as {NotLiquidatable}).
    error PositionNotLiquidatable();
    /// The executor did not have, or did not approve, the payment when its callback ended.
    error InsufficientPayment();

    // ---- error reference -----------------------------------------------------------------------------------------

    /// Less idle base asset than asked for. Both in base-asset units.
    error InsufficientLiquidity(uint256 available, uint256 requested);
    /// Same meaning as {PositionNotLiquidatable}; declared for decoding, not raised by the reference vault.
    error NotLiquidatable(address manager);
    /// The bond is smaller than `minBondRatio` of the principal. Both in base-asset units.
    error InsufficientBond(uint256 bond, uint256 required);
    /// The caller does not hold the role that this function needs.
    error Unauthorized(address caller);
    /// More than is owed, or more than a bound permits. Both in base-asset units.
    error ExcessiveDebt(uint256 amount, uint256 maximum);
    /// The wrapper is not whitelisted by the factory or not allowed by the strategy.
    error AssetNotAllowed(address asset);
    /// A value outside its permitted range; `key` names it as in `ParameterUpdated`.
    error InvalidParameter(bytes32 key, uint256 value);
    error ZeroAddress();
    error ZeroAmount();
    /// The deadline has passed.
    error Expired();

    // ---- the reference deployment's own --------------------------------------------------------------------------

    /// The vault is inside a session, or inside another entry point.
    error VaultLocked();
    /// A locked function was called by anything but the executor of the session.
    error NotLockHolder(address caller);
    /// A manager tried to liquidate, or to deleverage, itself.
    error SelfLiquidation();
    /// The same wrapper was named twice, or is already counted.
    error DuplicateWrapper(address wrapper);
    /// The wrapper is not registered for this manager.
    error WrapperNotRegistered(address wrapper);
    /// More wrappers, or more positions in one wrapper, than a session may hold.
    error TooManyPositions(uint256 maximum);
    /// `contribute` on a vault without shares: nobody would own the contribution.
    error NoShares();
    /// The strategy does not permit deleveraging this manager now.
    error PositionNotDeleverageable();
    /// The access policy refuses this account.
    error AccessDenied(address account);
    /// A wrapper holds less than asked for. Both in units of the underlying asset.
    error InsufficientBalance(uint256 available, uint256 requested);
    /// This wrapper has no such position label, or this call may not touch it.
    error InvalidPosition(bytes32 positionId);
    /// The feed answered zero, a negative number or nothing.
    error InvalidPrice(address source);
    /// The vault was not created by this factory.
    error UnknownVault(address vault);
    /// The payment asked for exceeds the liquidator's own bound. Both in base-asset units.
    error PaymentAboveMaximum(uint256 payment, uint256 maximum);
    /// Less came out than the caller demanded. Both in units of the asset received.
    error ProceedsBelowMinimum(uint256 proceeds, uint256 minimum);
}
