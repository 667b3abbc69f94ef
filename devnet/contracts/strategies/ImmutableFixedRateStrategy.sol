// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {FixedRateStrategy, StrategyParameters} from "./FixedRateStrategy.sol";

/// @title Fixed rate, nothing changes, ever
contract ImmutableFixedRateStrategy is FixedRateStrategy {
    uint256 public immutable interestRate;
    uint256 private immutable _minBondRatio;
    uint256 private immutable _startedAt;

    bool public constant isMutable = false;
    address public constant owner = address(0);

    constructor(IFluxVaultFactory factory_, StrategyParameters memory parameters, IAsset[] memory allowedAssets)
        FixedRateStrategy(factory_, parameters, allowedAssets)
    {
        interestRate = parameters.interestRate;
        _minBondRatio = parameters.minBondRatio;
        _startedAt = block.timestamp;
    }

    function minBondRatio() public view override returns (uint256) {
        return _minBondRatio;
    }

    function cumulativeRate() external view returns (uint256) {
        return interestRate * (block.timestamp - _startedAt);
    }
}
