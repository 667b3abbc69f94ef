// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title  Reads a vault's totals together with the clock that they were read under
/// @notice Never deployed: an `eth_call` without a recipient runs the constructor, and what it returns is the answer.
///         That needs no state override, and the answer proves itself: a node that was asked to run the call under
///         another block's clock and did not would return its own time.
///
///         LAYOUT. Eight words: block.timestamp, block.number, blockhash(block.number - 1), the size of the vault's
///         code, whether totalAssets() answered (0 or 1), what it answered, the same two for totalSupply(). A call that
///         reverts, or answers less than a word, did not answer.
contract TotalsProbe {
    constructor(address vault) {
        uint256[8] memory answer;
        answer[0] = block.timestamp;
        answer[1] = block.number;
        answer[2] = block.number == 0 ? 0 : uint256(blockhash(block.number - 1));
        answer[3] = vault.code.length;
        (answer[4], answer[5]) = _ask(vault, IERC4626.totalAssets.selector);
        (answer[6], answer[7]) = _ask(vault, IERC20.totalSupply.selector);
        assembly ("memory-safe") {
            return(answer, 256)
        }
    }

    /// One word of one view; at most a word of the answer is copied, however long it is.
    function _ask(address vault, bytes4 selector) private view returns (uint256 answered, uint256 word) {
        assembly ("memory-safe") {
            mstore(0x00, selector)
            // In two steps: the arguments of one expression are evaluated from the last to the first.
            answered := staticcall(gas(), vault, 0x00, 0x04, 0x00, 0x20)
            answered := and(answered, gt(returndatasize(), 0x1f))
            if answered { word := mload(0x00) }
        }
    }
}
