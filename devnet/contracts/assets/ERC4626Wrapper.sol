// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {BaseAssetWrapper} from "./BaseAssetWrapper.sol";
import {SimpleFungibleWrapper} from "./SimpleFungibleWrapper.sol";

/// @title  Wrapper of the shares of another ERC-4626 vault
/// @notice The shares are the underlying asset; the registry prices them, usually through ExchangeRateOracle.
contract ERC4626Wrapper is SimpleFungibleWrapper {
    /// The asset inside the wrapped vault.
    address public immutable wrappedAsset;

    constructor(IFluxVaultFactory factory_, IERC4626 vault) BaseAssetWrapper(factory_, address(vault)) {
        wrappedAsset = vault.asset();
    }
}
