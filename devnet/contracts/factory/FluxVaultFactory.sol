// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {FluxExecutor} from "../executor/FluxExecutor.sol";
import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxErrors} from "../interfaces/IFluxErrors.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";
import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {IOracleRegistry} from "../interfaces/IOracleRegistry.sol";
import {GraduatedCapDepositPolicyTier} from "../interfaces/IPolicies.sol";
import {IStrategy} from "../interfaces/IStrategy.sol";
import {GraduatedCapDepositPolicy} from "../policies/GraduatedCapDepositPolicy.sol";
import {FluxVault} from "../vault/FluxVault.sol";
import {VaultDeployer} from "./VaultDeployer.sol";

/// @title  Creates vaults and executors; its owner is the protocol's governance
contract FluxVaultFactory is IFluxVaultFactory, IFluxErrors, Ownable {
    uint256 public constant MAX_PROTOCOL_FEE_BPS = 2_500;

    VaultDeployer public immutable vaultDeployer;

    IOracleRegistry public oracleRegistry;
    address public protocolFeeCollector;
    uint256 public protocolFeeRate;

    mapping(address asset => bool) public isAssetWhitelisted;
    mapping(address vault => bool) public isVault;
    mapping(address owner => address) public deployedExecutor;
    mapping(address manager => address) public getExecutor;

    constructor(
        address governance,
        IOracleRegistry registry,
        address feeCollector,
        uint256 feeRateBps,
        VaultDeployer deployer
    ) Ownable(governance) {
        require(address(deployer) != address(0), ZeroAddress());
        vaultDeployer = deployer;
        _setOracleRegistry(registry);
        _setProtocolFeeCollector(feeCollector);
        _setProtocolFeeRate(feeRateBps);
    }

    // ---- vaults --------------------------------------------------------------------------------------------------

    function createVault(
        address asset,
        address baseAssetWrapper,
        address strategy,
        address accessPolicy,
        string calldata name,
        string calldata symbol
    ) external returns (address vault) {
        vault = _create(
            FluxVault.Parameters({
                asset: IERC20(asset),
                baseAssetWrapper: IAsset(baseAssetWrapper),
                strategy: IStrategy(strategy),
                accessPolicy: accessPolicy,
                depositPolicy: address(0),
                curator: msg.sender,
                name: name,
                symbol: symbol
            })
        );
    }

    function createVaultWithDepositPolicy(
        address asset,
        address baseAssetWrapper,
        address strategy,
        address accessPolicy,
        GraduatedCapDepositPolicyTier[] calldata tiers,
        uint256 minTotalAssets,
        string calldata name,
        string calldata symbol
    ) external returns (address vault, address policy) {
        FluxVault.Parameters memory parameters;
        parameters.asset = IERC20(asset);
        parameters.baseAssetWrapper = IAsset(baseAssetWrapper);
        parameters.strategy = IStrategy(strategy);
        parameters.accessPolicy = accessPolicy;
        parameters.curator = msg.sender;
        parameters.name = name;
        parameters.symbol = symbol;
        policy = parameters.depositPolicy = address(new GraduatedCapDepositPolicy(tiers, minTotalAssets));
        vault = _create(parameters);
    }

    function _create(FluxVault.Parameters memory parameters) private returns (address vault) {
        address wrapper = address(parameters.baseAssetWrapper);
        require(isAssetWhitelisted[wrapper], AssetNotAllowed(wrapper));
        require(IAsset(wrapper).underlyingAsset() == address(parameters.asset), AssetNotAllowed(wrapper));
        vault = vaultDeployer.deploy(parameters);
        isVault[vault] = true;
        emit VaultCreated(
            vault,
            address(parameters.asset),
            parameters.curator,
            address(parameters.strategy),
            parameters.accessPolicy,
            parameters.depositPolicy
        );
    }

    function collectFeesFromVaults(address[] calldata vaults) external {
        for (uint256 i; i < vaults.length; ++i) {
            require(isVault[vaults[i]], UnknownVault(vaults[i]));
            IFluxVault(vaults[i]).claimFees();
        }
    }

    // ---- executors -----------------------------------------------------------------------------------------------

    function deployWeirollExecutor() external returns (address executor) {
        executor = address(new FluxExecutor(this, msg.sender));
        deployedExecutor[msg.sender] = executor;
        emit ExecutorDeployed(msg.sender, executor);
    }

    function registerExecutor(address manager, address executor) external {
        require(msg.sender == manager, Unauthorized(msg.sender));
        getExecutor[manager] = executor;
        emit ExecutorRegistered(manager, executor);
    }

    // ---- governance ----------------------------------------------------------------------------------------------

    function whitelistAsset(address asset) external onlyOwner {
        require(asset != address(0), ZeroAddress());
        isAssetWhitelisted[asset] = true;
        emit AssetWhitelisted(asset, true);
    }

    function removeAssetWhitelist(address asset) external onlyOwner {
        isAssetWhitelisted[asset] = false;
        emit AssetWhitelisted(asset, false);
    }

    function setProtocolFeeRate(uint256 newRate) external onlyOwner {
        _setProtocolFeeRate(newRate);
    }

    function setProtocolFeeCollector(address collector) external onlyOwner {
        _setProtocolFeeCollector(collector);
    }

    function setOracleRegistry(IOracleRegistry registry) external onlyOwner {
        _setOracleRegistry(registry);
    }

    function _setProtocolFeeRate(uint256 newRate) private {
        require(newRate <= MAX_PROTOCOL_FEE_BPS, InvalidParameter("protocolFeeRate", newRate));
        emit ProtocolFeeRateUpdated(protocolFeeRate, newRate);
        protocolFeeRate = newRate;
    }

    function _setProtocolFeeCollector(address collector) private {
        require(collector != address(0), ZeroAddress());
        emit ProtocolFeeCollectorUpdated(protocolFeeCollector, collector);
        protocolFeeCollector = collector;
    }

    function _setOracleRegistry(IOracleRegistry registry) private {
        require(address(registry) != address(0), ZeroAddress());
        emit OracleRegistryUpdated(address(oracleRegistry), address(registry));
        oracleRegistry = registry;
    }
}
