import ByteString

/// A header block in the shim's form: a run of (name length, value length, name, value).
struct HeaderBlock {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ name: String, _ value: String) {
        var value = value
        value.withUTF8 { append(name, UnsafeRawBufferPointer($0)) }
    }

    mutating func append(_ name: String, _ value: UnsafeRawBufferPointer) {
        var name = name
        name.withUTF8 { name in
            precondition(name.count <= Int(UInt16.max) && value.count <= Int(UInt32.max))
            bytes.append(UInt8(truncatingIfNeeded: name.count))
            bytes.append(UInt8(truncatingIfNeeded: name.count >> 8))
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value.count >> shift)) }
            bytes.append(contentsOf: name)
            bytes.append(contentsOf: value)
        }
    }

    mutating func append(_ metadata: Metadata) {
        for entry in metadata.entries {
            switch entry.content {
            case .text(let text): append(entry.key.text, text)
            case .binary(let bytes): append(entry.key.text, Base64.encode(bytes))
            }
        }
    }

    /// `grpc-status`, `grpc-message` and `grpc-status-details-bin`. Details over ``detailsBytesMax`` are left out: no
    /// client accepts such trailers, and without them the status still arrives.
    mutating func append(_ status: RPCStatus) {
        append("grpc-status", String(status.code.rawValue))
        if !status.message.isEmpty { append("grpc-message", PercentEncoding.encode(status.message)) }
        if let details = status.details, details.count <= HeaderBlock.detailsBytesMax {
            append("grpc-status-details-bin", Base64.encode(details))
        }
    }

    static let detailsBytesMax = 16 << 10
}

/// Reads a header block that the shim lends.
struct HeaderBlockReader: Sequence, IteratorProtocol {
    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ block: UnsafeRawBufferPointer) {
        rest = block[...]
    }

    /// The next field. The buffers live as long as the block.
    mutating func next() -> (name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)? {
        guard rest.count >= 6 else { return nil }
        let head = UnsafeRawBufferPointer(rebasing: rest)
        let nameCount = Int(head[0]) | Int(head[1]) << 8
        let valueCount = Int(head[2]) | Int(head[3]) << 8 | Int(head[4]) << 16 | Int(head[5]) << 24
        rest = rest.dropFirst(6 + nameCount + valueCount)
        return (
            UnsafeRawBufferPointer(rebasing: head[6..<6 + nameCount]),
            UnsafeRawBufferPointer(rebasing: head[6 + nameCount..<6 + nameCount + valueCount])
        )
    }
}

extension Metadata {
    /// The application's fields of a block. Fields of the protocol and binary values that are not base64 are left out.
    init(block: UnsafeRawBufferPointer) {
        self.init()
        for (name, value) in HeaderBlockReader(block) {
            let name = String(decoding: name, as: UTF8.self)
            if Metadata.isOfTheProtocol(name) { continue }
            let key = MetadataKey(checked: name)
            guard key.isBinary else {
                append(checked: Entry(key: key, content: .text(String(decoding: value, as: UTF8.self))))
                continue
            }
            // Several values of one name may have been joined on the way (PROTOCOL-HTTP2.md, "Custom-Metadata").
            for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                guard let bytes = Base64.decode(UnsafeRawBufferPointer(rebasing: part)) else { continue }
                append(checked: Entry(key: key, content: .binary(bytes)))
            }
        }
    }

    private static func isOfTheProtocol(_ name: String) -> Bool {
        switch name {
        case "grpc-status", "grpc-message", "grpc-status-details-bin": true
        case "content-type", "content-length", "user-agent", "date", "server": true
        default: name.hasPrefix(":")
        }
    }
}

extension RPCStatus {
    /// The status that trailers carry beside their code.
    init(_ code: Code, block: UnsafeRawBufferPointer) {
        self.init(code)
        for (name, value) in HeaderBlockReader(block) {
            if name.elementsEqual("grpc-message".utf8) {
                message = PercentEncoding.decode(value)
            } else if name.elementsEqual("grpc-status-details-bin".utf8) {
                details = Base64.decode(value)
            }
        }
    }
}
