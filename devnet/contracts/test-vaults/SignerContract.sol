// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title  A contract that signs, after the manner of a Safe with one owner
/// @notice Accepts what its present owner signed (ERC-1271), so the answer depends on the block it is asked at; and,
///         with an empty signature, a hash that an owner approved on chain.
contract SignerContract is Ownable, IERC1271 {
    mapping(bytes32 hash => bool) public isApproved;

    constructor(address owner_) Ownable(owner_) {}

    function approve(bytes32 hash) external onlyOwner {
        isApproved[hash] = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length == 0) return isApproved[hash] ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
        (address signer, ECDSA.RecoverError fault,) = ECDSA.tryRecover(hash, signature);
        bool isGood = fault == ECDSA.RecoverError.NoError && signer == owner();
        return isGood ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @title A contract that answers every question with the same bytes: 0, 4, 32 or more of the magic value
contract LooseSigner {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answer;
    }
}
