// Generated from test/drawn2.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// !
public enum TestDrawn2MessageRegistry: Protobuf.Enumeration {
    case z9Alpha
    /// - Warning: Deprecated.
    case gammaNode
    /// - Parameter x: none
    case leafDelta
    /// / more
    case http2User
    /// Has */ and /* and `ticks` and \(interpolation).
    case some
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .z9Alpha }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .z9Alpha
        case 128: self = .gammaNode
        case 1: self = .leafDelta
        case 2: self = .http2User
        case -2147483648: self = .some
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .z9Alpha: return 0
        case .gammaNode: return 128
        case .leafDelta: return 1
        case .http2User: return 2
        case .some: return -2147483648
        case .unrecognized(let number): return number
        }
    }
}

public enum TestDrawn2DeltaId: Protobuf.Enumeration {
    case self_
    case nodeURL
    /// / more
    case `true`
    case userOf
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .self_ }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .self_
        case 128: self = .nodeURL
        case 1: self = .`true`
        case -1: self = .userOf
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .self_: return 0
        case .nodeURL: return 128
        case .`true`: return 1
        case .userOf: return -1
        case .unrecognized(let number): return number
        }
    }
}

/// / more
public struct TestDrawn2init: Protobuf.Message {
    /// !
    public var gamma: [Swift.Int32] = []
    public var a1b2: Swift.Int32 = 0
    public var layout: [Swift.Int32: Protobuf.Bytes] = [:]
    public var twoWords: Swift.Int64?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        gamma: [Swift.Int32] = [],
        a1b2: Swift.Int32 = 0,
        layout: [Swift.Int32: Protobuf.Bytes] = [:],
        twoWords: Swift.Int64? = nil
    ) {
        self.gamma = gamma
        self.a1b2 = a1b2
        self.layout = layout
        self.twoWords = twoWords
    }

    /// Plain.
    public struct YDelta: Protobuf.Message {
        public var urlGamma: TestDrawn1Http2Gamma?
        public var nan: Swift.Int32 = 0
        /// Plain.
        public var deltaUserThe1: [Swift.UInt32: Swift.Int64] = [:]
        public var leaf: [Swift.Float] = []
        public var http2Y1: Swift.UInt32 = 0
        /// !
        public var dynamic: Dynamic?
        /// Has */ and /* and `ticks` and \(interpolation).
        public var gamma: [TestDrawn2DeltaId] = []
        public var urlGamma_: Swift.UInt64 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            urlGamma: TestDrawn1Http2Gamma? = nil,
            nan: Swift.Int32 = 0,
            deltaUserThe1: [Swift.UInt32: Swift.Int64] = [:],
            leaf: [Swift.Float] = [],
            http2Y1: Swift.UInt32 = 0,
            dynamic: Dynamic? = nil,
            gamma: [TestDrawn2DeltaId] = [],
            urlGamma_: Swift.UInt64 = 0
        ) {
            self.urlGamma = urlGamma
            self.nan = nan
            self.deltaUserThe1 = deltaUserThe1
            self.leaf = leaf
            self.http2Y1 = http2Y1
            self.dynamic = dynamic
            self.gamma = gamma
            self.urlGamma_ = urlGamma_
        }

        /// !
        public enum Dynamic: Swift.Hashable, Swift.Sendable {
            /// - Parameter x: none
            case map(Swift.Int32)
            /// Plain.
            case z9Beta1(Swift.UInt32)
            case beta(Swift.Bool)
        }

        public struct AlphaX: Protobuf.Message {
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public enum AlphaLeaf: Protobuf.Enumeration {
                /// Has */ and /* and `ticks` and \(interpolation).
                case unrecognized_
                case http2Z9
                /// - Parameter x: none
                case http2Gamma
                /// / more
                case `func`
                case description
                public static var urlDelta: Self { .http2Z9 }
                /// A number that this program has no name for.
                case unrecognized(Swift.Int32)

                public init() { self = .unrecognized_ }

                public init(rawValue: Swift.Int32) {
                    switch rawValue {
                    case 0: self = .unrecognized_
                    case 128: self = .http2Z9
                    case -2: self = .http2Gamma
                    case 330879276: self = .`func`
                    case 127: self = .description
                    default: self = .unrecognized(rawValue)
                    }
                }

                public var rawValue: Swift.Int32 {
                    switch self {
                    case .unrecognized_: return 0
                    case .http2Z9: return 128
                    case .http2Gamma: return -2
                    case .`func`: return 330879276
                    case .description: return 127
                    case .unrecognized(let number): return number
                    }
                }
            }

            public static var fullName: Swift.String { "test.drawn2.init.YDelta.AlphaX" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public static var fullName: Swift.String { "test.drawn2.init.YDelta" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.message(self.urlGamma, record, at: 32)
            writer.implicit(self.nan, record, has: 104, at: 100)
            writer.map(self.deltaUserThe1, record, count: 40, at: 48, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 40, value: 24))
            writer.repeated(self.leaf, record, count: 56, at: 64)
            writer.implicit(self.http2Y1, record, has: 112, at: 108)
            switch self.dynamic {
            case .map(let value):
                writer.choose(13, record, case: 96)
                writer.store(value, record, at: 24)
            case .z9Beta1(let value):
                writer.choose(5, record, case: 96)
                writer.store(value, record, at: 24)
            case .beta(let value):
                writer.choose(28, record, case: 96)
                writer.store(value, record, at: 24)
            case nil:
                writer.choose(0, record, case: 96)
            }
            writer.repeated(self.gamma, record, count: 72, at: 80)
            writer.implicit(self.urlGamma_, record, has: 116, at: 88)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.message(record, at: 32, into: &self.urlGamma)
            reader.implicit(record, at: 100, into: &self.nan)
            reader.map(record, count: 40, at: 48, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 40, value: 24), into: &self.deltaUserThe1)
            reader.repeated(record, count: 56, at: 64, into: &self.leaf)
            reader.implicit(record, at: 108, into: &self.http2Y1)
            switch reader.chosen(record, case: 96) {
            case 13: self.dynamic = .map(reader.value(record, at: 24))
            case 5: self.dynamic = .z9Beta1(reader.value(record, at: 24))
            case 28: self.dynamic = .beta(reader.value(record, at: 24))
            default: break
            }
            reader.repeated(record, count: 72, at: 80, into: &self.gamma)
            reader.implicit(record, at: 88, into: &self.urlGamma_)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.drawn2.init" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.gamma, record, count: 24, at: 32)
        writer.implicit(self.a1b2, record, has: 68, at: 64)
        writer.map(self.layout, record, count: 40, at: 48, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 44, key: 40, hasValue: 48, value: 24))
        writer.optional(self.twoWords, record, has: 72, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.gamma)
        reader.implicit(record, at: 64, into: &self.a1b2)
        reader.map(record, count: 40, at: 48, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 44, key: 40, hasValue: 48, value: 24), into: &self.layout)
        reader.optional(record, has: 72, at: 56, into: &self.twoWords)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestDrawn2Sendable: Protobuf.Message {
    /// !
    public var x: X?
    public var each: Swift.UInt32 = 0
    public var unknownfieldsTheAlpha: TestDrawn2Sendable.unsafe.Z9The = .nodeBeta
    /// / more
    public var unknownfieldsUnknown: [Swift.Int64] = []
    public var `continue`: Swift.Double?
    /// Has */ and /* and `ticks` and \(interpolation).
    public var returns: [Swift.UInt64] = []
    /// Plain.
    public var unknownfieldsTheOf: [Swift.Int64] = []
    public var leafX1: Swift.UInt64 = 0
    /// Has */ and /* and `ticks` and \(interpolation).
    public var countGammaLeaf2: [Swift.Int64] = []
    public var unknownfieldsIn: Swift.Int32 = 0
    public var ofUserUrl2: TestDrawn2Sendable.TheCount.FieldValue?
    public var userBetaNode2: Swift.Bool = false
    /// / more
    public var `super`: [Swift.UInt64] = []
    public var idY1: [Swift.Int64: Swift.UInt32] = [:]
    public var yHttp22: Swift.UInt64?
    /// / more
    public var x2: [Swift.UInt64] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        x: X? = nil,
        each: Swift.UInt32 = 0,
        unknownfieldsTheAlpha: TestDrawn2Sendable.unsafe.Z9The = .nodeBeta,
        unknownfieldsUnknown: [Swift.Int64] = [],
        `continue`: Swift.Double? = nil,
        returns: [Swift.UInt64] = [],
        unknownfieldsTheOf: [Swift.Int64] = [],
        leafX1: Swift.UInt64 = 0,
        countGammaLeaf2: [Swift.Int64] = [],
        unknownfieldsIn: Swift.Int32 = 0,
        ofUserUrl2: TestDrawn2Sendable.TheCount.FieldValue? = nil,
        userBetaNode2: Swift.Bool = false,
        `super`: [Swift.UInt64] = [],
        idY1: [Swift.Int64: Swift.UInt32] = [:],
        yHttp22: Swift.UInt64? = nil,
        x2: [Swift.UInt64] = []
    ) {
        self.x = x
        self.each = each
        self.unknownfieldsTheAlpha = unknownfieldsTheAlpha
        self.unknownfieldsUnknown = unknownfieldsUnknown
        self.`continue` = `continue`
        self.returns = returns
        self.unknownfieldsTheOf = unknownfieldsTheOf
        self.leafX1 = leafX1
        self.countGammaLeaf2 = countGammaLeaf2
        self.unknownfieldsIn = unknownfieldsIn
        self.ofUserUrl2 = ofUserUrl2
        self.userBetaNode2 = userBetaNode2
        self.`super` = `super`
        self.idY1 = idY1
        self.yHttp22 = yHttp22
        self.x2 = x2
    }

    /// !
    public enum X: Swift.Hashable, Swift.Sendable {
        case userLeaf1(Swift.UInt64)
        /// Has */ and /* and `ticks` and \(interpolation).
        case y(Swift.Double)
        case countNodeZ91(Swift.Int64)
        case alpha(Swift.Int32)
    }

    public enum unknownFields: Protobuf.Enumeration {
        /// !
        case theAlpha
        case theOf
        case `in`
        /// - Parameter x: none
        case urlY
        case unknown
        /// A number that this program has no name for.
        case unrecognized(Swift.Int32)

        public init() { self = .theAlpha }

        public init(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .theAlpha
            case -1: self = .theOf
            case 2: self = .`in`
            case 128: self = .urlY
            case 369263438: self = .unknown
            default: self = .unrecognized(rawValue)
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .theAlpha: return 0
            case .theOf: return -1
            case .`in`: return 2
            case .urlY: return 128
            case .unknown: return 369263438
            case .unrecognized(let number): return number
            }
        }
    }

    public struct unsafe: Protobuf.Message {
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        /// !
        public enum Z9The: Protobuf.Enumeration {
            /// - Parameter x: none
            case nodeBeta
            case `case`
            /// A number that this program has no name for.
            case unrecognized(Swift.Int32)

            public init() { self = .nodeBeta }

            public init(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .nodeBeta
                case -2: self = .`case`
                default: self = .unrecognized(rawValue)
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .nodeBeta: return 0
                case .`case`: return -2
                case .unrecognized(let number): return number
                }
            }
        }

        /// Has */ and /* and `ticks` and \(interpolation).
        public struct TheHttp2: Protobuf.Message {
            public var utf8: [Swift.String] = []
            /// Plain.
            ///
            /// - Warning: Deprecated.
            public var twoWords: [Swift.Int64: Swift.Bool] = [:]
            public var xOf1: [Swift.UInt64] = []
            public var gammaNode1: Swift.Float = 0
            /// / more
            public var fileLayout: FileLayout?
            /// - Parameter x: none
            public var count1: Swift.Int32 = 0
            public var y: [Swift.Int64] = []
            public var alphaDeltaY2: Swift.Int64?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                utf8: [Swift.String] = [],
                twoWords: [Swift.Int64: Swift.Bool] = [:],
                xOf1: [Swift.UInt64] = [],
                gammaNode1: Swift.Float = 0,
                fileLayout: FileLayout? = nil,
                count1: Swift.Int32 = 0,
                y: [Swift.Int64] = [],
                alphaDeltaY2: Swift.Int64? = nil
            ) {
                self.utf8 = utf8
                self.twoWords = twoWords
                self.xOf1 = xOf1
                self.gammaNode1 = gammaNode1
                self.fileLayout = fileLayout
                self.count1 = count1
                self.y = y
                self.alphaDeltaY2 = alphaDeltaY2
            }

            /// / more
            public enum FileLayout: Swift.Hashable, Swift.Sendable {
                case `subscript`(Swift.UInt32)
                case xOf1(Swift.Int32)
            }

            public static var fullName: Swift.String { "test.drawn2.Sendable.unsafe.TheHttp2" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.utf8, record, count: 32, at: 40)
                writer.map(self.twoWords, record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[8], hasKey: 32, key: 24, hasValue: 40, value: 36))
                writer.repeated(self.xOf1, record, count: 64, at: 72)
                writer.implicit(self.gammaNode1, record, has: 112, at: 108)
                switch self.fileLayout {
                case .`subscript`(let value):
                    writer.choose(31, record, case: 104)
                    writer.store(value, record, at: 24)
                case .xOf1(let value):
                    writer.choose(15, record, case: 104)
                    writer.store(value, record, at: 24)
                case nil:
                    writer.choose(0, record, case: 104)
                }
                writer.implicit(self.count1, record, has: 120, at: 116)
                writer.repeated(self.y, record, count: 80, at: 88)
                writer.optional(self.alphaDeltaY2, record, has: 124, at: 96)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 32, at: 40, into: &self.utf8)
                reader.map(record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[8], hasKey: 32, key: 24, hasValue: 40, value: 36), into: &self.twoWords)
                reader.repeated(record, count: 64, at: 72, into: &self.xOf1)
                reader.implicit(record, at: 108, into: &self.gammaNode1)
                switch reader.chosen(record, case: 104) {
                case 31: self.fileLayout = .`subscript`(reader.value(record, at: 24))
                case 15: self.fileLayout = .xOf1(reader.value(record, at: 24))
                default: break
                }
                reader.implicit(record, at: 116, into: &self.count1)
                reader.repeated(record, count: 80, at: 88, into: &self.y)
                reader.optional(record, has: 124, at: 96, into: &self.alphaDeltaY2)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public static var fullName: Swift.String { "test.drawn2.Sendable.unsafe" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct TheCount: Protobuf.Message {
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        /// Plain.
        public enum Z9Y: Protobuf.Enumeration {
            /// / more
            case storedSize_
            /// - Warning: Deprecated.
            case gammaY
            /// !
            case userX
            /// - Parameter x: none
            public static var `class`: Self { .userX }
            /// A number that this program has no name for.
            case unrecognized(Swift.Int32)

            public init() { self = .storedSize_ }

            public init(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .storedSize_
                case 2: self = .gammaY
                case -1: self = .userX
                default: self = .unrecognized(rawValue)
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .storedSize_: return 0
                case .gammaY: return 2
                case .userX: return -1
                case .unrecognized(let number): return number
                }
            }
        }

        /// Plain.
        public struct FieldValue: Protobuf.Message {
            public var borrowing: TestDrawn2init.YDelta.AlphaX.AlphaLeaf = .unrecognized_
            /// Has */ and /* and `ticks` and \(interpolation).
            public var ofTheID1: Swift.Int32?
            public var xY: XY?
            /// !
            public var idURL: Protobuf.Bytes?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                borrowing: TestDrawn2init.YDelta.AlphaX.AlphaLeaf = .unrecognized_,
                ofTheID1: Swift.Int32? = nil,
                xY: XY? = nil,
                idURL: Protobuf.Bytes? = nil
            ) {
                self.borrowing = borrowing
                self.ofTheID1 = ofTheID1
                self.xY = xY
                self.idURL = idURL
            }

            public enum XY: Swift.Hashable, Swift.Sendable {
                case yHttp21(Swift.Int32)
                case reader(Swift.UInt32)
                case count(Swift.Double)
                case node2(Swift.Float)
                /// - Parameter x: none
                case `while`(Swift.Int64)
            }

            public static var fullName: Swift.String { "test.drawn2.Sendable.TheCount.FieldValue" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.implicit(self.borrowing, record, has: 56, at: 52)
                writer.optional(self.ofTheID1, record, has: 64, at: 60)
                switch self.xY {
                case .yHttp21(let value):
                    writer.choose(128, record, case: 48)
                    writer.store(value, record, at: 24)
                case .reader(let value):
                    writer.choose(262144, record, case: 48)
                    writer.store(value, record, at: 24)
                case .count(let value):
                    writer.choose(536870911, record, case: 48)
                    writer.store(value, record, at: 24)
                case .node2(let value):
                    writer.choose(291190298, record, case: 48)
                    writer.store(value, record, at: 24)
                case .`while`(let value):
                    writer.choose(87302211, record, case: 48)
                    writer.store(value, record, at: 24)
                case nil:
                    writer.choose(0, record, case: 48)
                }
                writer.optional(self.idURL, record, has: 68, at: 32)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.implicit(record, at: 52, into: &self.borrowing)
                reader.optional(record, has: 64, at: 60, into: &self.ofTheID1)
                switch reader.chosen(record, case: 48) {
                case 128: self.xY = .yHttp21(reader.value(record, at: 24))
                case 262144: self.xY = .reader(reader.value(record, at: 24))
                case 536870911: self.xY = .count(reader.value(record, at: 24))
                case 291190298: self.xY = .node2(reader.value(record, at: 24))
                case 87302211: self.xY = .`while`(reader.value(record, at: 24))
                default: break
                }
                reader.optional(record, has: 68, at: 32, into: &self.idURL)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public static var fullName: Swift.String { "test.drawn2.Sendable.TheCount" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.drawn2.Sendable" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.x {
        case .userLeaf1(let value):
            writer.choose(303637485, record, case: 176)
            writer.store(value, record, at: 24)
        case .y(let value):
            writer.choose(536870911, record, case: 176)
            writer.store(value, record, at: 24)
        case .countNodeZ91(let value):
            writer.choose(261544554, record, case: 176)
            writer.store(value, record, at: 24)
        case .alpha(let value):
            writer.choose(18999, record, case: 176)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 176)
        }
        writer.implicit(self.each, record, has: 184, at: 180)
        writer.implicit(self.unknownfieldsTheAlpha, record, has: 192, at: 188)
        writer.repeated(self.unknownfieldsUnknown, record, count: 32, at: 40)
        writer.optional(self.`continue`, record, has: 196, at: 48)
        writer.repeated(self.returns, record, count: 56, at: 64)
        writer.repeated(self.unknownfieldsTheOf, record, count: 72, at: 80)
        writer.implicit(self.leafX1, record, has: 200, at: 88)
        writer.repeated(self.countGammaLeaf2, record, count: 96, at: 104)
        writer.implicit(self.unknownfieldsIn, record, has: 208, at: 204)
        writer.message(self.ofUserUrl2, record, at: 112)
        writer.implicit(self.userBetaNode2, record, has: 216, at: 212)
        writer.repeated(self.`super`, record, count: 120, at: 128)
        writer.map(self.idY1, record, count: 136, at: 144, entry: Protobuf.MapEntry(_FileLayout.file[11], hasKey: 32, key: 24, hasValue: 40, value: 36))
        writer.optional(self.yHttp22, record, has: 220, at: 152)
        writer.repeated(self.x2, record, count: 160, at: 168)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 176) {
        case 303637485: self.x = .userLeaf1(reader.value(record, at: 24))
        case 536870911: self.x = .y(reader.value(record, at: 24))
        case 261544554: self.x = .countNodeZ91(reader.value(record, at: 24))
        case 18999: self.x = .alpha(reader.value(record, at: 24))
        default: break
        }
        reader.implicit(record, at: 180, into: &self.each)
        reader.implicit(record, at: 188, into: &self.unknownfieldsTheAlpha)
        reader.repeated(record, count: 32, at: 40, into: &self.unknownfieldsUnknown)
        reader.optional(record, has: 196, at: 48, into: &self.`continue`)
        reader.repeated(record, count: 56, at: 64, into: &self.returns)
        reader.repeated(record, count: 72, at: 80, into: &self.unknownfieldsTheOf)
        reader.implicit(record, at: 88, into: &self.leafX1)
        reader.repeated(record, count: 96, at: 104, into: &self.countGammaLeaf2)
        reader.implicit(record, at: 204, into: &self.unknownfieldsIn)
        reader.message(record, at: 112, into: &self.ofUserUrl2)
        reader.implicit(record, at: 212, into: &self.userBetaNode2)
        reader.repeated(record, count: 120, at: 128, into: &self.`super`)
        reader.map(record, count: 136, at: 144, entry: Protobuf.MapEntry(_FileLayout.file[11], hasKey: 32, key: 24, hasValue: 40, value: 36), into: &self.idY1)
        reader.optional(record, has: 220, at: 152, into: &self.yHttp22)
        reader.repeated(record, count: 160, at: 168, into: &self.x2)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            12, 0,
            80, 4,  // test.drawn2.init
            31, 4, 72, 56, 0,  // _two_words
            262144, 257, 24, 32, 0,  // gamma
            144479084, 0, 68, 64, 0,  // A1B2
            239052915, 2320, 40, 48, 4,  // layout
            120, 10,  // test.drawn2.init.YDelta
            1, 9, 116, 88, 0,  // _url_gamma
            2, 778, 56, 64, 0,  // leaf
            3, 7, 112, 108, 0,  // http2_y_1
            5, 1030, 96, 24, 0,  // z9_beta_1
            7, 781, 72, 80, 0,  // gamma
            8, 2, 104, 100, 0,  // nan
            11, 16, 0, 32, 12,  // url_gamma
            13, 1025, 96, 24, 0,  // map
            28, 1036, 96, 24, 0,  // beta
            128, 2320, 40, 48, 2,  // delta_user_the_1
            48, 2,  // test.drawn2.init.YDelta.DeltaUserThe1Entry
            1, 7, 36, 32, 0,  // key
            2, 5, 40, 24, 0,  // value
            24, 0,  // test.drawn2.init.YDelta.AlphaX
            56, 2,  // test.drawn2.init.LayoutEntry
            1, 1, 44, 40, 0,  // key
            2, 15, 48, 24, 0,  // value
            224, 19,  // test.drawn2.Sendable
            6, 6, 184, 180, 0,  // each
            11, 777, 120, 128, 0,  // super
            16, 260, 72, 80, 0,  // UNKNOWNFIELDSTheOf
            17, 11, 196, 48, 0,  // continue
            20, 8, 220, 152, 0,  // y_http22
            127, 264, 160, 168, 0,  // x2
            18999, 1025, 176, 24, 0,  // alpha
            262143, 2320, 136, 144, 11,  // id_y_1
            54265410, 16, 0, 112, 10,  // of_user_url2
            209356336, 0, 208, 204, 0,  // _UNKNOWNFIELDS_in
            261544554, 1027, 176, 24, 0,  // count_node_z9_1
            303637485, 1032, 176, 24, 0,  // user_leaf_1
            319852792, 12, 216, 212, 0,  // user_beta_node2
            360494067, 772, 96, 104, 0,  // count_gamma_leaf2
            379986563, 776, 56, 64, 0,  // returns
            440983065, 771, 32, 40, 0,  // UNKNOWNFIELDS_UNKNOWN_
            476801721, 9, 200, 88, 0,  // leaf_x_1
            536870910, 13, 192, 188, 0,  // UNKNOWNFIELDSTheAlpha
            536870911, 1035, 176, 24, 0,  // y
            24, 0,  // test.drawn2.Sendable.unsafe
            128, 9,  // test.drawn2.Sendable.unsafe.TheHttp2
            2, 2320, 48, 56, 8,  // two_words_
            3, 772, 80, 88, 0,  // y
            15, 1024, 104, 24, 0,  // _x_of_1
            31, 1031, 104, 24, 0,  // subscript
            255, 264, 64, 72, 0,  // x_of_1
            20000, 10, 112, 108, 0,  // gamma_node_1
            268435456, 2, 120, 116, 0,  // count_1
            285780234, 5, 124, 96, 0,  // alpha_delta_y2
            407130648, 270, 32, 40, 0,  // UTF8
            48, 2,  // test.drawn2.Sendable.unsafe.TheHttp2.TwoWordsEntry
            1, 4, 32, 24, 0,  // key
            2, 12, 40, 36, 0,  // value
            24, 0,  // test.drawn2.Sendable.TheCount
            72, 8,  // test.drawn2.Sendable.TheCount.FieldValue
            15, 2, 64, 60, 0,  // of_the_id_1
            38, 13, 56, 52, 0,  // borrowing
            128, 1025, 48, 24, 0,  // y_http2_1
            257, 15, 68, 32, 0,  // id_url
            262144, 1031, 48, 24, 0,  // reader
            87302211, 1027, 48, 24, 0,  // while
            291190298, 1034, 48, 24, 0,  // node2
            536870911, 1035, 48, 24, 0,  // count
            48, 2,  // test.drawn2.Sendable.IdY1Entry
            1, 5, 32, 24, 0,  // key
            2, 6, 40, 36, 0,  // value
        ],
        names: """
            test.drawn2.init _two_words gamma A1B2 layout
            test.drawn2.init.YDelta _url_gamma leaf http2_y_1 z9_beta_1 gamma nan url_gamma map beta delta_user_the_1
            test.drawn2.init.YDelta.DeltaUserThe1Entry key value
            test.drawn2.init.YDelta.AlphaX
            test.drawn2.init.LayoutEntry key value
            test.drawn2.Sendable each super UNKNOWNFIELDSTheOf continue y_http22 x2 alpha id_y_1 of_user_url2 _UNKNOWNFIELDS_in count_node_z9_1 user_leaf_1 user_beta_node2 count_gamma_leaf2 returns UNKNOWNFIELDS_UNKNOWN_ leaf_x_1 UNKNOWNFIELDSTheAlpha y
            test.drawn2.Sendable.unsafe
            test.drawn2.Sendable.unsafe.TheHttp2 two_words_ y _x_of_1 subscript x_of_1 gamma_node_1 count_1 alpha_delta_y2 UTF8
            test.drawn2.Sendable.unsafe.TheHttp2.TwoWordsEntry key value
            test.drawn2.Sendable.TheCount
            test.drawn2.Sendable.TheCount.FieldValue of_the_id_1 borrowing y_http2_1 id_url reader while node2 count
            test.drawn2.Sendable.IdY1Entry key value
            """,
        imports: [
            TestDrawn1Http2Gamma.layout,
        ])
}
