// Generated from roost/v1/encoded.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A ConnectResponse.
public struct EncodedConnectResponse: Protobuf.Message {
    public var welcome: ConnectWelcome?
    public var watches: [EncodedWatchNotice] = []
    public var results: [StreamResult] = []
    public var keptAlive: [KeptAlive] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        welcome: ConnectWelcome? = nil,
        watches: [EncodedWatchNotice] = [],
        results: [StreamResult] = [],
        keptAlive: [KeptAlive] = []
    ) {
        self.welcome = welcome
        self.watches = watches
        self.results = results
        self.keptAlive = keptAlive
    }

    public static var fullName: Swift.String { "roost.v1.EncodedConnectResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.welcome, record, at: 24)
        writer.repeated(self.watches, record, count: 32, at: 40)
        writer.repeated(self.results, record, count: 48, at: 56)
        writer.repeated(self.keptAlive, record, count: 64, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.welcome)
        reader.repeated(record, count: 32, at: 40, into: &self.watches)
        reader.repeated(record, count: 48, at: 56, into: &self.results)
        reader.repeated(record, count: 64, at: 72, into: &self.keptAlive)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A WatchNotice.
public struct EncodedWatchNotice: Protobuf.Message {
    public var numbers: [Swift.UInt64] = []
    /// A WatchResponse: bytes lie on the wire as a message does.
    public var response: Protobuf.Bytes?
    public var ended: OperationError?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        numbers: [Swift.UInt64] = [],
        response: Protobuf.Bytes? = nil,
        ended: OperationError? = nil
    ) {
        self.numbers = numbers
        self.response = response
        self.ended = ended
    }

    public static var fullName: Swift.String { "roost.v1.EncodedWatchNotice" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.numbers, record, count: 24, at: 32)
        writer.optional(self.response, record, has: 64, at: 40)
        writer.message(self.ended, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.numbers)
        reader.optional(record, has: 64, at: 40, into: &self.response)
        reader.message(record, at: 56, into: &self.ended)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            2, 0,
            80, 4,  // roost.v1.EncodedConnectResponse
            1, 16, 0, 24, 2,  // welcome
            2, 272, 32, 40, 1,  // watches
            3, 272, 48, 56, 5,  // results
            4, 272, 64, 72, 3,  // kept_alive
            72, 3,  // roost.v1.EncodedWatchNotice
            1, 776, 24, 32, 0,  // numbers
            2, 15, 64, 40, 0,  // response
            3, 16, 0, 56, 4,  // ended
        ],
        names: """
            roost.v1.EncodedConnectResponse welcome watches results kept_alive
            roost.v1.EncodedWatchNotice numbers response ended
            """,
        imports: [
            ConnectWelcome.layout,
            KeptAlive.layout,
            OperationError.layout,
            StreamResult.layout,
        ])
}
