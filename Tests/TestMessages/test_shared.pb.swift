// Generated from test/shared.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct TestSharedNested: Protobuf.Message {
    public var inner: TestSharedNested.Inner?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        inner: TestSharedNested.Inner? = nil
    ) {
        self.inner = inner
    }

    public struct Inner: Protobuf.Message {
        public var level: TestSharedNested.Inner.Level = .low
        public var value: Swift.Int64 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            level: TestSharedNested.Inner.Level = .low,
            value: Swift.Int64 = 0
        ) {
            self.level = level
            self.value = value
        }

        public enum Level: Protobuf.Enumeration {
            case low
            case high
            /// A number that this program has no name for.
            case unrecognized(Swift.Int32)

            public init() { self = .low }

            public init(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .low
                case 1: self = .high
                default: self = .unrecognized(rawValue)
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .low: return 0
                case .high: return 1
                case .unrecognized(let number): return number
                }
            }
        }

        public static var fullName: Swift.String { "test.shared.Nested.Inner" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.level, record, has: 36, at: 32)
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 32, into: &self.level)
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.shared.Nested" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.inner, record, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.inner)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            2, 0,
            32, 1,  // test.shared.Nested
            1, 16, 0, 24, 1,  // inner
            48, 2,  // test.shared.Nested.Inner
            1, 13, 36, 32, 0,  // level
            2, 3, 40, 24, 0,  // value
        ],
        names: """
            test.shared.Nested inner
            test.shared.Nested.Inner level value
            """)
}
