// Generated from roost/v1/naming.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum InstanceHealth: Protobuf.Enumeration {
    /// The default: it takes requests.
    case serving
    /// It is there and takes none.
    case notServing
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .serving }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .serving
        case 1: self = .notServing
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .serving: return 0
        case .notServing: return 1
        case .unrecognized(let number): return number
        }
    }
}

/// Where an instance of a service is.
public struct Instance: Protobuf.Message {
    /// Tells the instances of a service apart. Required; 1 to 128 bytes, none of them `/` or a control character.
    public var name: Swift.String = ""
    /// A host or an address.
    public var address: Swift.String = ""
    public var port: Swift.UInt32 = 0
    /// For clients that weigh: how many requests it takes compared with others. 0, the default, stands for 1.
    public var weight: Swift.UInt32 = 0
    /// Where it stands, such as `region/zone`.
    public var locality: Swift.String = ""
    /// Anything else.
    public var metadata: [Swift.String: Swift.String] = [:]
    /// SERVING by default.
    public var health: InstanceHealth = .serving
    /// The session that it lives as long as. Filled in by the service.
    public var sessionID: Swift.UInt64 = 0
    /// The revision of the last Register. Filled in by the service.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        address: Swift.String = "",
        port: Swift.UInt32 = 0,
        weight: Swift.UInt32 = 0,
        locality: Swift.String = "",
        metadata: [Swift.String: Swift.String] = [:],
        health: InstanceHealth = .serving,
        sessionID: Swift.UInt64 = 0,
        revision: Swift.UInt64 = 0
    ) {
        self.name = name
        self.address = address
        self.port = port
        self.weight = weight
        self.locality = locality
        self.metadata = metadata
        self.health = health
        self.sessionID = sessionID
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.Instance" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 104, at: 24)
        writer.implicit(self.address, record, has: 108, at: 40)
        writer.implicit(self.port, record, has: 116, at: 112)
        writer.implicit(self.weight, record, has: 124, at: 120)
        writer.implicit(self.locality, record, has: 128, at: 56)
        writer.map(self.metadata, record, count: 72, at: 80, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40))
        writer.implicit(self.health, record, has: 136, at: 132)
        writer.implicit(self.sessionID, record, has: 140, at: 88)
        writer.implicit(self.revision, record, has: 144, at: 96)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.address)
        reader.implicit(record, at: 112, into: &self.port)
        reader.implicit(record, at: 120, into: &self.weight)
        reader.implicit(record, at: 56, into: &self.locality)
        reader.map(record, count: 72, at: 80, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40), into: &self.metadata)
        reader.implicit(record, at: 132, into: &self.health)
        reader.implicit(record, at: 88, into: &self.sessionID)
        reader.implicit(record, at: 96, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RegisterRequest: Protobuf.Message {
    /// The service. Required; not the root.
    public var path: Swift.String = ""
    /// At most 1 MiB in all (configurable).
    public var instance: Instance?
    /// The session that the instance lives as long as. Required.
    public var sessionID: Swift.UInt64 = 0
    /// Makes the call safe to send again. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        instance: Instance? = nil,
        sessionID: Swift.UInt64 = 0,
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.instance = instance
        self.sessionID = sessionID
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.RegisterRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 64, at: 24)
        writer.message(self.instance, record, at: 40)
        writer.implicit(self.sessionID, record, has: 68, at: 48)
        writer.message(self.requestID, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.message(record, at: 40, into: &self.instance)
        reader.implicit(record, at: 48, into: &self.sessionID)
        reader.message(record, at: 56, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RegisterResponse: Protobuf.Message {
    /// The revision at which it took effect.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.RegisterResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeregisterRequest: Protobuf.Message {
    /// The service. Required.
    public var path: Swift.String = ""
    /// The instance's name. Required.
    public var name: Swift.String = ""
    /// The session that it was registered in. Required.
    public var sessionID: Swift.UInt64 = 0
    /// Makes the call safe to send again. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        name: Swift.String = "",
        sessionID: Swift.UInt64 = 0,
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.name = name
        self.sessionID = sessionID
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.DeregisterRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 72, at: 24)
        writer.implicit(self.name, record, has: 76, at: 40)
        writer.implicit(self.sessionID, record, has: 80, at: 56)
        writer.message(self.requestID, record, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.name)
        reader.implicit(record, at: 56, into: &self.sessionID)
        reader.message(record, at: 64, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeregisterResponse: Protobuf.Message {
    /// The revision at which it went.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.DeregisterResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ResolveRequest: Protobuf.Message {
    /// The service. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// Only those whose health is SERVING. False by default.
    public var servingOnly: Swift.Bool = false
    /// Only those of this locality, or below it: `eu` finds `eu` and `eu/a`. Empty, the default, finds all.
    public var locality: Swift.String = ""
    /// Only those whose names come after this one. Empty, the default, begins with the first.
    public var startAfter: Swift.String = ""
    /// At most so many. 0, the default, means 1,000; at most 10,000.
    public var limit: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        servingOnly: Swift.Bool = false,
        locality: Swift.String = "",
        startAfter: Swift.String = "",
        limit: Swift.UInt32 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.servingOnly = servingOnly
        self.locality = locality
        self.startAfter = startAfter
        self.limit = limit
    }

    public static var fullName: Swift.String { "roost.v1.ResolveRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 80, at: 24)
        writer.implicit(self.level, record, has: 88, at: 84)
        writer.implicit(self.minRevision, record, has: 92, at: 40)
        writer.implicit(self.servingOnly, record, has: 100, at: 96)
        writer.implicit(self.locality, record, has: 104, at: 48)
        writer.implicit(self.startAfter, record, has: 108, at: 64)
        writer.implicit(self.limit, record, has: 116, at: 112)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 84, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 96, into: &self.servingOnly)
        reader.implicit(record, at: 48, into: &self.locality)
        reader.implicit(record, at: 64, into: &self.startAfter)
        reader.implicit(record, at: 112, into: &self.limit)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ResolveResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    public var instances: [Instance] = []
    /// There are more, after the last one's name.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        instances: [Instance] = [],
        more: Swift.Bool = false
    ) {
        self.revision = revision
        self.instances = instances
        self.more = more
    }

    public static var fullName: Swift.String { "roost.v1.ResolveResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.instances, record, count: 32, at: 40)
        writer.implicit(self.more, record, has: 56, at: 52)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.instances)
        reader.implicit(record, at: 52, into: &self.more)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct WatchServiceRequest: Protobuf.Message {
    /// The service; it need not exist. Required.
    public var path: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = ""
    ) {
        self.path = path
    }

    public static var fullName: Swift.String { "roost.v1.WatchServiceRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The first responses tell all instances as changes. All changes of one revision are in one response, unless they are
/// too many for one.
public struct WatchServiceResponse: Protobuf.Message {
    /// All changes up to this revision have been told.
    public var revision: Swift.UInt64 = 0
    public var changes: [InstanceChange] = []
    /// More is to come before the client has a whole picture of that revision.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        changes: [InstanceChange] = [],
        more: Swift.Bool = false
    ) {
        self.revision = revision
        self.changes = changes
        self.more = more
    }

    public static var fullName: Swift.String { "roost.v1.WatchServiceResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.changes, record, count: 32, at: 40)
        writer.implicit(self.more, record, has: 56, at: 52)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.changes)
        reader.implicit(record, at: 52, into: &self.more)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct InstanceChange: Protobuf.Message {
    /// As it is now; of one that is gone, its name alone.
    public var instance: Instance?
    /// It has gone.
    public var gone: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        instance: Instance? = nil,
        gone: Swift.Bool = false
    ) {
        self.instance = instance
        self.gone = gone
    }

    public static var fullName: Swift.String { "roost.v1.InstanceChange" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.instance, record, at: 24)
        writer.implicit(self.gone, record, has: 36, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.instance)
        reader.implicit(record, at: 32, into: &self.gone)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            11, 0,
            152, 9,  // roost.v1.Instance
            1, 14, 104, 24, 0,  // name
            2, 14, 108, 40, 0,  // address
            3, 6, 116, 112, 0,  // port
            4, 6, 124, 120, 0,  // weight
            5, 14, 128, 56, 0,  // locality
            6, 2320, 72, 80, 1,  // metadata
            7, 13, 136, 132, 0,  // health
            8, 8, 140, 88, 0,  // session_id
            9, 8, 144, 96, 0,  // revision
            64, 2,  // roost.v1.Instance.MetadataEntry
            1, 14, 56, 24, 0,  // key
            2, 14, 60, 40, 0,  // value
            72, 4,  // roost.v1.RegisterRequest
            1, 14, 64, 24, 0,  // path
            2, 16, 0, 40, 0,  // instance
            3, 8, 68, 48, 0,  // session_id
            4, 16, 0, 56, 11,  // request_id
            40, 1,  // roost.v1.RegisterResponse
            1, 8, 32, 24, 0,  // revision
            88, 4,  // roost.v1.DeregisterRequest
            1, 14, 72, 24, 0,  // path
            2, 14, 76, 40, 0,  // name
            3, 8, 80, 56, 0,  // session_id
            4, 16, 0, 64, 11,  // request_id
            40, 1,  // roost.v1.DeregisterResponse
            1, 8, 32, 24, 0,  // revision
            120, 7,  // roost.v1.ResolveRequest
            1, 14, 80, 24, 0,  // path
            2, 13, 88, 84, 0,  // level
            3, 8, 92, 40, 0,  // min_revision
            4, 12, 100, 96, 0,  // serving_only
            5, 14, 104, 48, 0,  // locality
            6, 14, 108, 64, 0,  // start_after
            7, 6, 116, 112, 0,  // limit
            64, 3,  // roost.v1.ResolveResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 0,  // instances
            3, 12, 56, 52, 0,  // more
            48, 1,  // roost.v1.WatchServiceRequest
            1, 14, 40, 24, 0,  // path
            64, 3,  // roost.v1.WatchServiceResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 10,  // changes
            3, 12, 56, 52, 0,  // more
            40, 2,  // roost.v1.InstanceChange
            1, 16, 0, 24, 0,  // instance
            2, 12, 36, 32, 0,  // gone
        ],
        names: """
            roost.v1.Instance name address port weight locality metadata health session_id revision
            roost.v1.Instance.MetadataEntry key value
            roost.v1.RegisterRequest path instance session_id request_id
            roost.v1.RegisterResponse revision
            roost.v1.DeregisterRequest path name session_id request_id
            roost.v1.DeregisterResponse revision
            roost.v1.ResolveRequest path level min_revision serving_only locality start_after limit
            roost.v1.ResolveResponse revision instances more
            roost.v1.WatchServiceRequest path
            roost.v1.WatchServiceResponse revision changes more
            roost.v1.InstanceChange instance gone
            """,
        imports: [
            RequestId.layout,
        ])
}
