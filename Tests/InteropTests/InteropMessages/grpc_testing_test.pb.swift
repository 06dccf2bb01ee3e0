// Generated from grpc/testing/test.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum GrpcTestingPayloadType: Protobuf.Enumeration {
    /// Zeros.
    case compressable
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .compressable }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .compressable
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .compressable: return 0
        case .unrecognized(let number): return number
        }
    }
}

public struct GrpcTestingEmpty: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "grpc.testing.Empty" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A bool that may be absent.
public struct GrpcTestingBoolValue: Protobuf.Message {
    public var value: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Bool = false
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "grpc.testing.BoolValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingPayload: Protobuf.Message {
    public var type: GrpcTestingPayloadType = .compressable
    public var body: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        type: GrpcTestingPayloadType = .compressable,
        body: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.type = type
        self.body = body
    }

    public static var fullName: Swift.String { "grpc.testing.Payload" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.type, record, has: 44, at: 40)
        writer.implicit(self.body, record, has: 48, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.type)
        reader.implicit(record, at: 24, into: &self.body)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A status that the server is to end the call with.
public struct GrpcTestingEchoStatus: Protobuf.Message {
    public var code: Swift.Int32 = 0
    public var message: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        code: Swift.Int32 = 0,
        message: Swift.String = ""
    ) {
        self.code = code
        self.message = message
    }

    public static var fullName: Swift.String { "grpc.testing.EchoStatus" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.code, record, has: 44, at: 40)
        writer.implicit(self.message, record, has: 48, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.code)
        reader.implicit(record, at: 24, into: &self.message)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingSimpleRequest: Protobuf.Message {
    public var responseType: GrpcTestingPayloadType = .compressable
    /// Bytes of the response's payload.
    public var responseSize: Swift.Int32 = 0
    public var payload: GrpcTestingPayload?
    public var fillUsername: Swift.Bool = false
    public var fillOauthScope: Swift.Bool = false
    /// Whether the response is to be compressed. Absent: as the server likes.
    public var responseCompressed: GrpcTestingBoolValue?
    public var responseStatus: GrpcTestingEchoStatus?
    /// Whether this request is compressed; INVALID_ARGUMENT if that is not so. Absent: either way.
    public var expectCompressed: GrpcTestingBoolValue?
    public var fillServerID: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        responseType: GrpcTestingPayloadType = .compressable,
        responseSize: Swift.Int32 = 0,
        payload: GrpcTestingPayload? = nil,
        fillUsername: Swift.Bool = false,
        fillOauthScope: Swift.Bool = false,
        responseCompressed: GrpcTestingBoolValue? = nil,
        responseStatus: GrpcTestingEchoStatus? = nil,
        expectCompressed: GrpcTestingBoolValue? = nil,
        fillServerID: Swift.Bool = false
    ) {
        self.responseType = responseType
        self.responseSize = responseSize
        self.payload = payload
        self.fillUsername = fillUsername
        self.fillOauthScope = fillOauthScope
        self.responseCompressed = responseCompressed
        self.responseStatus = responseStatus
        self.expectCompressed = expectCompressed
        self.fillServerID = fillServerID
    }

    public static var fullName: Swift.String { "grpc.testing.SimpleRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.responseType, record, has: 60, at: 56)
        writer.implicit(self.responseSize, record, has: 68, at: 64)
        writer.message(self.payload, record, at: 24)
        writer.implicit(self.fillUsername, record, has: 76, at: 72)
        writer.implicit(self.fillOauthScope, record, has: 84, at: 80)
        writer.message(self.responseCompressed, record, at: 32)
        writer.message(self.responseStatus, record, at: 40)
        writer.message(self.expectCompressed, record, at: 48)
        writer.implicit(self.fillServerID, record, has: 92, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 56, into: &self.responseType)
        reader.implicit(record, at: 64, into: &self.responseSize)
        reader.message(record, at: 24, into: &self.payload)
        reader.implicit(record, at: 72, into: &self.fillUsername)
        reader.implicit(record, at: 80, into: &self.fillOauthScope)
        reader.message(record, at: 32, into: &self.responseCompressed)
        reader.message(record, at: 40, into: &self.responseStatus)
        reader.message(record, at: 48, into: &self.expectCompressed)
        reader.implicit(record, at: 88, into: &self.fillServerID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingSimpleResponse: Protobuf.Message {
    public var payload: GrpcTestingPayload?
    public var username: Swift.String = ""
    public var oauthScope: Swift.String = ""
    public var serverID: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        payload: GrpcTestingPayload? = nil,
        username: Swift.String = "",
        oauthScope: Swift.String = "",
        serverID: Swift.String = ""
    ) {
        self.payload = payload
        self.username = username
        self.oauthScope = oauthScope
        self.serverID = serverID
    }

    public static var fullName: Swift.String { "grpc.testing.SimpleResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.payload, record, at: 24)
        writer.implicit(self.username, record, has: 80, at: 32)
        writer.implicit(self.oauthScope, record, has: 84, at: 48)
        writer.implicit(self.serverID, record, has: 88, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.payload)
        reader.implicit(record, at: 32, into: &self.username)
        reader.implicit(record, at: 48, into: &self.oauthScope)
        reader.implicit(record, at: 64, into: &self.serverID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingStreamingInputCallRequest: Protobuf.Message {
    public var payload: GrpcTestingPayload?
    /// As in SimpleRequest.
    public var expectCompressed: GrpcTestingBoolValue?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        payload: GrpcTestingPayload? = nil,
        expectCompressed: GrpcTestingBoolValue? = nil
    ) {
        self.payload = payload
        self.expectCompressed = expectCompressed
    }

    public static var fullName: Swift.String { "grpc.testing.StreamingInputCallRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.payload, record, at: 24)
        writer.message(self.expectCompressed, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.payload)
        reader.message(record, at: 32, into: &self.expectCompressed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingStreamingInputCallResponse: Protobuf.Message {
    /// Bytes of all payloads together.
    public var aggregatedPayloadSize: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        aggregatedPayloadSize: Swift.Int32 = 0
    ) {
        self.aggregatedPayloadSize = aggregatedPayloadSize
    }

    public static var fullName: Swift.String { "grpc.testing.StreamingInputCallResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.aggregatedPayloadSize, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.aggregatedPayloadSize)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// One response of a stream.
public struct GrpcTestingResponseParameters: Protobuf.Message {
    /// Bytes of its payload.
    public var size: Swift.Int32 = 0
    /// The pause before it, in microseconds.
    public var intervalUs: Swift.Int32 = 0
    /// As response_compressed in SimpleRequest.
    public var compressed: GrpcTestingBoolValue?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        size: Swift.Int32 = 0,
        intervalUs: Swift.Int32 = 0,
        compressed: GrpcTestingBoolValue? = nil
    ) {
        self.size = size
        self.intervalUs = intervalUs
        self.compressed = compressed
    }

    public static var fullName: Swift.String { "grpc.testing.ResponseParameters" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.size, record, has: 36, at: 32)
        writer.implicit(self.intervalUs, record, has: 44, at: 40)
        writer.message(self.compressed, record, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 32, into: &self.size)
        reader.implicit(record, at: 40, into: &self.intervalUs)
        reader.message(record, at: 24, into: &self.compressed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingStreamingOutputCallRequest: Protobuf.Message {
    public var responseType: GrpcTestingPayloadType = .compressable
    public var responseParameters: [GrpcTestingResponseParameters] = []
    public var payload: GrpcTestingPayload?
    public var responseStatus: GrpcTestingEchoStatus?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        responseType: GrpcTestingPayloadType = .compressable,
        responseParameters: [GrpcTestingResponseParameters] = [],
        payload: GrpcTestingPayload? = nil,
        responseStatus: GrpcTestingEchoStatus? = nil
    ) {
        self.responseType = responseType
        self.responseParameters = responseParameters
        self.payload = payload
        self.responseStatus = responseStatus
    }

    public static var fullName: Swift.String { "grpc.testing.StreamingOutputCallRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.responseType, record, has: 60, at: 56)
        writer.repeated(self.responseParameters, record, count: 24, at: 32)
        writer.message(self.payload, record, at: 40)
        writer.message(self.responseStatus, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 56, into: &self.responseType)
        reader.repeated(record, count: 24, at: 32, into: &self.responseParameters)
        reader.message(record, at: 40, into: &self.payload)
        reader.message(record, at: 48, into: &self.responseStatus)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcTestingStreamingOutputCallResponse: Protobuf.Message {
    public var payload: GrpcTestingPayload?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        payload: GrpcTestingPayload? = nil
    ) {
        self.payload = payload
    }

    public static var fullName: Swift.String { "grpc.testing.StreamingOutputCallResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.payload, record, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.payload)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            11, 0,
            24, 0,  // grpc.testing.Empty
            32, 1,  // grpc.testing.BoolValue
            1, 12, 28, 24, 0,  // value
            56, 2,  // grpc.testing.Payload
            1, 13, 44, 40, 0,  // type
            2, 15, 48, 24, 0,  // body
            56, 2,  // grpc.testing.EchoStatus
            1, 0, 44, 40, 0,  // code
            2, 14, 48, 24, 0,  // message
            96, 9,  // grpc.testing.SimpleRequest
            1, 13, 60, 56, 0,  // response_type
            2, 0, 68, 64, 0,  // response_size
            3, 16, 0, 24, 2,  // payload
            4, 12, 76, 72, 0,  // fill_username
            5, 12, 84, 80, 0,  // fill_oauth_scope
            6, 16, 0, 32, 1,  // response_compressed
            7, 16, 0, 40, 3,  // response_status
            8, 16, 0, 48, 1,  // expect_compressed
            9, 12, 92, 88, 0,  // fill_server_id
            96, 4,  // grpc.testing.SimpleResponse
            1, 16, 0, 24, 2,  // payload
            2, 14, 80, 32, 0,  // username
            3, 14, 84, 48, 0,  // oauth_scope
            4, 14, 88, 64, 0,  // server_id
            40, 2,  // grpc.testing.StreamingInputCallRequest
            1, 16, 0, 24, 2,  // payload
            2, 16, 0, 32, 1,  // expect_compressed
            32, 1,  // grpc.testing.StreamingInputCallResponse
            1, 0, 28, 24, 0,  // aggregated_payload_size
            48, 3,  // grpc.testing.ResponseParameters
            1, 0, 36, 32, 0,  // size
            2, 0, 44, 40, 0,  // interval_us
            3, 16, 0, 24, 1,  // compressed
            64, 4,  // grpc.testing.StreamingOutputCallRequest
            1, 13, 60, 56, 0,  // response_type
            2, 272, 24, 32, 8,  // response_parameters
            3, 16, 0, 40, 2,  // payload
            7, 16, 0, 48, 3,  // response_status
            32, 1,  // grpc.testing.StreamingOutputCallResponse
            1, 16, 0, 24, 2,  // payload
        ],
        names: """
            grpc.testing.Empty
            grpc.testing.BoolValue value
            grpc.testing.Payload type body
            grpc.testing.EchoStatus code message
            grpc.testing.SimpleRequest response_type response_size payload fill_username fill_oauth_scope response_compressed response_status expect_compressed fill_server_id
            grpc.testing.SimpleResponse payload username oauth_scope server_id
            grpc.testing.StreamingInputCallRequest payload expect_compressed
            grpc.testing.StreamingInputCallResponse aggregated_payload_size
            grpc.testing.ResponseParameters size interval_us compressed
            grpc.testing.StreamingOutputCallRequest response_type response_parameters payload response_status
            grpc.testing.StreamingOutputCallResponse payload
            """)
}
