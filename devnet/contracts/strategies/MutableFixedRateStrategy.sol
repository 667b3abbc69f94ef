// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IMutableStrategy, IStrategy} from "../interfaces/IStrategy.sol";
import {FixedRateStrategy, StrategyParameters} from "./FixedRateStrategy.sol";

/// @title  Fixed rate that its owner may change: interest rate, minimum bond ratio, allowed assets
/// @notice Setters act at once; the owner is meant to be a timelock. The liquidation buffer, the profit margin and the
///         payment rule cannot change.
contract MutableFixedRateStrategy is FixedRateStrategy, IMutableStrategy, Ownable {
    /// All that the cumulative rate needs, in one slot.
    struct Rate {
        uint64 perYear;
        uint64 since;
        uint128 cumulative;
    }

    Rate private _rate;
    uint256 private _minBondRatio;

    bool public constant isMutable = true;

    constructor(
        IFluxVaultFactory factory_,
        StrategyParameters memory parameters,
        IAsset[] memory allowedAssets,
        address strategyOwner
    ) FixedRateStrategy(factory_, parameters, allowedAssets) Ownable(strategyOwner) {
        // The ratio check of the base contract keeps a rate below 2^64.
        _rate = Rate(uint64(parameters.interestRate), uint64(block.timestamp), 0);
        _minBondRatio = parameters.minBondRatio;
    }

    function interestRate() external view returns (uint256) {
        return _rate.perYear;
    }

    function minBondRatio() public view override(FixedRateStrategy, IStrategy) returns (uint256) {
        return _minBondRatio;
    }

    function cumulativeRate() public view returns (uint256) {
        Rate memory rate = _rate;
        return rate.cumulative + uint256(rate.perYear) * (block.timestamp - rate.since);
    }

    function owner() public view override(Ownable, IStrategy) returns (address) {
        return Ownable.owner();
    }

    function setInterestRate(uint256 newRate) external onlyOwner {
        require(newRate <= MAX_RATIO, InvalidParameter("interestRate", newRate));
        emit ParameterUpdated("interestRate", _rate.perYear, newRate);
        // Time that has passed keeps the old rate.
        _rate = Rate(uint64(newRate), uint64(block.timestamp), uint128(cumulativeRate()));
    }

    /// Applies to existing positions too: a higher ratio raises the liquidation threshold of every manager.
    function setMinBondRatio(uint256 newRatio) external onlyOwner {
        _checkBondRatio(newRatio, liquidationBuffer);
        emit ParameterUpdated("minBondRatio", _minBondRatio, newRatio);
        _minBondRatio = newRatio;
    }

    function addAllowedAsset(IAsset asset) external onlyOwner {
        _allow(asset);
        emit AssetAllowed(address(asset), true);
    }

    /// Blocks new deposits; positions that exist keep counting.
    function removeAllowedAsset(IAsset asset) external onlyOwner {
        uint256 last = _allowedAssets.length;
        for (uint256 i; i < last; ++i) {
            if (address(_allowedAssets[i]) != address(asset)) continue;
            _allowedAssets[i] = _allowedAssets[last - 1];
            _allowedAssets.pop();
            emit AssetAllowed(address(asset), false);
            return;
        }
        revert AssetNotAllowed(address(asset));
    }
}
