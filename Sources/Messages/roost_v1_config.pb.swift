// Generated from roost/v1/config.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A value that a key has, or had.
public struct ConfigVersion: Protobuf.Message {
    /// The revision that wrote it.
    public var revision: Swift.UInt64 = 0
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    /// Who wrote it, and why: as the writer says.
    public var author: Swift.String = ""
    public var comment: Swift.String = ""
    /// Wall time of the write, as the leader's clock told it: milliseconds since 1970-01-01T00:00:00Z.
    public var unixMs: Swift.Int64 = 0
    /// The version whose value was written again; 0 for a new value.
    public var rolledBackTo: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        value: Protobuf.Bytes = Protobuf.Bytes(),
        author: Swift.String = "",
        comment: Swift.String = "",
        unixMs: Swift.Int64 = 0,
        rolledBackTo: Swift.UInt64 = 0
    ) {
        self.revision = revision
        self.value = value
        self.author = author
        self.comment = comment
        self.unixMs = unixMs
        self.rolledBackTo = rolledBackTo
    }

    public static var fullName: Swift.String { "roost.v1.ConfigVersion" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 96, at: 24)
        writer.implicit(self.value, record, has: 100, at: 32)
        writer.implicit(self.author, record, has: 104, at: 48)
        writer.implicit(self.comment, record, has: 108, at: 64)
        writer.implicit(self.unixMs, record, has: 112, at: 80)
        writer.implicit(self.rolledBackTo, record, has: 116, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.value)
        reader.implicit(record, at: 48, into: &self.author)
        reader.implicit(record, at: 64, into: &self.comment)
        reader.implicit(record, at: 80, into: &self.unixMs)
        reader.implicit(record, at: 88, into: &self.rolledBackTo)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct PutConfigRequest: Protobuf.Message {
    /// The key. Required; not the root, and its last component not 20 digits.
    public var path: Swift.String = ""
    /// Empty by default, at most 1 MiB (configurable).
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    /// At most 256 bytes. Empty by default.
    public var author: Swift.String = ""
    /// At most 4 KiB. Empty by default.
    public var comment: Swift.String = ""
    /// Only if this is the revision of the newest value; 0: only if there is no such key. Absent, the default, means any.
    public var expectedRevision: Swift.UInt64?
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        value: Protobuf.Bytes = Protobuf.Bytes(),
        author: Swift.String = "",
        comment: Swift.String = "",
        expectedRevision: Swift.UInt64? = nil,
        requestID: RequestId? = nil,
        fence: Fence? = nil
    ) {
        self.path = path
        self.value = value
        self.author = author
        self.comment = comment
        self.expectedRevision = expectedRevision
        self.requestID = requestID
        self.fence = fence
    }

    public static var fullName: Swift.String { "roost.v1.PutConfigRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 112, at: 24)
        writer.implicit(self.value, record, has: 116, at: 40)
        writer.implicit(self.author, record, has: 120, at: 56)
        writer.implicit(self.comment, record, has: 124, at: 72)
        writer.optional(self.expectedRevision, record, has: 128, at: 88)
        writer.message(self.requestID, record, at: 96)
        writer.message(self.fence, record, at: 104)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.value)
        reader.implicit(record, at: 56, into: &self.author)
        reader.implicit(record, at: 72, into: &self.comment)
        reader.optional(record, has: 128, at: 88, into: &self.expectedRevision)
        reader.message(record, at: 96, into: &self.requestID)
        reader.message(record, at: 104, into: &self.fence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct PutConfigResponse: Protobuf.Message {
    /// The revision of the new version.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.PutConfigResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GetConfigRequest: Protobuf.Message {
    /// The key. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// The version wanted, by its revision. 0, the default, means the newest.
    public var versionRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        versionRevision: Swift.UInt64 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.versionRevision = versionRevision
    }

    public static var fullName: Swift.String { "roost.v1.GetConfigRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 56, at: 24)
        writer.implicit(self.level, record, has: 64, at: 60)
        writer.implicit(self.minRevision, record, has: 68, at: 40)
        writer.implicit(self.versionRevision, record, has: 72, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 60, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 48, into: &self.versionRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GetConfigResponse: Protobuf.Message {
    /// The revision that the answer reflects. To follow the key from here, watch from revision + 1.
    public var revision: Swift.UInt64 = 0
    public var version: ConfigVersion?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        version: ConfigVersion? = nil
    ) {
        self.revision = revision
        self.version = version
    }

    public static var fullName: Swift.String { "roost.v1.GetConfigResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.message(self.version, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.message(record, at: 32, into: &self.version)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeleteConfigRequest: Protobuf.Message {
    /// The key. Required.
    public var path: Swift.String = ""
    /// Only if this is the revision of the newest value. Absent, the default, means any.
    public var expectedRevision: Swift.UInt64?
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        expectedRevision: Swift.UInt64? = nil,
        requestID: RequestId? = nil,
        fence: Fence? = nil
    ) {
        self.path = path
        self.expectedRevision = expectedRevision
        self.requestID = requestID
        self.fence = fence
    }

    public static var fullName: Swift.String { "roost.v1.DeleteConfigRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 64, at: 24)
        writer.optional(self.expectedRevision, record, has: 68, at: 40)
        writer.message(self.requestID, record, at: 48)
        writer.message(self.fence, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.optional(record, has: 68, at: 40, into: &self.expectedRevision)
        reader.message(record, at: 48, into: &self.requestID)
        reader.message(record, at: 56, into: &self.fence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeleteConfigResponse: Protobuf.Message {
    /// The revision at which it took effect.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.DeleteConfigResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ConfigHistoryRequest: Protobuf.Message {
    /// The key. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// At most so many. 0, the default, means all that are kept: 100.
    public var limit: Swift.UInt32 = 0
    /// Fills ConfigVersion.value. False by default.
    public var includeValues: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        limit: Swift.UInt32 = 0,
        includeValues: Swift.Bool = false
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.limit = limit
        self.includeValues = includeValues
    }

    public static var fullName: Swift.String { "roost.v1.ConfigHistoryRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.implicit(self.level, record, has: 56, at: 52)
        writer.implicit(self.minRevision, record, has: 60, at: 40)
        writer.implicit(self.limit, record, has: 68, at: 64)
        writer.implicit(self.includeValues, record, has: 76, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 52, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 64, into: &self.limit)
        reader.implicit(record, at: 72, into: &self.includeValues)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ConfigHistoryResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    /// The newest one first.
    public var versions: [ConfigVersion] = []
    /// There are older ones, whose values would have made the response too long. Get reads each of them.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        versions: [ConfigVersion] = [],
        more: Swift.Bool = false
    ) {
        self.revision = revision
        self.versions = versions
        self.more = more
    }

    public static var fullName: Swift.String { "roost.v1.ConfigHistoryResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.versions, record, count: 32, at: 40)
        writer.implicit(self.more, record, has: 56, at: 52)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.versions)
        reader.implicit(record, at: 52, into: &self.more)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RollbackConfigRequest: Protobuf.Message {
    /// The key. Required.
    public var path: Swift.String = ""
    /// The version whose value is to be written again. Required.
    public var versionRevision: Swift.UInt64 = 0
    /// At most 256 bytes. Empty by default.
    public var author: Swift.String = ""
    /// At most 4 KiB. Empty by default.
    public var comment: Swift.String = ""
    /// Only if this is the revision of the newest value. Absent, the default, means any.
    public var expectedRevision: Swift.UInt64?
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        versionRevision: Swift.UInt64 = 0,
        author: Swift.String = "",
        comment: Swift.String = "",
        expectedRevision: Swift.UInt64? = nil,
        requestID: RequestId? = nil,
        fence: Fence? = nil
    ) {
        self.path = path
        self.versionRevision = versionRevision
        self.author = author
        self.comment = comment
        self.expectedRevision = expectedRevision
        self.requestID = requestID
        self.fence = fence
    }

    public static var fullName: Swift.String { "roost.v1.RollbackConfigRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 104, at: 24)
        writer.implicit(self.versionRevision, record, has: 108, at: 40)
        writer.implicit(self.author, record, has: 112, at: 48)
        writer.implicit(self.comment, record, has: 116, at: 64)
        writer.optional(self.expectedRevision, record, has: 120, at: 80)
        writer.message(self.requestID, record, at: 88)
        writer.message(self.fence, record, at: 96)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.versionRevision)
        reader.implicit(record, at: 48, into: &self.author)
        reader.implicit(record, at: 64, into: &self.comment)
        reader.optional(record, has: 120, at: 80, into: &self.expectedRevision)
        reader.message(record, at: 88, into: &self.requestID)
        reader.message(record, at: 96, into: &self.fence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct WatchConfigRequest: Protobuf.Message {
    /// A key, or what is above keys; it need not exist. Required.
    public var path: Swift.String = ""
    /// Also all keys below it. False by default.
    public var recursive: Swift.Bool = false
    /// The first revision whose changes are told. 0, the default, means: those after the revision that the first
    /// response names.
    public var startRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        recursive: Swift.Bool = false,
        startRevision: Swift.UInt64 = 0
    ) {
        self.path = path
        self.recursive = recursive
        self.startRevision = startRevision
    }

    public static var fullName: Swift.String { "roost.v1.WatchConfigRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.implicit(self.recursive, record, has: 56, at: 52)
        writer.implicit(self.startRevision, record, has: 60, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 52, into: &self.recursive)
        reader.implicit(record, at: 40, into: &self.startRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The first response comes at once and has no changes. All changes of one revision are in one response, unless they are
/// too many for one.
public struct WatchConfigResponse: Protobuf.Message {
    /// All changes up to this revision have been told.
    public var revision: Swift.UInt64 = 0
    public var changes: [ConfigChange] = []
    /// The revision of the last change goes on in the next response, and is not counted in `revision`.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        changes: [ConfigChange] = [],
        more: Swift.Bool = false
    ) {
        self.revision = revision
        self.changes = changes
        self.more = more
    }

    public static var fullName: Swift.String { "roost.v1.WatchConfigResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

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

public struct ConfigChange: Protobuf.Message {
    /// The key.
    public var path: Swift.String = ""
    /// What it is now; absent if it was deleted. One that was written with Store has neither author nor comment.
    public var version: ConfigVersion?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        version: ConfigVersion? = nil
    ) {
        self.path = path
        self.version = version
    }

    public static var fullName: Swift.String { "roost.v1.ConfigChange" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.message(self.version, record, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.message(record, at: 40, into: &self.version)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            13, 0,
            120, 6,  // roost.v1.ConfigVersion
            1, 8, 96, 24, 0,  // revision
            2, 15, 100, 32, 0,  // value
            3, 14, 104, 48, 0,  // author
            4, 14, 108, 64, 0,  // comment
            5, 3, 112, 80, 0,  // unix_ms
            6, 8, 116, 88, 0,  // rolled_back_to
            136, 7,  // roost.v1.PutConfigRequest
            1, 14, 112, 24, 0,  // path
            2, 15, 116, 40, 0,  // value
            3, 14, 120, 56, 0,  // author
            4, 14, 124, 72, 0,  // comment
            5, 8, 128, 88, 0,  // expected_revision
            6, 16, 0, 96, 14,  // request_id
            7, 16, 0, 104, 13,  // fence
            40, 1,  // roost.v1.PutConfigResponse
            1, 8, 32, 24, 0,  // revision
            80, 4,  // roost.v1.GetConfigRequest
            1, 14, 56, 24, 0,  // path
            2, 13, 64, 60, 0,  // level
            3, 8, 68, 40, 0,  // min_revision
            4, 8, 72, 48, 0,  // version_revision
            48, 2,  // roost.v1.GetConfigResponse
            1, 8, 40, 24, 0,  // revision
            2, 16, 0, 32, 0,  // version
            72, 4,  // roost.v1.DeleteConfigRequest
            1, 14, 64, 24, 0,  // path
            2, 8, 68, 40, 0,  // expected_revision
            3, 16, 0, 48, 14,  // request_id
            4, 16, 0, 56, 13,  // fence
            40, 1,  // roost.v1.DeleteConfigResponse
            1, 8, 32, 24, 0,  // revision
            80, 5,  // roost.v1.ConfigHistoryRequest
            1, 14, 48, 24, 0,  // path
            2, 13, 56, 52, 0,  // level
            3, 8, 60, 40, 0,  // min_revision
            4, 6, 68, 64, 0,  // limit
            5, 12, 76, 72, 0,  // include_values
            64, 3,  // roost.v1.ConfigHistoryResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 0,  // versions
            3, 12, 56, 52, 0,  // more
            128, 7,  // roost.v1.RollbackConfigRequest
            1, 14, 104, 24, 0,  // path
            2, 8, 108, 40, 0,  // version_revision
            3, 14, 112, 48, 0,  // author
            4, 14, 116, 64, 0,  // comment
            5, 8, 120, 80, 0,  // expected_revision
            6, 16, 0, 88, 14,  // request_id
            7, 16, 0, 96, 13,  // fence
            64, 3,  // roost.v1.WatchConfigRequest
            1, 14, 48, 24, 0,  // path
            2, 12, 56, 52, 0,  // recursive
            3, 8, 60, 40, 0,  // start_revision
            64, 3,  // roost.v1.WatchConfigResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 12,  // changes
            3, 12, 56, 52, 0,  // more
            56, 2,  // roost.v1.ConfigChange
            1, 14, 48, 24, 0,  // path
            2, 16, 0, 40, 0,  // version
        ],
        names: """
            roost.v1.ConfigVersion revision value author comment unix_ms rolled_back_to
            roost.v1.PutConfigRequest path value author comment expected_revision request_id fence
            roost.v1.PutConfigResponse revision
            roost.v1.GetConfigRequest path level min_revision version_revision
            roost.v1.GetConfigResponse revision version
            roost.v1.DeleteConfigRequest path expected_revision request_id fence
            roost.v1.DeleteConfigResponse revision
            roost.v1.ConfigHistoryRequest path level min_revision limit include_values
            roost.v1.ConfigHistoryResponse revision versions more
            roost.v1.RollbackConfigRequest path version_revision author comment expected_revision request_id fence
            roost.v1.WatchConfigRequest path recursive start_revision
            roost.v1.WatchConfigResponse revision changes more
            roost.v1.ConfigChange path version
            """,
        imports: [
            Fence.layout,
            RequestId.layout,
        ])
}
