// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IFluxVaultFactory} from "../interfaces/IFluxVaultFactory.sol";
import {FluxVault} from "../vault/FluxVault.sol";

/// @title  Creates vaults for whoever calls, which becomes their factory
/// @notice The vault's creation code is larger than one contract may be, so that no contract can contain it. It is
///         handed to the constructor and kept as the code of data contracts (one zero byte, then the data).
contract VaultDeployer {
    uint256 private constant CHUNK = 24_575;

    bytes32 public immutable creationCodeHash;
    address[] private _chunks;

    error CreationFailed();

    /// @param creationCode  `bytecode` of FluxVault
    constructor(bytes memory creationCode) {
        creationCodeHash = keccak256(creationCode);
        for (uint256 start; start < creationCode.length; start += CHUNK) {
            uint256 size = creationCode.length - start;
            _chunks.push(_store(creationCode, start, size < CHUNK ? size : CHUNK));
        }
    }

    function deploy(FluxVault.Parameters calldata parameters) external returns (address vault) {
        bytes memory initCode;
        uint256 count = _chunks.length;
        for (uint256 i; i < count; ++i) initCode = bytes.concat(initCode, _load(_chunks[i]));
        initCode = bytes.concat(initCode, abi.encode(IFluxVaultFactory(msg.sender), parameters));
        assembly ("memory-safe") {
            vault := create(0, add(initCode, 32), mload(initCode))
            if iszero(vault) {
                // Hand on why the constructor refused.
                let free := mload(0x40)
                returndatacopy(free, 0, returndatasize())
                if returndatasize() { revert(free, returndatasize()) }
            }
        }
        require(vault != address(0), CreationFailed());
    }

    function _store(bytes memory data, uint256 start, uint256 size) private returns (address chunk) {
        bytes memory part = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(part, 32), add(add(data, 32), start), size)
        }
        // Creation code that returns all that follows it: PUSH2 size+1, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY,
        // RETURNDATASIZE, RETURN.
        bytes memory init = bytes.concat(hex"61", bytes2(uint16(size + 1)), hex"80600a3d393df300", part);
        assembly ("memory-safe") {
            chunk := create(0, add(init, 32), mload(init))
        }
        require(chunk != address(0), CreationFailed());
    }

    function _load(address chunk) private view returns (bytes memory data) {
        uint256 size = chunk.code.length - 1;
        data = new bytes(size);
        assembly ("memory-safe") {
            extcodecopy(chunk, add(data, 32), 1, size)
        }
    }
}
