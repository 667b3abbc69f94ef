// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title  An ERC-4626 vault without virtual shares, as many were written before they were usual
/// @notice shares x totalAssets / totalSupply, and one for one while nobody holds any. `quotedAboveBps` makes
///         `convertToAssets` answer more than that: a vault whose conversion is no function of its totals.
contract BareVault is ERC20 {
    using SafeERC20 for IERC20;
    using Math for uint256;

    address public immutable asset;
    uint256 private immutable _quotedAboveBps;

    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    event Withdraw(
        address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares
    );

    constructor(address asset_, uint256 quotedAboveBps) ERC20("Bare Vault", "bv") {
        asset = asset_;
        _quotedAboveBps = quotedAboveBps;
    }

    function takeAway(uint256 assets, address to) external {
        IERC20(asset).safeTransfer(to, assets);
    }

    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        shares = convertToShares(assets);
        IERC20(asset).safeTransferFrom(msg.sender, address(this), assets);
        _mint(receiver, shares);
        emit Deposit(msg.sender, receiver, assets, shares);
    }

    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets) {
        if (msg.sender != owner) _spendAllowance(owner, msg.sender, shares);
        assets = totalSupply() == 0 ? shares : shares.mulDiv(totalAssets(), totalSupply());
        _burn(owner, shares);
        emit Withdraw(msg.sender, receiver, owner, assets, shares);
        IERC20(asset).safeTransfer(receiver, assets);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function totalAssets() public view returns (uint256) {
        return IERC20(asset).balanceOf(address(this));
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return totalSupply() == 0 ? assets : assets.mulDiv(totalSupply(), totalAssets());
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        uint256 assets = totalSupply() == 0 ? shares : shares.mulDiv(totalAssets(), totalSupply());
        return assets + assets.mulDiv(_quotedAboveBps, 10_000);
    }
}
