import Protobuf

/// One field as it stands on the wire: its number, and its value as far as that is clear without a descriptor.
struct WireRecord {
    let number: Int
    let value: WireValue
}

/// What follows a tag.
enum WireValue {
    case varint(UInt64)
    case fixed64(UInt64)
    case delimited(ArraySlice<UInt8>)
    /// What stands between the two tags of a group.
    case group(ArraySlice<UInt8>)
    case fixed32(UInt32)

    /// Whether it is what a field without presence has when it is not set.
    var isDefault: Bool {
        switch self {
        case .varint(let value), .fixed64(let value): return value == 0
        case .fixed32(let value): return value == 0
        case .delimited(let bytes), .group(let bytes): return bytes.isEmpty
        }
    }
}

/// Takes encoded messages apart.
struct WireScanner {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The records of a message, in their order.
    ///
    /// - Throws: What is wrong with the bytes. They come from an encoder of ours, but for what is inside of an `Any`:
    ///   that can be anything.
    static func records(of message: ArraySlice<UInt8>) throws(WireError.Malformation) -> [WireRecord] {
        var scanner = WireScanner(message)
        var records: [WireRecord] = []
        while let (number, wireType) = try scanner.takeTag() {
            records.append(WireRecord(number: number, value: try scanner.takeValue(number, wireType)))
        }
        return records
    }

    /// The next value of a packed field; nil after the last.
    mutating func takePacked(wireType: UInt64) throws(WireError.Malformation) -> WireValue? {
        rest.isEmpty ? nil : try takeValue(0, wireType)
    }

    private mutating func takeTag() throws(WireError.Malformation) -> (number: Int, wireType: UInt64)? {
        if rest.isEmpty { return nil }
        let tag = try takeVarint()
        guard tag >= 8, tag <= UInt64(UInt32.max) else { throw .badTag }
        return (Int(tag >> 3), tag & 7)
    }

    private mutating func takeVarint() throws(WireError.Malformation) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw .truncated }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .badVarint
    }

    private mutating func take(_ count: UInt64) throws(WireError.Malformation) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw .truncated }
        let taken = rest.prefix(Int(count))
        rest = rest[taken.endIndex...]
        return taken
    }

    private mutating func takeFixed(_ count: UInt64) throws(WireError.Malformation) -> UInt64 {
        try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func takeValue(
        _ number: Int, _ wireType: UInt64
    ) throws(WireError.Malformation) -> WireValue {
        switch wireType {
        case 0: return .varint(try takeVarint())
        case 1: return .fixed64(try takeFixed(8))
        case 2: return .delimited(try take(try takeVarint()))
        case 3: return .group(try takeGroup(number))
        case 5: return .fixed32(UInt32(try takeFixed(4)))
        case 4: throw .badGroup
        default: throw .badWireType
        }
    }

    /// What stands before the end of the group that has begun. Groups in groups cost no stack.
    private mutating func takeGroup(_ number: Int) throws(WireError.Malformation) -> ArraySlice<UInt8> {
        let whole = rest
        var open = [number]
        while true {
            let end = rest.startIndex
            guard let (number, wireType) = try takeTag() else { throw .truncated }
            switch wireType {
            case 3: open.append(number)
            case 4:
                if open.removeLast() != number { throw .badGroup }
                if open.isEmpty { return whole[..<end] }
            default: _ = try takeValue(number, wireType)
            }
        }
    }
}
