import ByteString

/// What a server says about trying again.
enum RetryAdvice: Equatable {
    case none
    case never
    /// Not before this time has passed, in nanoseconds. `isExact`: and not later either.
    case after(Int64, isExact: Bool)

    /// `grpc-retry-pushback-ms` counts; without it, `google.rpc.RetryInfo`.
    init(_ failure: RPCFailure) {
        for entry in failure.trailers.entries where entry.key.text == "grpc-retry-pushback-ms" {
            guard case .text(let text) = entry.content, let milliseconds = RetryAdvice.milliseconds(text) else {
                self = .never
                return
            }
            self = .after(milliseconds * 1_000_000, isExact: true)
            return
        }
        self = failure.status.details.flatMap(RetryAdvice.retryDelay).map { .after($0, isExact: false) } ?? .none
    }

    /// The number that a header says; nil if it says none from 0 to that of about a year.
    private static func milliseconds(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int64(text).flatMap { $0 <= 32_000_000_000 ? $0 : nil }
    }

    /// The delay of the `google.rpc.RetryInfo` among the details of an encoded `google.rpc.Status`, in nanoseconds.
    ///
    /// Read by hand: this layer knows no messages, and of this one it needs two numbers.
    private static func retryDelay(_ details: Bytes) -> Int64? {
        details.withUnsafeBytes { bytes in
            var status = WireFields(bytes)
            while let (number, value) = status.next() {
                guard number == 3, case .bytes(let detail) = value, let info = retryInfo(detail) else { continue }
                return info
            }
            return nil
        }
    }

    /// The delay, if `detail` is a `google.protobuf.Any` with a RetryInfo.
    private static func retryInfo(_ detail: UnsafeRawBufferPointer) -> Int64? {
        var any = WireFields(detail)
        var isRetryInfo = false
        var content: UnsafeRawBufferPointer?
        while let (number, value) = any.next() {
            guard case .bytes(let bytes) = value else { continue }
            if number == 1 { isRetryInfo = bytes.hasSuffix("/google.rpc.RetryInfo") }
            if number == 2 { content = bytes }
        }
        guard isRetryInfo, let content else { return nil }
        var info = WireFields(content)
        while let (number, value) = info.next() {
            if number == 1, case .bytes(let duration) = value { return nanoseconds(duration) }
        }
        return nil
    }

    private static func nanoseconds(_ duration: UnsafeRawBufferPointer) -> Int64? {
        var fields = WireFields(duration)
        var seconds: Int64 = 0
        var nanos: Int64 = 0
        while let (number, value) = fields.next() {
            guard case .number(let field) = value else { continue }
            if number == 1 { seconds = Int64(bitPattern: field) }
            if number == 2 { nanos = Int64(bitPattern: field) }
        }
        guard (0...32_000_000).contains(seconds), (0..<1_000_000_000).contains(nanos) else { return nil }
        return seconds * 1_000_000_000 + nanos
    }
}

/// The fields of an encoded message, as far as they can be read.
private struct WireFields {
    enum Value {
        case number(UInt64)
        case bytes(UnsafeRawBufferPointer)
    }

    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes[...]
    }

    mutating func next() -> (number: UInt64, value: Value)? {
        guard let tag = varint() else { return nil }
        switch tag & 7 {
        case 0:
            return varint().map { (tag >> 3, .number($0)) }
        case 1:
            return take(8).map { (tag >> 3, .bytes($0)) }
        case 2:
            guard let length = varint(), let count = Int(exactly: length) else { return nil }
            return take(count).map { (tag >> 3, .bytes($0)) }
        case 5:
            return take(4).map { (tag >> 3, .bytes($0)) }
        default:
            return nil
        }
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    private mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func hasSuffix(_ text: String) -> Bool {
        suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}
