// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxExecutor} from "../interfaces/IFluxExecutor.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {ConstantProductPool} from "../market/ConstantProductPool.sol";

/// @title  The stock executor: sequences of calls as manager, two ready-made ways to take over a position
/// @notice Anybody may register this executor for themselves, so being called by a vault proves nothing. It works only
///         when the vault says that its owner opened the session.
contract FluxExecutor is IFluxExecutor {
    using SafeERC20 for IERC20;

    bytes32 private constant WORKING_CAPITAL = 0;

    IFluxVaultFactory public immutable FACTORY;
    address public immutable owner;

    constructor(IFluxVaultFactory factory_, address owner_) {
        require(address(factory_) != address(0) && owner_ != address(0), ZeroAddress());
        FACTORY = factory_;
        owner = owner_;
    }

    modifier onlyOwner() {
        require(msg.sender == owner, Unauthorized(msg.sender));
        _;
    }

    function execute(Call[] calldata calls) external onlyOwner {
        _run(calls);
    }

    function sweep(address token) external onlyOwner {
        _toOwner(token, 0);
    }

    function fluxUnlockCallback(bytes calldata data) external {
        require(FACTORY.isVault(msg.sender), UnknownVault(msg.sender));
        IFluxVault vault = IFluxVault(msg.sender);
        (address account, address executor, address takenOver) = vault.session();
        require(account == owner && executor == address(this), Unauthorized(account));
        if (takenOver == address(0)) _run(abi.decode(data, (Call[])));
        else _takeOver(vault, data);
    }

    function _takeOver(IFluxVault vault, bytes calldata data) private {
        (uint256 minPayment,, bytes memory own) = abi.decode(data, (uint256, uint256, bytes));
        (Mode mode, uint256 maxPayment, uint256 minProceeds, uint256 deadline, bytes memory route) =
            abi.decode(own, (Mode, uint256, uint256, uint256, bytes));
        require(block.timestamp <= deadline, Expired());
        require(minPayment <= maxPayment, PaymentAboveMaximum(minPayment, maxPayment));
        if (mode == Mode.Custom) return _run(abi.decode(route, (Call[])));

        // Both ready-made modes take out everything that the vault books for the owner. With a position of its own
        // that would be more than what was seized.
        (uint256 principal, uint256 interest) = vault.managerDebt(owner);
        require(principal + interest == 0, ExcessiveDebt(principal + interest, 0));

        IERC20 base = IERC20(vault.asset());
        IAsset[] memory wrappers = vault.managerWrappers(owner);
        if (mode == Mode.PayFromWallet) {
            uint256 seized = _seizedValue(vault, wrappers);
            require(seized >= minProceeds, ProceedsBelowMinimum(seized, minProceeds));
            base.safeTransferFrom(owner, address(this), minPayment);
            _takeOut(vault, wrappers);
        } else {
            _takeOut(vault, wrappers);
            _sell(abi.decode(route, (Swap[])));
            uint256 proceeds = base.balanceOf(address(this));
            require(proceeds >= minProceeds, ProceedsBelowMinimum(proceeds, minProceeds));
            require(proceeds >= minPayment, InsufficientPayment());
        }
        for (uint256 i; i < wrappers.length; ++i) {
            address token = wrappers[i].underlyingAsset();
            if (token != address(base)) _toOwner(token, 0);
        }
        _toOwner(address(base), minPayment);
        base.forceApprove(address(vault), minPayment);
    }

    /// Oracle value of everything that the vault books for the owner, in base-asset units, rounded down.
    function _seizedValue(IFluxVault vault, IAsset[] memory wrappers) private view returns (uint256) {
        IAsset base = vault.baseAssetWrapper();
        uint256 valueUSD;
        for (uint256 i; i < wrappers.length; ++i) {
            bytes32[] memory positionIds = vault.managerPositions(owner, wrappers[i]);
            for (uint256 j; j < positionIds.length; ++j) {
                valueUSD += wrappers[i].getValue(address(vault), owner, positionIds[j]);
            }
        }
        address asset = base.underlyingAsset();
        uint256 price = FACTORY.oracleRegistry().getPriceUSD(asset);
        return vault.managerBond(owner) + vault.managerWorkingCapital(owner)
            + Math.mulDiv(valueUSD, 10 ** IERC20Metadata(asset).decimals(), price);
    }

    /// Takes every position of the owner out of the vault; the tokens come here.
    function _takeOut(IFluxVault vault, IAsset[] memory wrappers) private {
        uint256 bond = vault.managerBond(owner);
        uint256 workingCapital = vault.managerWorkingCapital(owner);
        if (bond != 0) vault.locked_withdrawBond(bond);
        if (workingCapital != 0) {
            vault.locked_withdrawFromWrapper(vault.baseAssetWrapper(), WORKING_CAPITAL, workingCapital);
        }

        for (uint256 i; i < wrappers.length; ++i) {
            IAsset wrapper = wrappers[i];
            bytes32[] memory positionIds = vault.managerPositions(owner, wrapper);
            for (uint256 j; j < positionIds.length; ++j) {
                uint256 amount = wrapper.getBalance(address(vault), owner, positionIds[j]);
                if (amount != 0) vault.locked_withdrawFromWrapper(wrapper, positionIds[j], amount);
            }
            vault.locked_deregisterWrapper(address(wrapper));
        }
    }

    function _sell(Swap[] memory swaps) private {
        for (uint256 i; i < swaps.length; ++i) {
            Swap memory swap = swaps[i];
            uint256 amount = IERC20(swap.tokenIn).balanceOf(address(this));
            if (amount == 0) continue;
            if (swap.venue == swap.tokenIn) {
                uint256 out = IERC4626(swap.venue).redeem(amount, address(this), address(this));
                require(out >= swap.minOut, ProceedsBelowMinimum(out, swap.minOut));
            } else {
                IERC20(swap.tokenIn).forceApprove(swap.venue, amount);
                ConstantProductPool(swap.venue).swapExactIn(swap.tokenIn, amount, swap.minOut, address(this));
            }
        }
    }

    function _toOwner(address token, uint256 keep) private {
        uint256 balance = IERC20(token).balanceOf(address(this));
        if (balance > keep) IERC20(token).safeTransfer(owner, balance - keep);
    }

    function _run(Call[] memory calls) private {
        for (uint256 i; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = calls[i].target.call(calls[i].data);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(answer, 32), mload(answer))
                }
            }
        }
    }
}
