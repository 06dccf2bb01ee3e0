// Decodes and encodes messages for a test in another language.
//
// Each request on standard input is a letter that says what to do, the full name of a message type, and a message: `w`
// to encode an encoded message again, `j` to tell it as JSON, `n` to do that without its type, `m` to encode one that
// is given as JSON. Each answer on standard output is a byte (0: the message follows, 1: an error's text follows) and
// the message. Names, messages and texts are preceded by their length in four bytes, the most significant first.
//
// The other file of this program says which types it knows. `make soak-schemas` puts another one in its place.

import Protobuf
import ProtobufJSON

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Exactly `count` bytes of standard input; nil at its end.
func take(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
        let got = bytes.withUnsafeMutableBytes { read(0, $0.baseAddress! + filled, count - filled) }
        if got <= 0 { return nil }
        filled += got
    }
    return bytes
}

func takeDelimited() -> [UInt8]? {
    guard let head = take(4) else { return nil }
    return take(head.reduce(0) { $0 << 8 | Int($1) })
}

func put(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
        let count = bytes.withUnsafeBytes { write(1, $0.baseAddress! + sent, bytes.count - sent) }
        if count <= 0 { exit(1) }
        sent += count
    }
}

func answer(_ status: UInt8, _ payload: [UInt8]) {
    let head = (0..<4).map { UInt8(truncatingIfNeeded: payload.count >> (24 - 8 * $0)) }
    put([status] + head + payload)
}

/// The message decoded and encoded again, by each way that there is; all must agree.
func transcode(_ type: any Message.Type, _ bytes: [UInt8]) throws -> [UInt8] {
    func run<Value: Message>(_ type: Value.Type) throws -> [UInt8] {
        let message = try Value(decoding: bytes)
        let encoded = try message.encoded()
        let lent = try message.withEncoded { [UInt8]($0) }
        precondition(lent == encoded, "withEncoded differs from encoded")
        let owned = try message.encodedBytes()
        precondition(Bytes(encoded) == owned, "encodedBytes differs from encoded")
        let again = try Value(decoding: encoded)
        let reencoded = try again.encoded()
        precondition(reencoded == encoded, "decoding and encoding again changes the bytes")
        return encoded
    }
    return try run(type)
}

/// The message as JSON, which is the same by way of its type and by way of its name.
func json(_ type: any Message.Type, _ bytes: [UInt8]) throws -> [UInt8] {
    func run<Value: Message>(_ type: Value.Type) throws -> [UInt8] {
        let message = try Value(decoding: bytes)
        let text = try mapping.json(of: message)
        let named = try mapping.json(ofEncoded: try message.encoded(), type: Value.fullName)
        precondition(named == text, "JSON differs by way of the type's name")
        return Array(text.utf8)
    }
    return try run(type)
}

/// The message that a JSON text says, encoded.
func message(_ type: any Message.Type, _ text: [UInt8]) throws -> [UInt8] {
    func run<Value: Message>(_ type: Value.Type) throws -> [UInt8] {
        try mapping.message(type, fromJSON: text).encoded()
    }
    return try run(type)
}

let mapping = try JSONMapping(descriptors)
while let task = take(1), let name = takeDelimited(), let bytes = takeDelimited() {
    guard let type = types[String(decoding: name, as: UTF8.self)] else {
        answer(1, Array("no such message type".utf8))
        continue
    }
    do {
        switch task[0] {
        case UInt8(ascii: "j"): answer(0, try json(type, bytes))
        case UInt8(ascii: "n"): answer(0, Array(try mapping.json(ofEncoded: bytes, type: type.fullName).utf8))
        case UInt8(ascii: "m"): answer(0, try message(type, bytes))
        default: answer(0, try transcode(type, bytes))
        }
    } catch {
        answer(1, Array("\(error)".utf8))
    }
}
