// Generated from google/rpc/status.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf
import WellKnownTypes

public struct GoogleRpcStatus: Protobuf.Message {
    /// A gRPC status code.
    public var code: Swift.Int32 = 0
    /// For developers, in English.
    public var message: Swift.String = ""
    /// Details that programs read, such as ErrorInfo.
    public var details: [WellKnownTypes.GoogleProtobufAny] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        code: Swift.Int32 = 0,
        message: Swift.String = "",
        details: [WellKnownTypes.GoogleProtobufAny] = []
    ) {
        self.code = code
        self.message = message
        self.details = details
    }

    public static var fullName: Swift.String { "google.rpc.Status" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.code, record, has: 60, at: 56)
        writer.implicit(self.message, record, has: 64, at: 24)
        writer.repeated(self.details, record, count: 40, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 56, into: &self.code)
        reader.implicit(record, at: 24, into: &self.message)
        reader.repeated(record, count: 40, at: 48, into: &self.details)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            72, 3,  // google.rpc.Status
            1, 0, 60, 56, 0,  // code
            2, 14, 64, 24, 0,  // message
            3, 272, 40, 48, 1,  // details
        ],
        names: """
            google.rpc.Status code message details
            """,
        imports: [
            WellKnownTypes.GoogleProtobufAny.layout,
        ])
}
