// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";

/// @title  An aggregator whose rounds its owner publishes; every past round stays readable
/// @notice Rounds count from 1 without gaps. The owner may publish any answer, also zero or a negative one, so that the
///         reaction of readers can be tried.
contract ChainlinkFeed is IAggregatorV3, Ownable {
    struct Round {
        int192 answer;
        uint64 updatedAt;
    }

    uint8 public immutable decimals;
    uint256 public constant version = 1;
    string public description;

    uint80 public latestRound;
    /// A copy of the newest round, so that the latest price costs one slot.
    Round private _latest;
    mapping(uint80 id => Round) private _rounds;

    error NoSuchRound(uint80 id);
    error RoundOutOfOrder(uint256 updatedAt, uint256 previousUpdatedAt);

    constructor(uint8 decimals_, string memory description_, address publisher) Ownable(publisher) {
        decimals = decimals_;
        description = description_;
    }

    /// Publishes an answer as of now.
    function pushAnswer(int192 answer) external onlyOwner {
        _push(answer, uint64(block.timestamp));
    }

    /// Publishes an answer with its own time, which may lie in the past but not before the previous round's.
    function pushAnswerAt(int192 answer, uint64 updatedAt) external onlyOwner {
        require(updatedAt <= block.timestamp, RoundOutOfOrder(updatedAt, block.timestamp));
        _push(answer, updatedAt);
    }

    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _rounds[roundId];
        require(round.updatedAt != 0, NoSuchRound(roundId));
        return (roundId, round.answer, round.updatedAt, round.updatedAt, roundId);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _latest;
        uint80 id = latestRound;
        require(id != 0, NoSuchRound(0));
        return (id, round.answer, round.updatedAt, round.updatedAt, id);
    }

    function _push(int192 answer, uint64 updatedAt) private {
        require(updatedAt >= _latest.updatedAt, RoundOutOfOrder(updatedAt, _latest.updatedAt));
        uint80 id = ++latestRound;
        _latest = _rounds[id] = Round(answer, updatedAt);
        emit AnswerUpdated(answer, id, updatedAt);
    }
}
