// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IAccessPolicy} from "../interfaces/IPolicies.sol";

/// @title Two lists kept by one owner: who may deposit, who may borrow
contract AllowlistAccessPolicy is IAccessPolicy, Ownable {
    mapping(address account => bool) public canDeposit;
    mapping(address account => bool) public canBorrow;

    event DepositorSet(address indexed account, bool allowed);
    event BorrowerSet(address indexed account, bool allowed);

    constructor(address listOwner) Ownable(listOwner) {}

    function setDepositor(address account, bool allowed) external onlyOwner {
        canDeposit[account] = allowed;
        emit DepositorSet(account, allowed);
    }

    function setBorrower(address account, bool allowed) external onlyOwner {
        canBorrow[account] = allowed;
        emit BorrowerSet(account, allowed);
    }
}
