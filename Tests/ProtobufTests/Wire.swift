/// Protobuf's wire format by hand: what the tests compare the runtime with, and how they make input that no correct
/// encoder writes.
struct Wire {
    var bytes: [UInt8] = []

    static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var result: [UInt8] = []
        while rest >= 0x80 {
            result.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return result + [UInt8(rest)]
    }

    func varint(_ field: UInt64, _ value: UInt64) -> Wire {
        Wire(bytes: bytes + Self.varint(field << 3) + Self.varint(value))
    }

    func fixed64(_ field: UInt64, _ value: UInt64) -> Wire {
        Wire(bytes: bytes + Self.varint(field << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    func fixed32(_ field: UInt64, _ value: UInt32) -> Wire {
        Wire(bytes: bytes + Self.varint(field << 3 | 5) + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    func delimited(_ field: UInt64, _ payload: [UInt8]) -> Wire {
        Wire(bytes: bytes + Self.varint(field << 3 | 2) + Self.varint(UInt64(payload.count)) + payload)
    }

    func message(_ field: UInt64, _ payload: Wire) -> Wire { delimited(field, payload.bytes) }

    func text(_ field: UInt64, _ text: String) -> Wire { delimited(field, Array(text.utf8)) }

    func group(_ field: UInt64, _ content: Wire) -> Wire {
        Wire(bytes: bytes + Self.varint(field << 3 | 3) + content.bytes + Self.varint(field << 3 | 4))
    }

    func raw(_ more: [UInt8]) -> Wire { Wire(bytes: bytes + more) }
}

/// A seeded generator: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
