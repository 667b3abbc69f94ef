// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {BaseAssetWrapper} from "./BaseAssetWrapper.sol";
import {SimpleFungibleWrapper} from "./SimpleFungibleWrapper.sol";

/// @title Wrapper of one ERC-20, priced by the token's own oracle
contract ERC20Wrapper is SimpleFungibleWrapper {
    constructor(IFluxVaultFactory factory_, address token) BaseAssetWrapper(factory_, token) {}
}
