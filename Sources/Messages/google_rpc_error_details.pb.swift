// Generated from google/rpc/error_details.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf
import WellKnownTypes

/// Why a call failed, for a program to switch on.
public struct GoogleRpcErrorInfo: Protobuf.Message {
    /// UPPER_SNAKE_CASE, unique within the domain.
    public var reason: Swift.String = ""
    /// `roost` for every reason that Roost gives.
    public var domain: Swift.String = ""
    /// Facts about the failure.
    public var metadata: [Swift.String: Swift.String] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        reason: Swift.String = "",
        domain: Swift.String = "",
        metadata: [Swift.String: Swift.String] = [:]
    ) {
        self.reason = reason
        self.domain = domain
        self.metadata = metadata
    }

    public static var fullName: Swift.String { "google.rpc.ErrorInfo" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.reason, record, has: 72, at: 24)
        writer.implicit(self.domain, record, has: 76, at: 40)
        writer.map(self.metadata, record, count: 56, at: 64, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.reason)
        reader.implicit(record, at: 40, into: &self.domain)
        reader.map(record, count: 56, at: 64, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40), into: &self.metadata)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// When the call may be tried again.
public struct GoogleRpcRetryInfo: Protobuf.Message {
    /// Wait at least this long.
    public var retryDelay: WellKnownTypes.GoogleProtobufDuration?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        retryDelay: WellKnownTypes.GoogleProtobufDuration? = nil
    ) {
        self.retryDelay = retryDelay
    }

    public static var fullName: Swift.String { "google.rpc.RetryInfo" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.retryDelay, record, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.retryDelay)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            3, 0,
            80, 3,  // google.rpc.ErrorInfo
            1, 14, 72, 24, 0,  // reason
            2, 14, 76, 40, 0,  // domain
            3, 2320, 56, 64, 1,  // metadata
            64, 2,  // google.rpc.ErrorInfo.MetadataEntry
            1, 14, 56, 24, 0,  // key
            2, 14, 60, 40, 0,  // value
            32, 1,  // google.rpc.RetryInfo
            1, 16, 0, 24, 3,  // retry_delay
        ],
        names: """
            google.rpc.ErrorInfo reason domain metadata
            google.rpc.ErrorInfo.MetadataEntry key value
            google.rpc.RetryInfo retry_delay
            """,
        imports: [
            WellKnownTypes.GoogleProtobufDuration.layout,
        ])
}
