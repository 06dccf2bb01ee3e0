// Generated from grpc/health/v1/health.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct GrpcHealthV1HealthCheckRequest: Protobuf.Message {
    /// What is asked about. Empty, or the full name of a service such as roost.v1.Store: whether this member answers
    /// linearizable requests, which takes a leader and a quorum. "roost.alive": whether it serves at all, serializable
    /// reads among others. Both end when the member is about to stop.
    public var service: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        service: Swift.String = ""
    ) {
        self.service = service
    }

    public static var fullName: Swift.String { "grpc.health.v1.HealthCheckRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.service, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.service)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcHealthV1HealthCheckResponse: Protobuf.Message {
    public var status: GrpcHealthV1HealthCheckResponse.ServingStatus = .unknown
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        status: GrpcHealthV1HealthCheckResponse.ServingStatus = .unknown
    ) {
        self.status = status
    }

    public enum ServingStatus: Protobuf.Enumeration {
        case unknown
        case serving
        case notServing
        /// Watch only: nothing of that name is known.
        case serviceUnknown
        /// A number that this program has no name for.
        case unrecognized(Swift.Int32)

        public init() { self = .unknown }

        public init(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .unknown
            case 1: self = .serving
            case 2: self = .notServing
            case 3: self = .serviceUnknown
            default: self = .unrecognized(rawValue)
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .unknown: return 0
            case .serving: return 1
            case .notServing: return 2
            case .serviceUnknown: return 3
            case .unrecognized(let number): return number
            }
        }
    }

    public static var fullName: Swift.String { "grpc.health.v1.HealthCheckResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.status, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.status)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcHealthV1HealthListRequest: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "grpc.health.v1.HealthListRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcHealthV1HealthListResponse: Protobuf.Message {
    /// By name, all that can be asked about.
    public var statuses: [Swift.String: GrpcHealthV1HealthCheckResponse] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        statuses: [Swift.String: GrpcHealthV1HealthCheckResponse] = [:]
    ) {
        self.statuses = statuses
    }

    public static var fullName: Swift.String { "grpc.health.v1.HealthListResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.map(self.statuses, record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 48, key: 24, hasValue: 0, value: 40))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.map(record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 48, key: 24, hasValue: 0, value: 40), into: &self.statuses)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            5, 0,
            48, 1,  // grpc.health.v1.HealthCheckRequest
            1, 14, 40, 24, 0,  // service
            32, 1,  // grpc.health.v1.HealthCheckResponse
            1, 13, 28, 24, 0,  // status
            24, 0,  // grpc.health.v1.HealthListRequest
            40, 1,  // grpc.health.v1.HealthListResponse
            1, 2320, 24, 32, 4,  // statuses
            56, 2,  // grpc.health.v1.HealthListResponse.StatusesEntry
            1, 14, 48, 24, 0,  // key
            2, 16, 0, 40, 1,  // value
        ],
        names: """
            grpc.health.v1.HealthCheckRequest service
            grpc.health.v1.HealthCheckResponse status
            grpc.health.v1.HealthListRequest
            grpc.health.v1.HealthListResponse statuses
            grpc.health.v1.HealthListResponse.StatusesEntry key value
            """)
}
