// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title  Bounded static calls and packed fields: the workings of the lens
/// @notice Everything happens in one block of memory that is laid out by {_open}: call data, return data, two lists, and
///         the answer, which comes last because it grows. Nothing else may allocate memory meanwhile.
///         No constructor, no immutables, no storage: the code runs at an address that was never deployed to.
abstract contract LensCalls {
    uint256 private constant MAX_CALL_GAS = 1_500_000;
    uint256 private constant MIN_CALL_GAS = 20_000;
    uint256 private constant STRIKE_GAS = 750_000;
    uint256 private constant MAX_STRIKES = 3;
    uint256 private constant MAX_LIST = 64;
    uint256 private constant MAX_STRING = 64;
    uint256 private constant RETURN_BYTES = 128;
    /// Kept back for finishing the answer: once, and for each manager or holder.
    uint256 private constant RESERVE_GAS = 150_000;
    uint256 private constant RESERVE_GAS_PER_ITEM = 400;

    /// Where things lie in memory, and what is known of the vault that is asked.
    struct Work {
        uint256 input;
        uint256 returned;
        uint256 wrappers;
        uint256 positions;
        uint256 start;
        uint256 end;
        uint256 reserve;
        uint256 strikes;
        uint256 vault;
        uint256 baseWrapper;
        uint256 strategy;
        bool evaluatesPositions;
    }

    // ---- ask and write -------------------------------------------------------------------------------------------

    function _put(Work memory w, uint256 target, bytes4 selector) internal view {
        (bool ok, uint256 value) = _read(w, target, selector);
        _field(w, ok, value);
    }

    function _putBool(Work memory w, uint256 target, bytes4 selector) internal view {
        (bool ok, uint256 value) = _read(w, target, selector);
        _boolField(w, ok, value);
    }

    /// Returns the address, or zero when there is none; the zero address answers no call.
    function _putAddress(Work memory w, uint256 target, bytes4 selector) internal view returns (uint256 value) {
        bool ok;
        (ok, value) = _readAddress(w, target, selector);
        _field(w, ok, value);
    }

    /// A string, or the bytes32 that some old tokens answer instead; its first 64 bytes.
    function _putString(Work memory w, uint256 target, bytes4 selector) internal view {
        _input(w, selector, 0);
        if (!_ask(w, target, 4, 32)) return _field(w, false, 0);
        uint256 end = w.end;
        uint256 size;
        bool usable = true;
        assembly ("memory-safe") {
            let returned := mload(add(w, 0x20))
            switch returndatasize()
            case 32 {
                let word := mload(returned)
                for {} lt(size, 32) { size := add(size, 1) } { if iszero(byte(size, word)) { break } }
                mstore(add(end, 1), word)
            }
            default {
                size := mload(add(returned, 32))
                usable := and(eq(mload(returned), 32), gt(returndatasize(), 63))
                usable := and(usable, iszero(gt(size, sub(returndatasize(), 64))))
                if usable {
                    if gt(size, MAX_STRING) { size := MAX_STRING }
                    returndatacopy(add(end, 1), 64, size)
                }
            }
            if usable { mstore8(end, size) }
        }
        if (!usable) return _field(w, false, 0);
        w.end = end + 1 + size;
    }

    // ---- ask -----------------------------------------------------------------------------------------------------

    function _read(Work memory w, uint256 target, bytes4 selector) internal view returns (bool ok, uint256 value) {
        _input(w, selector, 0);
        ok = _ask(w, target, 4, 32);
        value = _returned(w, 0);
    }

    function _read(Work memory w, uint256 target, bytes4 selector, uint256 argument)
        internal
        view
        returns (bool ok, uint256 value)
    {
        _input(w, selector, argument);
        ok = _ask(w, target, 36, 32);
        value = _returned(w, 0);
    }

    function _readAddress(Work memory w, uint256 target, bytes4 selector)
        internal
        view
        returns (bool ok, uint256 value)
    {
        (ok, value) = _read(w, target, selector);
        ok = ok && value <= type(uint160).max;
        if (!ok) value = 0;
    }

    /// A call to the vault that answers a list of words, which is copied to `destination`.
    function _askList(Work memory w, uint256 size, uint256 destination) internal view returns (bool ok, uint256 count) {
        ok = _ask(w, w.vault, size, 64);
        count = _returned(w, 32);
        ok = ok && _returned(w, 0) == 32 && count <= MAX_LIST;
        if (!ok) return (false, 0);
        assembly ("memory-safe") {
            ok := iszero(lt(returndatasize(), add(64, shl(5, count))))
            if ok { returndatacopy(destination, 64, shl(5, count)) }
        }
    }

    /// The one place that calls: with the call data that was laid out, successful only with `need` bytes of answer.
    function _ask(Work memory w, uint256 target, uint256 size, uint256 need) internal view returns (bool ok) {
        if (_isExhausted(w)) return false;
        uint256 left = gasleft();
        uint256 bound = left - w.reserve;
        if (bound > MAX_CALL_GAS) bound = MAX_CALL_GAS;
        assembly ("memory-safe") {
            ok := staticcall(bound, target, mload(w), size, mload(add(w, 0x20)), RETURN_BYTES)
            ok := and(ok, iszero(lt(returndatasize(), need)))
        }
        if (!ok && left - gasleft() > STRIKE_GAS) ++w.strikes;
    }

    /// Whether no further call may be made. It stays so, because gas only falls and strikes only rise.
    function _isExhausted(Work memory w) internal view returns (bool) {
        return w.strikes == MAX_STRIKES || gasleft() < w.reserve + MIN_CALL_GAS;
    }

    function _input(Work memory w, bytes4 selector, uint256 argument) internal pure {
        assembly ("memory-safe") {
            let input := mload(w)
            mstore(input, selector)
            mstore(add(input, 4), argument)
        }
    }

    function _returned(Work memory w, uint256 offset) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(mload(add(w, 0x20)), offset))
        }
    }

    function _item(uint256 list, uint256 index) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(list, shl(5, index)))
        }
    }

    function _sum(bool ok, uint256 a, uint256 b) internal pure returns (bool, uint256 total) {
        unchecked {
            total = a + b;
        }
        return (ok && total >= a, total);
    }

    // ---- write ---------------------------------------------------------------------------------------------------

    function _boolField(Work memory w, bool ok, uint256 value) internal pure {
        _field(w, ok && value < 2, value);
    }

    function _field(Work memory w, bool ok, uint256 value) internal pure {
        if (ok) return _number(w, value);
        assembly ("memory-safe") {
            let end := mload(add(w, 0xa0))
            mstore8(end, 0xff)
            mstore(add(w, 0xa0), add(end, 1))
        }
    }

    function _failedFields(Work memory w, uint256 count) internal pure {
        assembly ("memory-safe") {
            let end := mload(add(w, 0xa0))
            mstore(end, not(0))
            mstore(add(w, 0xa0), add(end, count))
        }
    }

    function _number(Work memory w, uint256 value) internal pure {
        assembly ("memory-safe") {
            let size := 0
            if value {
                size := shl(4, lt(0xffffffffffffffffffffffffffffffff, value))
                size := or(size, shl(3, lt(0xffffffffffffffff, shr(shl(3, size), value))))
                size := or(size, shl(2, lt(0xffffffff, shr(shl(3, size), value))))
                size := or(size, shl(1, lt(0xffff, shr(shl(3, size), value))))
                size := add(add(size, lt(0xff, shr(shl(3, size), value))), 1)
            }
            let end := mload(add(w, 0xa0))
            mstore8(end, size)
            mstore(add(end, 1), shl(sub(256, shl(3, size)), value))
            mstore(add(w, 0xa0), add(add(end, 1), size))
        }
    }

    // ---- memory --------------------------------------------------------------------------------------------------

    function _open(address vault, uint256 items) internal pure returns (Work memory w) {
        w.input = _allocate(164 + 32 * MAX_LIST);
        w.returned = _allocate(RETURN_BYTES);
        w.wrappers = _allocate(32 * MAX_LIST);
        w.positions = _allocate(32 * MAX_LIST);
        // The answer is ABI-encoded bytes: offset, length, content.
        w.start = _allocate(0);
        w.end = w.start + 64;
        w.reserve = RESERVE_GAS + RESERVE_GAS_PER_ITEM * items;
        w.vault = uint160(vault);
    }

    function _allocate(uint256 size) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := mload(0x40)
            mstore(0x40, and(add(add(start, size), 31), not(31)))
        }
    }

    /// Ends the call with what has been written.
    function _close(Work memory w) internal pure {
        assembly {
            let start := mload(add(w, 0x80))
            let end := mload(add(w, 0xa0))
            mstore(start, 32)
            mstore(add(start, 32), sub(sub(end, start), 64))
            mstore(end, 0)
            return(start, and(add(sub(end, start), 31), not(31)))
        }
    }
}
