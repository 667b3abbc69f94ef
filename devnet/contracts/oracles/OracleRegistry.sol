// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IOracleRegistry} from "../interfaces/IOracleRegistry.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title  Oracle registry, owned by governance
/// @notice An asset's decimals are read once, when its oracle is set. No rule about the age of a price is documented,
///         so there is none here.
contract OracleRegistry is IOracleRegistry, Ownable {
    struct Source {
        IPriceOracle oracle;
        uint8 decimals;
    }

    mapping(address asset => Source) private _sources;

    constructor(address governance) Ownable(governance) {}

    function setOracle(address asset, IPriceOracle oracle) external onlyOwner {
        uint8 decimals = address(oracle) == address(0) ? 0 : IERC20Metadata(asset).decimals();
        _sources[asset] = Source(oracle, decimals);
        emit OracleSet(asset, address(oracle));
    }

    function getOracle(address asset) external view returns (IPriceOracle) {
        return _sources[asset].oracle;
    }

    function getPriceUSD(address asset) external view returns (uint256) {
        IPriceOracle oracle = _sources[asset].oracle;
        require(address(oracle) != address(0), "No oracle");
        return oracle.getPrice(asset);
    }

    function getValueUSD(address asset, uint256 amount) external view returns (uint256) {
        if (amount == 0) return 0;
        Source memory source = _sources[asset];
        require(address(source.oracle) != address(0), "No oracle");
        return Math.mulDiv(amount, source.oracle.getPrice(asset), 10 ** source.decimals);
    }
}
