// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title  Price of an ERC-4626 share: the oracle price of its asset times the vault's own exchange rate
/// @notice price = convertToAssets(one share) x price of the asset / one asset, rounded down.
contract ExchangeRateOracle is IPriceOracle {
    IERC4626 public immutable vault;
    IPriceOracle public immutable assetOracle;
    address private immutable _asset;
    uint256 private immutable _oneShare;
    uint256 private immutable _oneAsset;

    constructor(IERC4626 vault_, IPriceOracle assetOracle_) {
        vault = vault_;
        assetOracle = assetOracle_;
        _asset = vault_.asset();
        _oneShare = 10 ** vault_.decimals();
        _oneAsset = 10 ** IERC20Metadata(_asset).decimals();
    }

    function getPrice(address) external view returns (uint256) {
        return Math.mulDiv(vault.convertToAssets(_oneShare), assetOracle.getPrice(_asset), _oneAsset);
    }
}
