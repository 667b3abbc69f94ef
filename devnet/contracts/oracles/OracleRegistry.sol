// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IOracleRegistry} from "../interfaces/IOracleRegistry.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title  Oracle registry, owned by governance
/// @notice An asset's decimals, at most 28, are read once, when its oracle is set. No rule about the age of a price is
///         documented, so there is none here. A value beyond 256 bits reverts.
contract OracleRegistry is IOracleRegistry, IFluxErrors, Ownable {
    struct Source {
        IPriceOracle oracle;
        /// One whole unit of the asset, 10^decimals.
        uint96 unit;
    }

    uint256 private constant MAX_DECIMALS = 28;

    mapping(address asset => Source) private _sources;

    constructor(address governance) Ownable(governance) {}

    function setOracle(address asset, IPriceOracle oracle) external onlyOwner {
        uint256 decimals = address(oracle) == address(0) ? 0 : IERC20Metadata(asset).decimals();
        require(decimals <= MAX_DECIMALS, InvalidParameter("decimals", decimals));
        _sources[asset] = Source(oracle, uint96(10 ** decimals));
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
        return amount * source.oracle.getPrice(asset) / source.unit;
    }
}
