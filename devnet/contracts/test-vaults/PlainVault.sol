// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title  An OpenZeppelin ERC-4626 vault that can lose its assets without a word
/// @notice Total assets are the tokens it holds: whoever sends it some raises the share price, and `takeAway` lowers it
///         with no event of the vault's own. The shares have as many more decimals as the offset says; `statedDecimals`
///         other than zero is what `decimals()` says instead, for vaults whose decimals do not show their offset.
contract PlainVault is ERC4626 {
    using SafeERC20 for IERC20;

    uint8 private immutable _offset;
    uint8 private immutable _stated;

    constructor(IERC20 asset_, uint8 offset, uint8 statedDecimals) ERC20("Plain Vault", "pv") ERC4626(asset_) {
        _offset = offset;
        _stated = statedDecimals;
    }

    function takeAway(uint256 assets, address to) external {
        IERC20(asset()).safeTransfer(to, assets);
    }

    function decimals() public view override returns (uint8) {
        return _stated == 0 ? super.decimals() : _stated;
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return _offset;
    }
}
