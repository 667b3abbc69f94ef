// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {BaseAsset} from "../assets/BaseAsset.sol";
import {ERC20Wrapper} from "../assets/ERC20Wrapper.sol";
import {ERC4626Wrapper} from "../assets/ERC4626Wrapper.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";

/// @title Deploys wrappers; governance still has to whitelist each one
contract AssetWrapperFactory {
    IFluxVaultFactory public immutable FACTORY;

    event WrapperDeployed(address indexed wrapper, address indexed underlyingAsset);

    constructor(IFluxVaultFactory factory_) {
        FACTORY = factory_;
    }

    function deployBaseAsset(address token) external returns (address wrapper) {
        wrapper = address(new BaseAsset(FACTORY, token));
        emit WrapperDeployed(wrapper, token);
    }

    function deployERC20Wrapper(address token) external returns (address wrapper) {
        wrapper = address(new ERC20Wrapper(FACTORY, token));
        emit WrapperDeployed(wrapper, token);
    }

    function deployERC4626Wrapper(address vault) external returns (address wrapper) {
        wrapper = address(new ERC4626Wrapper(FACTORY, IERC4626(vault)));
        emit WrapperDeployed(wrapper, vault);
    }
}
