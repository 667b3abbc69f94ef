// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title  A price that never moves
/// @notice Its figures hide a depeg: whatever is priced by it keeps its value on paper.
contract FixedPriceOracle is IPriceOracle, IFluxErrors {
    uint256 public immutable fixedPriceUSD;

    constructor(uint256 priceUSD) {
        require(priceUSD != 0, InvalidPrice(address(this)));
        fixedPriceUSD = priceUSD;
    }

    function getPrice(address) external view returns (uint256) {
        return fixedPriceUSD;
    }
}
