// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";

/// @title  A market with real slippage: x * y = k, one liquidity owner
/// @notice The way out for seized collateral. out = in' x reserveOut / (reserveIn + in'), in' = in less the fee; all
///         rounded down. The fee stays in the pool. The owner sets the price by adding and removing liquidity.
contract ConstantProductPool is IFluxErrors, Ownable {
    using SafeERC20 for IERC20;

    uint256 private constant BPS = 10_000;

    address public immutable token0;
    address public immutable token1;
    uint256 public immutable feeBps;

    uint256 public reserve0;
    uint256 public reserve1;

    event LiquidityChanged(uint256 reserve0, uint256 reserve1);
    event Swap(address indexed sender, address indexed to, address tokenIn, uint256 amountIn, uint256 amountOut);

    constructor(address token0_, address token1_, uint256 feeBps_, address liquidityOwner) Ownable(liquidityOwner) {
        require(token0_ != address(0) && token1_ != address(0) && token0_ != token1_, ZeroAddress());
        require(feeBps_ < BPS, InvalidParameter("feeBps", feeBps_));
        token0 = token0_;
        token1 = token1_;
        feeBps = feeBps_;
    }

    function addLiquidity(uint256 amount0, uint256 amount1) external onlyOwner {
        reserve0 += amount0;
        reserve1 += amount1;
        emit LiquidityChanged(reserve0, reserve1);
        if (amount0 != 0) IERC20(token0).safeTransferFrom(msg.sender, address(this), amount0);
        if (amount1 != 0) IERC20(token1).safeTransferFrom(msg.sender, address(this), amount1);
    }

    function removeLiquidity(uint256 amount0, uint256 amount1, address to) external onlyOwner {
        require(amount0 <= reserve0, InsufficientLiquidity(reserve0, amount0));
        require(amount1 <= reserve1, InsufficientLiquidity(reserve1, amount1));
        reserve0 -= amount0;
        reserve1 -= amount1;
        emit LiquidityChanged(reserve0, reserve1);
        if (amount0 != 0) IERC20(token0).safeTransfer(to, amount0);
        if (amount1 != 0) IERC20(token1).safeTransfer(to, amount1);
    }

    /// What `swapExactIn` would pay out now.
    function quoteExactIn(address tokenIn, uint256 amountIn) public view returns (uint256 amountOut) {
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        uint256 taken = amountIn * (BPS - feeBps);
        if (taken == 0 || reserveIn == 0) return 0;
        return Math.mulDiv(taken, reserveOut, reserveIn * BPS + taken);
    }

    /// Sells exactly `amountIn`, pulled from the caller. Reverts with {ProceedsBelowMinimum} under `minOut`.
    function swapExactIn(address tokenIn, uint256 amountIn, uint256 minOut, address to) external returns (uint256 amountOut) {
        amountOut = quoteExactIn(tokenIn, amountIn);
        require(amountOut != 0, ZeroAmount());
        require(amountOut >= minOut, ProceedsBelowMinimum(amountOut, minOut));
        bool zeroForOne = tokenIn == token0;
        if (zeroForOne) {
            reserve0 += amountIn;
            reserve1 -= amountOut;
        } else {
            reserve1 += amountIn;
            reserve0 -= amountOut;
        }
        emit Swap(msg.sender, to, tokenIn, amountIn, amountOut);
        IERC20(tokenIn).safeTransferFrom(msg.sender, address(this), amountIn);
        IERC20(zeroForOne ? token1 : token0).safeTransfer(to, amountOut);
    }

    function _reserves(address tokenIn) private view returns (uint256 reserveIn, uint256 reserveOut) {
        if (tokenIn == token0) return (reserve0, reserve1);
        require(tokenIn == token1, AssetNotAllowed(tokenIn));
        return (reserve1, reserve0);
    }
}
