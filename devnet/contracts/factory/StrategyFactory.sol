// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {StrategyParameters} from "../strategies/FixedRateStrategy.sol";
import {ImmutableFixedRateStrategy} from "../strategies/ImmutableFixedRateStrategy.sol";
import {MutableFixedRateStrategy} from "../strategies/MutableFixedRateStrategy.sol";

/// @title Deploys strategies for the vaults of one factory
contract StrategyFactory {
    IFluxVaultFactory public immutable FACTORY;

    event StrategyDeployed(address indexed strategy, address indexed owner, bool isMutable);

    constructor(IFluxVaultFactory factory_) {
        FACTORY = factory_;
    }

    function deployImmutable(StrategyParameters calldata parameters, IAsset[] calldata allowedAssets)
        external
        returns (address strategy)
    {
        strategy = address(new ImmutableFixedRateStrategy(FACTORY, parameters, allowedAssets));
        emit StrategyDeployed(strategy, address(0), false);
    }

    function deployMutable(StrategyParameters calldata parameters, IAsset[] calldata allowedAssets, address owner)
        external
        returns (address strategy)
    {
        strategy = address(new MutableFixedRateStrategy(FACTORY, parameters, allowedAssets, owner));
        emit StrategyDeployed(strategy, owner, true);
    }
}
