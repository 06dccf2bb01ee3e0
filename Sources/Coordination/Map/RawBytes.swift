/// Comparison and hashing of runs of raw bytes. Everything here gives the same result in every process and on every
/// machine: bytes are compared as unsigned numbers, words are read as little- or big-endian explicitly, nothing is
/// seeded.
enum RawBytes {
    /// The eight bytes of a key from `offset` on as a number whose order is the bytes' order; bytes past the end count
    /// as 0. Two different keys may have the same head: only unequal heads decide.
    @inline(__always)
    static func head(_ key: UnsafeRawPointer, _ count: Int, offset: Int) -> UInt64 {
        let remaining = count &- offset
        if remaining >= 8 {
            return UInt64(bigEndian: key.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        if remaining <= 0 { return 0 }
        if count >= 8 {
            // The last eight bytes of the key, with those before `offset` shifted out.
            let word = UInt64(bigEndian: key.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
            return word &<< UInt64(truncatingIfNeeded: (8 &- remaining) &* 8)
        }
        var word: UInt64 = 0
        for index in 0..<remaining {
            word |= UInt64(key.load(fromByteOffset: offset &+ index, as: UInt8.self)) &<< UInt64(56 &- index &* 8)
        }
        return word
    }

    /// How many leading bytes the two runs share.
    @inline(__always)
    static func commonPrefix(
        _ left: UnsafeRawPointer, _ leftCount: Int, _ right: UnsafeRawPointer, _ rightCount: Int, from start: Int = 0
    ) -> Int {
        let end = min(leftCount, rightCount)
        var index = start
        while index &+ 8 <= end {
            let difference =
                left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if difference != 0 { return index &+ UInt64(littleEndian: difference).trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < end {
            if left.load(fromByteOffset: index, as: UInt8.self) != right.load(fromByteOffset: index, as: UInt8.self) {
                return index
            }
            index &+= 1
        }
        return end
    }

    /// Below 0, 0 or above 0 as `left` sorts before, equals or sorts after `right`. Both are known to share their first
    /// `start` bytes.
    @inline(__always)
    static func compare(
        _ left: UnsafeRawPointer, _ leftCount: Int, _ right: UnsafeRawPointer, _ rightCount: Int, from start: Int = 0
    ) -> Int {
        let shared = commonPrefix(left, leftCount, right, rightCount, from: start)
        if shared < min(leftCount, rightCount) {
            return Int(left.load(fromByteOffset: shared, as: UInt8.self))
                &- Int(right.load(fromByteOffset: shared, as: UInt8.self))
        }
        return leftCount &- rightCount
    }

    /// A 64-bit hash of the bytes: sixteen bytes are multiplied into the state at a time, and the 128-bit product is
    /// folded. Equal in every process and version: the replicated digest and request digests are made of it, so it must
    /// never change. It resists accidents, not attackers.
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        let count = bytes.count
        var state = seed ^ Constant.state
        var first: UInt64 = 0
        var second: UInt64 = 0
        guard count > 0, let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else {
            return fold(Constant.first, state ^ Constant.second)
        }
        if count > 16 {
            var offset = 0
            while count &- offset > 16 {
                state = fold(word(base, offset) ^ Constant.first, word(base, offset &+ 8) ^ state)
                offset &+= 16
            }
            first = word(base, count &- 16)
            second = word(base, count &- 8)
        } else if count >= 8 {
            first = word(base, 0)
            second = word(base, count &- 8)
        } else {
            for index in 0..<count {
                first |= UInt64(base.load(fromByteOffset: index, as: UInt8.self)) &<< UInt64(index &* 8)
            }
        }
        let inner = fold(first ^ Constant.first, second ^ state)
        return fold(inner ^ Constant.second, UInt64(truncatingIfNeeded: count) ^ Constant.first)
    }

    /// Scatters `value`; a bijection's worth of mixing is not needed, only that nearby values land far apart.
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        fold(value ^ Constant.first, Constant.second)
    }

    @inline(__always)
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Fractional bits of the square roots of 2, 3 and 5, made odd: numbers with nothing up their sleeve.
    private enum Constant {
        static let first: UInt64 = 0x6a09_e667_f3bc_c909
        static let second: UInt64 = 0xbb67_ae85_84ca_a73b
        static let state: UInt64 = 0x3c6e_f372_fe94_f82b
    }
}
