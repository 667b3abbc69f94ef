// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAsset} from "../interfaces/IAsset.sol";
import {IFluxVault} from "../interfaces/IFluxVault.sol";

/// @title  Which wrappers each manager has registered, and under which labels it holds positions in them
/// @notice A wrapper has an entry while it is registered or holds a position. Reading many managers at once is what this
///         is asked for most, so an entry is one storage slot, label zero (ordinary fungibles) included, and the first
///         entry carries the length of the list. Other labels are listed apart.
abstract contract PositionBook is IFluxVault {
    uint256 private constant MAX_ENTRIES = 8;
    uint256 private constant MAX_LABELS = 8;

    struct Entry {
        IAsset wrapper;
        bool registered;
        bool holdsZero;
        uint32 labels;
        /// Number of entries; only in the first one.
        uint8 length;
    }

    mapping(address manager => mapping(uint256 index => Entry)) private _entries;
    mapping(address manager => mapping(IAsset wrapper => bytes32[])) private _labels;

    function managerWrappers(address manager) public view returns (IAsset[] memory wrappers) {
        Entry memory e = _entries[manager][0];
        uint256 length = e.length;
        wrappers = new IAsset[](length);
        uint256 count;
        for (uint256 i; i < length; ++i) {
            if (i != 0) e = _entries[manager][i];
            if (e.registered) wrappers[count++] = e.wrapper;
        }
        assembly ("memory-safe") {
            mstore(wrappers, count)
        }
    }

    function managerPositions(address manager, IAsset wrapper) public view returns (bytes32[] memory positionIds) {
        (bool found, uint256 index) = _find(manager, wrapper);
        if (!found) return positionIds;
        Entry memory e = _entries[manager][index];
        uint256 first = e.holdsZero ? 1 : 0;
        positionIds = new bytes32[](first + e.labels);
        for (uint256 i; i < e.labels; ++i) positionIds[first + i] = _labels[manager][wrapper][i];
    }

    function _requireListed(address manager, IAsset wrapper) internal view returns (Entry storage) {
        (bool found, uint256 index) = _find(manager, wrapper);
        require(found, WrapperNotRegistered(address(wrapper)));
        return _entries[manager][index];
    }

    function _requireRegistered(address manager, IAsset wrapper) internal view returns (Entry storage e) {
        e = _requireListed(manager, wrapper);
        require(e.registered, WrapperNotRegistered(address(wrapper)));
    }

    function _register(address manager, IAsset wrapper) internal {
        Entry storage e = _entryFor(manager, wrapper);
        require(!e.registered, DuplicateWrapper(address(wrapper)));
        e.registered = true;
        emit WrapperRegistered(manager, address(wrapper));
    }

    function _deregister(address manager, IAsset wrapper) internal {
        _requireRegistered(manager, wrapper).registered = false;
        emit WrapperDeregistered(manager, address(wrapper));
        _dropIfUnused(manager, wrapper);
    }

    function _addPosition(address manager, IAsset wrapper, bytes32 positionId) internal {
        _addLabel(_requireRegistered(manager, wrapper), manager, positionId);
    }

    function _removePosition(address manager, IAsset wrapper, bytes32 positionId) internal {
        Entry storage e = _requireListed(manager, wrapper);
        if (positionId == 0) {
            e.holdsZero = false;
        } else {
            bytes32[] storage labels = _labels[manager][wrapper];
            uint256 last = labels.length - 1;
            for (uint256 i; i <= last; ++i) {
                if (labels[i] != positionId) continue;
                labels[i] = labels[last];
                labels.pop();
                e.labels -= 1;
                break;
            }
        }
        _dropIfUnused(manager, wrapper);
    }

    /// Hands a manager's entry over and registers it for the receiver. Returns the labels that moved.
    function _moveEntry(address from, address to, IAsset wrapper) internal returns (bytes32[] memory labels) {
        labels = managerPositions(from, wrapper);
        (bool found, uint256 index) = _find(from, wrapper);
        if (!found) return labels;
        if (_entries[from][index].registered) emit WrapperDeregistered(from, address(wrapper));
        _drop(from, index);
        delete _labels[from][wrapper];
        Entry storage e = _entryFor(to, wrapper);
        if (!e.registered) {
            e.registered = true;
            emit WrapperRegistered(to, address(wrapper));
        }
        for (uint256 i; i < labels.length; ++i) _addLabel(e, to, labels[i]);
    }

    function _addLabel(Entry storage e, address manager, bytes32 positionId) private {
        if (positionId == 0) {
            e.holdsZero = true;
            return;
        }
        bytes32[] storage labels = _labels[manager][e.wrapper];
        uint256 length = labels.length;
        for (uint256 i; i < length; ++i) if (labels[i] == positionId) return;
        require(length < MAX_LABELS, TooManyPositions(MAX_LABELS));
        labels.push(positionId);
        e.labels += 1;
    }

    function _entryFor(address manager, IAsset wrapper) private returns (Entry storage) {
        mapping(uint256 index => Entry) storage entries = _entries[manager];
        (bool found, uint256 index) = _find(manager, wrapper);
        if (found) return entries[index];
        uint8 length = entries[0].length;
        require(length < MAX_ENTRIES, TooManyPositions(MAX_ENTRIES));
        entries[length] = Entry(wrapper, false, false, 0, 0);
        entries[0].length = length + 1;
        return entries[length];
    }

    function _dropIfUnused(address manager, IAsset wrapper) private {
        (, uint256 index) = _find(manager, wrapper);
        Entry memory e = _entries[manager][index];
        if (!e.registered && !e.holdsZero && e.labels == 0) _drop(manager, index);
    }

    /// The last entry takes the place of the dropped one.
    function _drop(address manager, uint256 index) private {
        mapping(uint256 index => Entry) storage entries = _entries[manager];
        uint8 last = entries[0].length - 1;
        entries[index] = entries[last];
        delete entries[last];
        entries[0].length = last;
    }

    function _find(address manager, IAsset wrapper) private view returns (bool found, uint256 index) {
        mapping(uint256 index => Entry) storage entries = _entries[manager];
        uint256 length = entries[0].length;
        for (index = 0; index < length; ++index) {
            if (address(entries[index].wrapper) == address(wrapper)) return (true, index);
        }
    }
}
