// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {GraduatedCapDepositPolicyTier, IDepositPolicy} from "../interfaces/IPolicies.sol";

/// @title  A cap on total assets that grows with use
/// @notice `minTotalAssets` may always be deposited; beyond it the cap is that of the highest tier whose utilisation
///         the vault has reached. Tiers ascend in utilisation and in cap. Nothing can be changed.
contract GraduatedCapDepositPolicy is IDepositPolicy, IFluxErrors {
    uint256 private constant WAD = 1e18;

    uint256 public immutable minTotalAssets;
    GraduatedCapDepositPolicyTier[] private _tiers;

    constructor(GraduatedCapDepositPolicyTier[] memory tiers_, uint256 minTotalAssets_) {
        minTotalAssets = minTotalAssets_;
        for (uint256 i; i < tiers_.length; ++i) {
            require(tiers_[i].utilisation <= WAD, InvalidParameter("utilisation", tiers_[i].utilisation));
            require(tiers_[i].cap >= (i == 0 ? minTotalAssets_ : tiers_[i - 1].cap), InvalidParameter("cap", tiers_[i].cap));
            if (i != 0) {
                require(
                    tiers_[i].utilisation > tiers_[i - 1].utilisation, InvalidParameter("utilisation", tiers_[i].utilisation)
                );
            }
            _tiers.push(tiers_[i]);
        }
    }

    function tiers() external view returns (GraduatedCapDepositPolicyTier[] memory) {
        return _tiers;
    }

    function maxTotalAssets(address vault) external view returns (uint256 cap) {
        cap = minTotalAssets;
        uint256 total = IFluxVault(vault).totalAssets();
        if (total == 0) return cap;
        uint256 utilisation = WAD - IFluxVault(vault).idleAssets() * WAD / total;
        for (uint256 i; i < _tiers.length && _tiers[i].utilisation <= utilisation; ++i) cap = _tiers[i].cap;
    }
}
