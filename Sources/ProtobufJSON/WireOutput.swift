/// An encoded message that is being written.
struct WireOutput {
    private(set) var bytes: [UInt8] = []

    /// Writes a field's number and value; the number of a delimited message before and after it.
    mutating func append(_ value: WireValue, number: Int) {
        switch value {
        case .varint:
            appendTag(number, 0)
            append(value)
        case .fixed64:
            appendTag(number, 1)
            append(value)
        case .delimited:
            appendTag(number, 2)
            append(value)
        case .group:
            appendTag(number, 3)
            append(value)
            appendTag(number, 4)
        case .fixed32:
            appendTag(number, 5)
            append(value)
        }
    }

    /// Writes a value without its field's number, as it stands in a packed field.
    mutating func append(_ value: WireValue) {
        switch value {
        case .varint(let number): append(varint: number)
        case .fixed64(let bits): withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
        case .fixed32(let bits): withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
        case .delimited(let content):
            append(varint: UInt64(content.count))
            bytes += content
        case .group(let content): bytes += content
        }
    }

    private mutating func appendTag(_ number: Int, _ wireType: UInt64) {
        append(varint: UInt64(number) << 3 | wireType)
    }

    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
