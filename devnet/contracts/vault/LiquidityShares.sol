// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAccessPolicy, IDepositPolicy} from "../interfaces/IPolicies.sol";
import {InterestLedger} from "./InterestLedger.sol";
import {VaultLock} from "./VaultLock.sol";

/// @title  The liquidity providers' side: ERC-4626 shares of idle and lent assets
/// @notice totalAssets = idle + principal lent + interest accrued, less the fees on that interest. Idle is counted
///         here and not read from the token, so a plain transfer to the vault changes nothing.
///         Share decimals equal the asset's: OpenZeppelin's virtual-share offset stays 0, one virtual share.
abstract contract LiquidityShares is ERC4626, InterestLedger, VaultLock {
    address public immutable accessPolicy;
    address public immutable depositPolicy;

    uint256 public idleAssets;

    constructor(address accessPolicy_, address depositPolicy_) {
        accessPolicy = accessPolicy_;
        depositPolicy = depositPolicy_;
    }

    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return idleAssets + _lentAssets();
    }

    function deposit(uint256 assets, address receiver) public override(ERC4626, IERC4626) entry returns (uint256 shares) {
        _accrue();
        shares = previewDeposit(assets);
        _admit(assets, shares, receiver);
    }

    function mint(uint256 shares, address receiver) public override(ERC4626, IERC4626) entry returns (uint256 assets) {
        _accrue();
        assets = previewMint(shares);
        _admit(assets, shares, receiver);
    }

    function withdraw(uint256 assets, address receiver, address owner)
        public
        override(ERC4626, IERC4626)
        entry
        returns (uint256 shares)
    {
        _accrue();
        uint256 owned = previewRedeem(balanceOf(owner));
        require(assets <= owned, ERC4626ExceededMaxWithdraw(owner, assets, owned));
        shares = previewWithdraw(assets);
        _release(assets, shares, receiver, owner);
    }

    function redeem(uint256 shares, address receiver, address owner)
        public
        override(ERC4626, IERC4626)
        entry
        returns (uint256 assets)
    {
        _accrue();
        uint256 owned = balanceOf(owner);
        require(shares <= owned, ERC4626ExceededMaxRedeem(owner, shares, owned));
        assets = previewRedeem(shares);
        _release(assets, shares, receiver, owner);
    }

    function maxDeposit(address receiver) public view override(ERC4626, IERC4626) returns (uint256) {
        return _entered ? 0 : _room(receiver);
    }

    function maxMint(address receiver) public view override(ERC4626, IERC4626) returns (uint256) {
        uint256 assets = maxDeposit(receiver);
        return assets == type(uint256).max ? assets : previewDeposit(assets);
    }

    function maxWithdraw(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        return _entered ? 0 : Math.min(previewRedeem(balanceOf(owner)), idleAssets);
    }

    function maxRedeem(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        if (_entered) return 0;
        uint256 shares = balanceOf(owner);
        return previewRedeem(shares) <= idleAssets ? shares : Math.min(shares, convertToShares(idleAssets));
    }

    function contribute(uint256 amount) external entry {
        _requireNonZero(amount);
        require(totalSupply() != 0, NoShares());
        _accrue();
        emit RecoveryReceived(msg.sender, amount, totalAssets(), totalSupply());
        _transferIn(msg.sender, amount);
    }

    function _admit(uint256 assets, uint256 shares, address receiver) private {
        _requireNonZero(assets);
        _requireNonZero(shares);
        _requireDepositor(msg.sender);
        _requireDepositor(receiver);
        uint256 room = _room(receiver);
        require(assets <= room, ERC4626ExceededMaxDeposit(receiver, assets, room));
        _deposit(msg.sender, receiver, assets, shares);
    }

    function _release(uint256 assets, uint256 shares, address receiver, address owner) private {
        require(assets <= idleAssets, InsufficientLiquidity(idleAssets, assets));
        _withdraw(msg.sender, receiver, owner, assets, shares);
    }

    function _requireDepositor(address account) private view {
        require(_mayDeposit(account), AccessDenied(account));
    }

    function _mayDeposit(address account) private view returns (bool) {
        return accessPolicy == address(0) || IAccessPolicy(accessPolicy).canDeposit(account);
    }

    function _room(address receiver) private view returns (uint256) {
        if (!_mayDeposit(receiver)) return 0;
        if (depositPolicy == address(0)) return type(uint256).max;
        return Math.saturatingSub(IDepositPolicy(depositPolicy).maxTotalAssets(address(this)), totalAssets());
    }

    function _transferIn(address from, uint256 assets) internal override {
        idleAssets += assets;
        super._transferIn(from, assets);
    }

    function _transferOut(address to, uint256 assets) internal override {
        idleAssets -= assets;
        super._transferOut(to, assets);
    }
}
