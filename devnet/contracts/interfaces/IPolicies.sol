// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Who may use a vault; the zero address in its place means everybody
interface IAccessPolicy {
    /// Asked for the caller and the receiver of a deposit. Leaving is never restricted.
    function canDeposit(address account) external view returns (bool);

    /// Asked when a manager borrows. Repaying, leaving and liquidating are never restricted.
    function canBorrow(address account) external view returns (bool);
}

/// @title How much a vault may hold; the zero address in its place means no cap
interface IDepositPolicy {
    /// Largest `totalAssets` that a deposit into `vault` may lead to, base asset.
    function maxTotalAssets(address vault) external view returns (uint256);
}

/// @notice One step of a graduated cap: from this utilisation on (1e18 = 100 %) the vault may hold up to `cap`.
///         The fields are a choice; the documentation names only the struct.
struct GraduatedCapDepositPolicyTier {
    uint256 utilisation;
    uint256 cap;
}
