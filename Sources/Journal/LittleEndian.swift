extension UnsafeRawBufferPointer {
    /// The little-endian integer at `offset`.
    func load<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer {
        Integer(littleEndian: loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Stores an integer at `offset`, little-endian.
    func store<Integer: FixedWidthInteger>(_ value: Integer, at offset: Int) {
        storeBytes(of: value.littleEndian, toByteOffset: offset, as: Integer.self)
    }
}

extension Int {
    /// The next multiple of `unit`, a power of two.
    func rounded(upTo unit: Int) -> Int { (self + unit - 1) & ~(unit - 1) }
}

extension [UInt8] {
    /// Appends from memory instead of one element after the other, which a `repeatElement` would be.
    mutating func appendZeros(_ count: Int) {
        var missing = count
        while missing > 0 {
            let step = Swift.min(missing, zeros.count)
            zeros.withUnsafeBytes { append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<step])) }
            missing -= step
        }
    }
}

private let zeros = [UInt8](repeating: 0, count: 4096)
