import CChecksum

/// CRC-32C (RFC 3720, appendix B.4).
enum Checksum {
    /// The checksum of `bytes`, going on from that of the bytes before them.
    static func of(_ bytes: UnsafeRawBufferPointer, after before: UInt32 = 0) -> UInt32 {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return before }
        return cchecksum_crc32c(before, base, bytes.count)
    }

    static func of(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, after before: UInt32 = 0) -> UInt32 {
        of(UnsafeRawBufferPointer(rebasing: bytes[range]), after: before)
    }

    static func of(_ bytes: [UInt8], after before: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { of($0, after: before) }
    }

    /// The checksum of an integer's bytes in little-endian order.
    static func of(_ value: UInt64, after before: UInt32 = 0) -> UInt32 {
        withUnsafeBytes(of: value.littleEndian) { of($0, after: before) }
    }
}

/// The eight bytes with which every batch of a segment begins: another value for every segment of every directory.
///
/// They are drawn from the directory's secret salt, so a client cannot put something into an entry's payload that a
/// recovery would take for a batch, and what a recycled file held in its former life is never taken for one either.
func batchMark(salt: UInt64, segment: SegmentID) -> UInt64 {
    // The finaliser of SplitMix64 (Steele et al., 2014): a bijection, so that two segments never share a mark.
    var mixed = salt &+ segment.rawValue &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return mixed == 0 ? 1 : mixed
}
