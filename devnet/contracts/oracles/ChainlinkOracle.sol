// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title  A Chainlink-style feed as a price oracle
/// @notice Scales the answer from the feed's decimals to 18: exact up to 18 decimals, rounded down above. Refuses an
///         answer of zero or below. The age of the answer is not judged.
contract ChainlinkOracle is IPriceOracle, IFluxErrors {
    IAggregatorV3 public immutable feed;
    uint256 private immutable _multiplier;
    uint256 private immutable _divisor;

    constructor(IAggregatorV3 feed_) {
        feed = feed_;
        uint256 decimals = feed_.decimals();
        _multiplier = decimals < 18 ? 10 ** (18 - decimals) : 1;
        _divisor = decimals > 18 ? 10 ** (decimals - 18) : 1;
    }

    function getPrice(address) external view returns (uint256 priceUSD) {
        int256 answer = _latestAnswer(address(feed));
        require(answer > 0, InvalidPrice(address(feed)));
        priceUSD = uint256(answer) * _multiplier / _divisor;
        require(priceUSD != 0, InvalidPrice(address(feed)));
    }

    /// The second word of `latestRoundData`, or 0 when there is none. By hand, because every valuation comes through
    /// here several times and decoding all five words costs more than reading them.
    function _latestAnswer(address source) private view returns (int256 answer) {
        bytes4 selector = IAggregatorV3.latestRoundData.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            let ok := staticcall(gas(), source, 0, 4, 0, 64)
            if and(ok, gt(returndatasize(), 63)) { answer := mload(32) }
        }
    }
}
