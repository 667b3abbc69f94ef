// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxErrors} from "./IFluxErrors.sol";
import {IFluxExecutorCallback} from "./IFluxVault.sol";

/// @title  The stock executor of the reference deployment
/// @notice One contract for one owner, as manager and as liquidator. It accepts callbacks only from a vault of its
///         factory, in a session that its owner opened. What is left over goes to the owner, to nobody else.
///
///         `vault.unlock(data)`              data = abi.encode(Call[])
///         `vault.liquidate(m, [], data)`    data = abi.encode(uint8 mode, uint256 maxPayment, uint256 minProceeds,
///         `vault.autoDeleverage(m, data)`                     uint256 deadline, bytes route)
interface IFluxExecutor is IFluxErrors, IFluxExecutorCallback {
    struct Call {
        address target;
        bytes data;
    }

    /// One sale: the executor's whole balance of `tokenIn`. Where `venue` equals `tokenIn` the token is an ERC-4626
    /// share and is redeemed; otherwise `venue` is a ConstantProductPool.
    struct Swap {
        address venue;
        address tokenIn;
        uint256 minOut;
    }

    enum Mode {
        /// Pays from the owner's wallet (allowance to the executor); everything seized goes to the owner as it is.
        /// `minProceeds` bounds the oracle value of what was seized, in base-asset units. `route` is empty.
        PayFromWallet,
        /// Takes everything out, sells along `route` = abi.encode(Swap[]), pays from the proceeds; the rest goes to
        /// the owner. Needs no capital. `minProceeds` bounds the base asset in hand before paying.
        SellCollateral,
        /// Runs `route` = abi.encode(Call[]) and leaves the payment to it. `minProceeds` is not used.
        Custom
    }

    /// Runs calls outside any session; owner only.
    function execute(Call[] calldata calls) external;

    /// Sends the whole balance of a token to the owner; owner only.
    function sweep(address token) external;

    function owner() external view returns (address);
}
