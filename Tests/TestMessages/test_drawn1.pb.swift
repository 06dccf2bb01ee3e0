// Generated from test/drawn1.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// Plain.
public enum TestDrawn1LeafId: Protobuf.Enumeration {
    case nodeURL
    /// !
    case xThe
    case hash
    case nodeLeaf
    /// - Parameter x: none
    case leafid2

    public init() { self = .nodeURL }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .nodeURL
        case 127: self = .xThe
        case 2: self = .hash
        case 128: self = .nodeLeaf
        case 2147483647: self = .leafid2
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .nodeURL: return 0
        case .xThe: return 127
        case .hash: return 2
        case .nodeLeaf: return 128
        case .leafid2: return 2147483647
        }
    }
}

public enum TestDrawn1encoded: Protobuf.Enumeration {
    /// / more
    case leafDelta
    case `nil`
    /// - Warning: Deprecated.
    case xHttp2
    case alphaDelta
    /// Has */ and /* and `ticks` and \(interpolation).
    ///
    /// - Warning: Deprecated.
    public static var theZ9: Self { .nil }

    public init() { self = .leafDelta }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .leafDelta
        case 128: self = .`nil`
        case -2: self = .xHttp2
        case 2147483647: self = .alphaDelta
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .leafDelta: return 0
        case .`nil`: return 128
        case .xHttp2: return -2
        case .alphaDelta: return 2147483647
        }
    }
}

/// Plain.
public struct TestDrawn1LeafCount: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public struct layout_: Protobuf.Message {
        public var gamma: Swift.Int64?
        /// Plain.
        public var __: Swift.Int32?
        /// !
        public var deltaLeafCount2: [Swift.Int32: Swift.Bool] = [:]
        public var deltaLeafCount2_: [Swift.Int64] = []
        public var `var`: Var?
        public var yDeltaX1: Swift.Int32?
        public var leafThe2: [Swift.Bool] = []
        public var `return`: [Swift.Int64: Swift.UInt64] = [:]
        /// !
        public var self_: Self_?
        public var http2of: TestDrawn1LeafCount.layout_.Http2Of?
        public var user: [Swift.Int32] = []
        public var left: Protobuf.Bytes?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            gamma: Swift.Int64? = nil,
            __: Swift.Int32? = nil,
            deltaLeafCount2: [Swift.Int32: Swift.Bool] = [:],
            deltaLeafCount2_: [Swift.Int64] = [],
            `var`: Var? = nil,
            yDeltaX1: Swift.Int32? = nil,
            leafThe2: [Swift.Bool] = [],
            `return`: [Swift.Int64: Swift.UInt64] = [:],
            self_: Self_? = nil,
            http2of: TestDrawn1LeafCount.layout_.Http2Of? = nil,
            user: [Swift.Int32] = [],
            left: Protobuf.Bytes? = nil
        ) {
            self.gamma = gamma
            self.__ = __
            self.deltaLeafCount2 = deltaLeafCount2
            self.deltaLeafCount2_ = deltaLeafCount2_
            self.`var` = `var`
            self.yDeltaX1 = yDeltaX1
            self.leafThe2 = leafThe2
            self.`return` = `return`
            self.self_ = self_
            self.http2of = http2of
            self.user = user
            self.left = left
        }

        /// ``gamma``, or its default where it is not set.
        public var gammaOrDefault: Swift.Int64 { self.gamma ?? 9223372036854775807 }

        /// ``left``, or its default where it is not set.
        public var leftOrDefault: Protobuf.Bytes { self.left ?? [0, 255, 128] }

        public enum Var: Swift.Hashable, Swift.Sendable {
            /// - Parameter x: none
            case http22(Swift.UInt32)
            indirect case alphagamma(TestDrawn1LeafCount.layout_.AlphaGamma)
            /// !
            case userLeaf(Swift.UInt64)
            case ofdelta(TestDrawn1LeafCount.layout_.OfDelta)
            case yAlphaZ9(Swift.Int64)
        }

        /// !
        public enum Self_: Swift.Hashable, Swift.Sendable {
            case nodeThe1(Swift.UInt32)
            /// - Parameter x: none
            case idHttp22(Swift.Int64)
            case fullName(TestDrawn1LeafCount.layout_.Bool._x)
            case xY(Swift.Float)
            case oneof(TestDrawn1LeafCount.layout_.Bool)
        }

        public enum YDelta: Protobuf.Enumeration {
            case x1
            case z9Y
            /// / more
            ///
            /// - Warning: Deprecated.
            case betaHttp2

            public init() { self = .x1 }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .x1
                case 127: self = .z9Y
                case -1001460971: self = .betaHttp2
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .x1: return 0
                case .z9Y: return 127
                case .betaHttp2: return -1001460971
                }
            }
        }

        public struct AlphaGamma: Protobuf.Message {
            /// Has */ and /* and `ticks` and \(interpolation).
            public var alphaUserOf1: Swift.Int32?
            @Protobuf.Indirect
            public var set: TestDrawn1LeafCount.layout_?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                alphaUserOf1: Swift.Int32? = nil,
                set: TestDrawn1LeafCount.layout_? = nil
            ) {
                self.alphaUserOf1 = alphaUserOf1
                self.set = set
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.layout.AlphaGamma" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.optional(self.alphaUserOf1, record, has: 36, at: 32)
                writer.message(self.set, record, at: 24)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.optional(record, has: 36, at: 32, into: &self.alphaUserOf1)
                self.set = reader.message(record, at: 24)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        /// Plain.
        public struct OfDelta: Protobuf.Message {
            /// / more
            public var node: [Protobuf.Bytes] = []
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                node: [Protobuf.Bytes] = []
            ) {
                self.node = node
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.layout.OfDelta" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.node, record, count: 24, at: 32)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.node)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        /// / more
        public struct Bool: Protobuf.Message {
            public var `in`: [TestDrawn1LeafCount.layout_.Bool._x] = []
            public var aBc: [Swift.Float] = []
            public var nodedelta: TestDrawn1LeafCount.layout_.Bool.NodeDelta?
            public var deltaGamma2: Swift.String?
            public var xInit: Swift.UInt64?
            /// Plain.
            public var http2DeltaUser: [Swift.UInt32] = []
            /// !
            public var deltaGamma2_: Swift.Int64?
            public var self_: Swift.String?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                `in`: [TestDrawn1LeafCount.layout_.Bool._x] = [],
                aBc: [Swift.Float] = [],
                nodedelta: TestDrawn1LeafCount.layout_.Bool.NodeDelta? = nil,
                deltaGamma2: Swift.String? = nil,
                xInit: Swift.UInt64? = nil,
                http2DeltaUser: [Swift.UInt32] = [],
                deltaGamma2_: Swift.Int64? = nil,
                self_: Swift.String? = nil
            ) {
                self.`in` = `in`
                self.aBc = aBc
                self.nodedelta = nodedelta
                self.deltaGamma2 = deltaGamma2
                self.xInit = xInit
                self.http2DeltaUser = http2DeltaUser
                self.deltaGamma2_ = deltaGamma2_
                self.self_ = self_
            }

            /// ``xInit``, or its default where it is not set.
            public var xInitOrDefault: Swift.UInt64 { self.xInit ?? 7 }

            /// ``deltaGamma2_``, or its default where it is not set.
            public var deltaGamma2_OrDefault: Swift.Int64 { self.deltaGamma2_ ?? 1 }

            /// ``self_``, or its default where it is not set.
            public var self_OrDefault: Swift.String { self.self_ ?? "??" }

            public enum _x: Protobuf.Enumeration {
                /// Has */ and /* and `ticks` and \(interpolation).
                case self_
                /// - Parameter x: none
                case ofCount
                case init_
                case userZ9

                public init() { self = .self_ }

                public init?(rawValue: Swift.Int32) {
                    switch rawValue {
                    case 1: self = .self_
                    case 2: self = .ofCount
                    case 128: self = .init_
                    case -1: self = .userZ9
                    default: return nil
                    }
                }

                public var rawValue: Swift.Int32 {
                    switch self {
                    case .self_: return 1
                    case .ofCount: return 2
                    case .init_: return 128
                    case .userZ9: return -1
                    }
                }
            }

            /// Has */ and /* and `ticks` and \(interpolation).
            public struct NodeDelta: Protobuf.Message {
                /// - Parameter x: none
                public var `default`: Swift.Double?
                public var unknownFields = Protobuf.UnknownFields()

                public init() {}

                public init(
                    `default`: Swift.Double? = nil
                ) {
                    self.`default` = `default`
                }

                public static var fullName: Swift.String { "test.drawn1.LeafCount.layout.Bool.NodeDelta" }
                public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

                public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                    writer.optional(self.`default`, record, has: 32, at: 24)
                    writer.unknown(self.unknownFields, record)
                }

                public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                    reader.optional(record, has: 32, at: 24, into: &self.`default`)
                    reader.unknown(record, into: &self.unknownFields)
                }
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.layout.Bool" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                var delimited = Protobuf.DelimitedMessages()
                writer.repeated(self.`in`, record, count: 24, at: 32)
                writer.repeated(self.aBc, record, count: 40, at: 48)
                writer.delimited(self.nodedelta, 1, &delimited, record, at: 56)
                writer.optional(self.deltaGamma2, record, has: 128, at: 64)
                writer.optional(self.xInit, record, has: 132, at: 80)
                writer.repeated(self.http2DeltaUser, record, count: 88, at: 96)
                if self.deltaGamma2_ == nil { writer.missing("_delta_gamma2", of: "test.drawn1.LeafCount.layout.Bool") }
                writer.optional(self.deltaGamma2_, record, has: 136, at: 104)
                writer.optional(self.self_, record, has: 140, at: 112)
                writer.unknown(self.unknownFields, delimited, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.`in`)
                reader.repeated(record, count: 40, at: 48, into: &self.aBc)
                reader.message(record, at: 56, into: &self.nodedelta)
                reader.optional(record, has: 128, at: 64, into: &self.deltaGamma2)
                reader.optional(record, has: 132, at: 80, into: &self.xInit)
                reader.repeated(record, count: 88, at: 96, into: &self.http2DeltaUser)
                reader.optional(record, has: 136, at: 104, into: &self.deltaGamma2_)
                reader.optional(record, has: 140, at: 112, into: &self.self_)
                reader.unknown(record, into: &self.unknownFields)
                if self.deltaGamma2_ == nil { reader.missing("_delta_gamma2", of: "test.drawn1.LeafCount.layout.Bool") }
            }
        }

        /// Plain.
        public struct Http2Of: Protobuf.Message {
            /// - Warning: Deprecated.
            public var z9Node2: [Swift.Double] = []
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                z9Node2: [Swift.Double] = []
            ) {
                self.z9Node2 = z9Node2
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.layout.Http2Of" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.z9Node2, record, count: 24, at: 32)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.z9Node2)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public static var fullName: Swift.String { "test.drawn1.LeafCount.layout" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            var delimited = Protobuf.DelimitedMessages()
            writer.optional(self.gamma, record, has: 160, at: 40)
            writer.optional(self.__, record, has: 168, at: 164)
            writer.map(self.deltaLeafCount2, record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 28, key: 24, hasValue: 36, value: 32))
            writer.repeated(self.deltaLeafCount2_, record, count: 64, at: 72)
            switch self.`var` {
            case .http22(let value):
                writer.choose(24, record, case: 152)
                writer.store(value, record, at: 24)
            case .alphagamma(let value):
                writer.choose(0, record, case: 152)
                writer.delimited(value, 128, &delimited)
            case .userLeaf(let value):
                writer.choose(2048, record, case: 152)
                writer.store(value, record, at: 24)
            case .ofdelta(let value):
                writer.choose(0, record, case: 152)
                writer.delimited(value, 26, &delimited)
            case .yAlphaZ9(let value):
                writer.choose(11, record, case: 152)
                writer.store(value, record, at: 24)
            case nil:
                writer.choose(0, record, case: 152)
            }
            writer.optional(self.yDeltaX1, record, has: 176, at: 172)
            writer.repeated(self.leafThe2, record, count: 80, at: 88)
            writer.map(self.`return`, record, count: 96, at: 104, entry: Protobuf.MapEntry(_FileLayout.file[7], hasKey: 40, key: 24, hasValue: 44, value: 32))
            switch self.self_ {
            case .nodeThe1(let value):
                writer.choose(39, record, case: 156)
                writer.store(value, record, at: 32)
            case .idHttp22(let value):
                writer.choose(121529511, record, case: 156)
                writer.store(value, record, at: 32)
            case .fullName(let value):
                writer.choose(22655241, record, case: 156)
                writer.store(value, record, at: 32)
            case .xY(let value):
                writer.choose(536870911, record, case: 156)
                writer.store(value, record, at: 32)
            case .oneof(let value):
                writer.choose(2, record, case: 156)
                writer.store(value, record, at: 32)
            case nil:
                writer.choose(0, record, case: 156)
            }
            writer.delimited(self.http2of, 34, &delimited, record, at: 112)
            writer.repeated(self.user, record, count: 120, at: 128)
            writer.optional(self.left, record, has: 180, at: 136)
            writer.unknown(self.unknownFields, delimited, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 160, at: 40, into: &self.gamma)
            reader.optional(record, has: 168, at: 164, into: &self.__)
            reader.map(record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 28, key: 24, hasValue: 36, value: 32), into: &self.deltaLeafCount2)
            reader.repeated(record, count: 64, at: 72, into: &self.deltaLeafCount2_)
            switch reader.chosen(record, case: 152) {
            case 24: self.`var` = .http22(reader.value(record, at: 24))
            case 128: self.`var` = .alphagamma(reader.value(record, at: 24))
            case 2048: self.`var` = .userLeaf(reader.value(record, at: 24))
            case 26: self.`var` = .ofdelta(reader.value(record, at: 24))
            case 11: self.`var` = .yAlphaZ9(reader.value(record, at: 24))
            default: break
            }
            reader.optional(record, has: 176, at: 172, into: &self.yDeltaX1)
            reader.repeated(record, count: 80, at: 88, into: &self.leafThe2)
            reader.map(record, count: 96, at: 104, entry: Protobuf.MapEntry(_FileLayout.file[7], hasKey: 40, key: 24, hasValue: 44, value: 32), into: &self.`return`)
            switch reader.chosen(record, case: 156) {
            case 39: self.self_ = .nodeThe1(reader.value(record, at: 32))
            case 121529511: self.self_ = .idHttp22(reader.value(record, at: 32))
            case 22655241: self.self_ = .fullName(reader.value(record, at: 32))
            case 536870911: self.self_ = .xY(reader.value(record, at: 32))
            case 2: self.self_ = .oneof(reader.value(record, at: 32))
            default: break
            }
            reader.message(record, at: 112, into: &self.http2of)
            reader.repeated(record, count: 120, at: 128, into: &self.user)
            reader.optional(record, has: 180, at: 136, into: &self.left)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct BetaDelta: Protobuf.Message {
        public var xNode: XNode?
        /// Has */ and /* and `ticks` and \(interpolation).
        public var sending: [Swift.Int64] = []
        /// - Warning: Deprecated.
        public var y2: [TestDrawn1Http2Gamma] = []
        /// - Warning: Deprecated.
        public var gammaHttp2: Swift.UInt64?
        public var counthttp2: [TestDrawn1LeafCount.BetaDelta.CountHttp2] = []
        public var y: [Swift.Int32] = []
        public var `rethrows`: [Swift.Bool: Swift.Int32] = [:]
        /// Plain.
        public var gamma2: Swift.Float?
        public var alpha1: Swift.UInt32?
        public var yXNode: Swift.Int64?
        public var xdelta: [TestDrawn1LeafCount.BetaDelta.XDelta] = []
        /// Has */ and /* and `ticks` and \(interpolation).
        public var yBeta: YBeta?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            xNode: XNode? = nil,
            sending: [Swift.Int64] = [],
            y2: [TestDrawn1Http2Gamma] = [],
            gammaHttp2: Swift.UInt64? = nil,
            counthttp2: [TestDrawn1LeafCount.BetaDelta.CountHttp2] = [],
            y: [Swift.Int32] = [],
            `rethrows`: [Swift.Bool: Swift.Int32] = [:],
            gamma2: Swift.Float? = nil,
            alpha1: Swift.UInt32? = nil,
            yXNode: Swift.Int64? = nil,
            xdelta: [TestDrawn1LeafCount.BetaDelta.XDelta] = [],
            yBeta: YBeta? = nil
        ) {
            self.xNode = xNode
            self.sending = sending
            self.y2 = y2
            self.gammaHttp2 = gammaHttp2
            self.counthttp2 = counthttp2
            self.y = y
            self.`rethrows` = `rethrows`
            self.gamma2 = gamma2
            self.alpha1 = alpha1
            self.yXNode = yXNode
            self.xdelta = xdelta
            self.yBeta = yBeta
        }

        public enum XNode: Swift.Hashable, Swift.Sendable {
            /// / more
            case willSet(Swift.UInt64)
            case `as`(Swift.Int32)
            case encode(Swift.UInt32)
            /// - Parameter x: none
            case delta(Swift.Int64)
            /// Plain.
            case nodexLoad(Swift.Int32)
        }

        /// Has */ and /* and `ticks` and \(interpolation).
        public enum YBeta: Swift.Hashable, Swift.Sendable {
            case betacount(TestDrawn1LeafCount.BetaDelta.BetaCount)
            /// / more
            case gammaHttp2(Swift.Int32)
            /// - Parameter x: none
            case stream(Swift.UInt32)
            case leafUserBeta2(Swift.UInt64)
        }

        public enum NodeX: Protobuf.Enumeration {
            /// Has */ and /* and `ticks` and \(interpolation).
            case deltaHttp2
            /// / more
            case ofGamma
            /// !
            case type
            public static var load_: Self { .deltaHttp2 }

            public init() { self = .deltaHttp2 }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .deltaHttp2
                case 2: self = .ofGamma
                case 1: self = .type
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .deltaHttp2: return 0
                case .ofGamma: return 2
                case .type: return 1
                }
            }
        }

        /// - Parameter x: none
        public struct CountHttp2: Protobuf.Message {
            public var userYHttp2: [Swift.Bool] = []
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                userYHttp2: [Swift.Bool] = []
            ) {
                self.userYHttp2 = userYHttp2
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.BetaDelta.CountHttp2" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.userYHttp2, record, count: 24, at: 32)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.userYHttp2)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        /// !
        public struct XDelta: Protobuf.Message {
            public var z9DeltaY2: [Swift.Int32] = []
            /// Has */ and /* and `ticks` and \(interpolation).
            public var package: [Swift.Double] = []
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                z9DeltaY2: [Swift.Int32] = [],
                package: [Swift.Double] = []
            ) {
                self.z9DeltaY2 = z9DeltaY2
                self.package = package
            }

            public static var fullName: Swift.String { "test.drawn1.LeafCount.BetaDelta.XDelta" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.z9DeltaY2, record, count: 24, at: 32)
                writer.repeated(self.package, record, count: 40, at: 48)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.z9DeltaY2)
                reader.repeated(record, count: 40, at: 48, into: &self.package)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public struct BetaCount: Protobuf.Message {
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public static var fullName: Swift.String { "test.drawn1.LeafCount.BetaDelta.BetaCount" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        public static var fullName: Swift.String { "test.drawn1.LeafCount.BetaDelta" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            var delimited = Protobuf.DelimitedMessages()
            switch self.xNode {
            case .willSet(let value):
                writer.choose(20000, record, case: 152)
                writer.store(value, record, at: 24)
            case .`as`(let value):
                writer.choose(2047, record, case: 152)
                writer.store(value, record, at: 24)
            case .encode(let value):
                writer.choose(393042058, record, case: 152)
                writer.store(value, record, at: 24)
            case .delta(let value):
                writer.choose(505940210, record, case: 152)
                writer.store(value, record, at: 24)
            case .nodexLoad(let value):
                writer.choose(15, record, case: 152)
                writer.store(value, record, at: 24)
            case nil:
                writer.choose(0, record, case: 152)
            }
            writer.repeated(self.sending, record, count: 40, at: 48)
            writer.repeated(self.y2, record, count: 56, at: 64)
            writer.optional(self.gammaHttp2, record, has: 160, at: 72)
            writer.delimited(self.counthttp2, 32, &delimited, record, count: 80)
            writer.repeated(self.y, record, count: 96, at: 104)
            writer.map(self.`rethrows`, record, count: 112, at: 120, entry: Protobuf.MapEntry(_FileLayout.file[11], hasKey: 28, key: 24, hasValue: 36, value: 32))
            writer.optional(self.gamma2, record, has: 168, at: 164)
            writer.optional(self.alpha1, record, has: 176, at: 172)
            writer.optional(self.yXNode, record, has: 180, at: 128)
            writer.delimited(self.xdelta, 446654169, &delimited, record, count: 136)
            switch self.yBeta {
            case .betacount(let value):
                writer.choose(0, record, case: 156)
                writer.delimited(value, 24, &delimited)
            case .gammaHttp2(let value):
                writer.choose(134918116, record, case: 156)
                writer.store(value, record, at: 32)
            case .stream(let value):
                writer.choose(536870910, record, case: 156)
                writer.store(value, record, at: 32)
            case .leafUserBeta2(let value):
                writer.choose(397518840, record, case: 156)
                writer.store(value, record, at: 32)
            case nil:
                writer.choose(0, record, case: 156)
            }
            writer.unknown(self.unknownFields, delimited, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            switch reader.chosen(record, case: 152) {
            case 20000: self.xNode = .willSet(reader.value(record, at: 24))
            case 2047: self.xNode = .`as`(reader.value(record, at: 24))
            case 393042058: self.xNode = .encode(reader.value(record, at: 24))
            case 505940210: self.xNode = .delta(reader.value(record, at: 24))
            case 15: self.xNode = .nodexLoad(reader.value(record, at: 24))
            default: break
            }
            reader.repeated(record, count: 40, at: 48, into: &self.sending)
            reader.repeated(record, count: 56, at: 64, into: &self.y2)
            reader.optional(record, has: 160, at: 72, into: &self.gammaHttp2)
            reader.repeated(record, count: 80, at: 88, into: &self.counthttp2)
            reader.repeated(record, count: 96, at: 104, into: &self.y)
            reader.map(record, count: 112, at: 120, entry: Protobuf.MapEntry(_FileLayout.file[11], hasKey: 28, key: 24, hasValue: 36, value: 32), into: &self.`rethrows`)
            reader.optional(record, has: 168, at: 164, into: &self.gamma2)
            reader.optional(record, has: 176, at: 172, into: &self.alpha1)
            reader.optional(record, has: 180, at: 128, into: &self.yXNode)
            reader.repeated(record, count: 136, at: 144, into: &self.xdelta)
            switch reader.chosen(record, case: 156) {
            case 24: self.yBeta = .betacount(reader.value(record, at: 32))
            case 134918116: self.yBeta = .gammaHttp2(reader.value(record, at: 32))
            case 536870910: self.yBeta = .stream(reader.value(record, at: 32))
            case 397518840: self.yBeta = .leafUserBeta2(reader.value(record, at: 32))
            default: break
            }
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.drawn1.LeafCount" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestDrawn1Http2Gamma: Protobuf.Message {
    /// / more
    public var xBetaZ92: [Swift.String: TestDrawn1LeafId] = [:]
    public var module: [Swift.Float] = []
    public var x: Swift.Int64?
    public var of: Protobuf.Bytes?
    public var ofleaf: TestDrawn1Http2Gamma.OfLeaf?
    public var deltaZ9: [TestDrawn1LeafCount.layout_.YDelta] = []
    public var any: [Swift.UInt64] = []
    /// Plain.
    public var alphaY1: Swift.Int64?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        xBetaZ92: [Swift.String: TestDrawn1LeafId] = [:],
        module: [Swift.Float] = [],
        x: Swift.Int64? = nil,
        of: Protobuf.Bytes? = nil,
        ofleaf: TestDrawn1Http2Gamma.OfLeaf? = nil,
        deltaZ9: [TestDrawn1LeafCount.layout_.YDelta] = [],
        any: [Swift.UInt64] = [],
        alphaY1: Swift.Int64? = nil
    ) {
        self.xBetaZ92 = xBetaZ92
        self.module = module
        self.x = x
        self.of = of
        self.ofleaf = ofleaf
        self.deltaZ9 = deltaZ9
        self.any = any
        self.alphaY1 = alphaY1
    }

    /// ``x``, or its default where it is not set.
    public var xOrDefault: Swift.Int64 { self.x ?? 9223372036854775807 }

    /// !
    public enum UrlAlpha: Protobuf.Enumeration {
        case gammaNode
        /// - Warning: Deprecated.
        case `default`

        public init() { self = .gammaNode }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .gammaNode
            case 2147483647: self = .`default`
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .gammaNode: return 0
            case .`default`: return 2147483647
            }
        }
    }

    /// Plain.
    public struct Error: Protobuf.Message {
        /// Plain.
        public var countID: Swift.UInt32?
        /// - Parameter x: none
        public var leafIDThe: [Swift.Int64] = []
        public var xHttp2Count: [Swift.Float] = []
        public var countID_: Swift.Float?
        /// / more
        public var xY1: [Swift.Int64] = []
        /// - Warning: Deprecated.
        public var z9X: Swift.UInt64?
        public var countYBeta: [Swift.UInt32: Swift.Int64] = [:]
        /// - Parameter x: none
        public var `where`: Swift.Int32?
        /// !
        public var deltaAlphaNode2: Swift.UInt32?
        public var value: Value?
        public var alpha: [Swift.Float] = []
        public var leafDelta2: Swift.UInt64?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            countID: Swift.UInt32? = nil,
            leafIDThe: [Swift.Int64] = [],
            xHttp2Count: [Swift.Float] = [],
            countID_: Swift.Float? = nil,
            xY1: [Swift.Int64] = [],
            z9X: Swift.UInt64? = nil,
            countYBeta: [Swift.UInt32: Swift.Int64] = [:],
            `where`: Swift.Int32? = nil,
            deltaAlphaNode2: Swift.UInt32? = nil,
            value: Value? = nil,
            alpha: [Swift.Float] = [],
            leafDelta2: Swift.UInt64? = nil
        ) {
            self.countID = countID
            self.leafIDThe = leafIDThe
            self.xHttp2Count = xHttp2Count
            self.countID_ = countID_
            self.xY1 = xY1
            self.z9X = z9X
            self.countYBeta = countYBeta
            self.`where` = `where`
            self.deltaAlphaNode2 = deltaAlphaNode2
            self.value = value
            self.alpha = alpha
            self.leafDelta2 = leafDelta2
        }

        /// ``countID_``, or its default where it is not set.
        public var countID_OrDefault: Swift.Float { self.countID_ ?? -0.0 }

        /// ``where``, or its default where it is not set.
        public var whereOrDefault: Swift.Int32 { self.`where` ?? -2147483648 }

        public enum Value: Swift.Hashable, Swift.Sendable {
            case xY1(Swift.Double)
            case countOf2(Swift.Int32)
            /// / more
            ///
            /// - Warning: Deprecated.
            case leafYHttp22(TestDrawn1LeafCount.layout_.YDelta)
            case http2(Protobuf.Bytes)
        }

        /// / more
        public struct Type_: Protobuf.Message {
            /// Has */ and /* and `ticks` and \(interpolation).
            public var `inout`: [Swift.Int32] = []
            /// !
            public var idXNode1: [Swift.Bool] = []
            public var `else`: Swift.Int32?
            public var optional: TestDrawn1Http2Gamma.UrlAlpha?
            public var at: At?
            public var countnode: TestDrawn1Http2Gamma.Error.Type_.CountNode?
            public var `protocol`: [Swift.Int32: Swift.Int64] = [:]
            /// - Parameter x: none
            public var userHttp2Leaf1: Swift.UInt32?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                `inout`: [Swift.Int32] = [],
                idXNode1: [Swift.Bool] = [],
                `else`: Swift.Int32? = nil,
                optional: TestDrawn1Http2Gamma.UrlAlpha? = nil,
                at: At? = nil,
                countnode: TestDrawn1Http2Gamma.Error.Type_.CountNode? = nil,
                `protocol`: [Swift.Int32: Swift.Int64] = [:],
                userHttp2Leaf1: Swift.UInt32? = nil
            ) {
                self.`inout` = `inout`
                self.idXNode1 = idXNode1
                self.`else` = `else`
                self.optional = optional
                self.at = at
                self.countnode = countnode
                self.`protocol` = `protocol`
                self.userHttp2Leaf1 = userHttp2Leaf1
            }

            /// ``else``, or its default where it is not set.
            public var elseOrDefault: Swift.Int32 { self.`else` ?? 7 }

            /// ``userHttp2Leaf1``, or its default where it is not set.
            public var userHttp2Leaf1OrDefault: Swift.UInt32 { self.userHttp2Leaf1 ?? 0 }

            public enum At: Swift.Hashable, Swift.Sendable {
                case deltaOf1(Swift.String)
                case alphaNodeX(Swift.Double)
                /// !
                case z9UserGamma(Swift.Int64)
                case has(Swift.UInt64)
                case entry(Swift.Int32)
            }

            /// Plain.
            public struct CountNode: Protobuf.Message {
                public var xGamma: Swift.UInt32?
                /// Has */ and /* and `ticks` and \(interpolation).
                public var alphaY1: [Swift.Bool] = []
                public var `associatedtype`: [TestDrawn1Http2Gamma.Error] = []
                public var unknownFields = Protobuf.UnknownFields()

                public init() {}

                public init(
                    xGamma: Swift.UInt32? = nil,
                    alphaY1: [Swift.Bool] = [],
                    `associatedtype`: [TestDrawn1Http2Gamma.Error] = []
                ) {
                    self.xGamma = xGamma
                    self.alphaY1 = alphaY1
                    self.`associatedtype` = `associatedtype`
                }

                public static var fullName: Swift.String { "test.drawn1.Http2Gamma.Error.Type_.CountNode" }
                public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

                public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                    writer.optional(self.xGamma, record, has: 60, at: 56)
                    writer.repeated(self.alphaY1, record, count: 24, at: 32)
                    writer.repeated(self.`associatedtype`, record, count: 40, at: 48)
                    writer.unknown(self.unknownFields, record)
                }

                public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                    reader.optional(record, has: 60, at: 56, into: &self.xGamma)
                    reader.repeated(record, count: 24, at: 32, into: &self.alphaY1)
                    reader.repeated(record, count: 40, at: 48, into: &self.`associatedtype`)
                    reader.unknown(record, into: &self.unknownFields)
                }
            }

            public static var fullName: Swift.String { "test.drawn1.Http2Gamma.Error.Type_" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                var delimited = Protobuf.DelimitedMessages()
                writer.repeated(self.`inout`, record, count: 40, at: 48)
                writer.repeated(self.idXNode1, record, count: 56, at: 64)
                writer.optional(self.`else`, record, has: 104, at: 100)
                writer.optional(self.optional, record, has: 112, at: 108)
                switch self.at {
                case .deltaOf1(let value):
                    writer.choose(255, record, case: 96)
                    writer.store(value, record, at: 24)
                case .alphaNodeX(let value):
                    writer.choose(15, record, case: 96)
                    writer.store(value, record, at: 24)
                case .z9UserGamma(let value):
                    writer.choose(1, record, case: 96)
                    writer.store(value, record, at: 24)
                case .has(let value):
                    writer.choose(20, record, case: 96)
                    writer.store(value, record, at: 24)
                case .entry(let value):
                    writer.choose(322596376, record, case: 96)
                    writer.store(value, record, at: 24)
                case nil:
                    writer.choose(0, record, case: 96)
                }
                writer.delimited(self.countnode, 257, &delimited, record, at: 72)
                writer.map(self.`protocol`, record, count: 80, at: 88, entry: Protobuf.MapEntry(_FileLayout.file[19], hasKey: 36, key: 32, hasValue: 40, value: 24))
                if self.userHttp2Leaf1 == nil { writer.missing("user_http2_leaf_1", of: "test.drawn1.Http2Gamma.Error.Type_") }
                writer.optional(self.userHttp2Leaf1, record, has: 120, at: 116)
                writer.unknown(self.unknownFields, delimited, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 40, at: 48, into: &self.`inout`)
                reader.repeated(record, count: 56, at: 64, into: &self.idXNode1)
                reader.optional(record, has: 104, at: 100, into: &self.`else`)
                reader.optional(record, has: 112, at: 108, into: &self.optional)
                switch reader.chosen(record, case: 96) {
                case 255: self.at = .deltaOf1(reader.value(record, at: 24))
                case 15: self.at = .alphaNodeX(reader.value(record, at: 24))
                case 1: self.at = .z9UserGamma(reader.value(record, at: 24))
                case 20: self.at = .has(reader.value(record, at: 24))
                case 322596376: self.at = .entry(reader.value(record, at: 24))
                default: break
                }
                reader.message(record, at: 72, into: &self.countnode)
                reader.map(record, count: 80, at: 88, entry: Protobuf.MapEntry(_FileLayout.file[19], hasKey: 36, key: 32, hasValue: 40, value: 24), into: &self.`protocol`)
                reader.optional(record, has: 120, at: 116, into: &self.userHttp2Leaf1)
                reader.unknown(record, into: &self.unknownFields)
                if self.userHttp2Leaf1 == nil { reader.missing("user_http2_leaf_1", of: "test.drawn1.Http2Gamma.Error.Type_") }
            }
        }

        public static var fullName: Swift.String { "test.drawn1.Http2Gamma.Error" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.countID, record, has: 144, at: 140)
            writer.repeated(self.leafIDThe, record, count: 40, at: 48)
            writer.repeated(self.xHttp2Count, record, count: 56, at: 64)
            writer.optional(self.countID_, record, has: 152, at: 148)
            writer.repeated(self.xY1, record, count: 72, at: 80)
            writer.optional(self.z9X, record, has: 156, at: 88)
            writer.map(self.countYBeta, record, count: 96, at: 104, entry: Protobuf.MapEntry(_FileLayout.file[20], hasKey: 36, key: 32, hasValue: 40, value: 24))
            writer.optional(self.`where`, record, has: 164, at: 160)
            if self.deltaAlphaNode2 == nil { writer.missing("delta_alpha_node2", of: "test.drawn1.Http2Gamma.Error") }
            writer.optional(self.deltaAlphaNode2, record, has: 172, at: 168)
            switch self.value {
            case .xY1(let value):
                writer.choose(257, record, case: 136)
                writer.store(value, record, at: 24)
            case .countOf2(let value):
                writer.choose(18, record, case: 136)
                writer.store(value, record, at: 24)
            case .leafYHttp22(let value):
                writer.choose(2048, record, case: 136)
                writer.store(value, record, at: 24)
            case .http2(let value):
                writer.choose(185524013, record, case: 136)
                writer.store(value, record, at: 24)
            case nil:
                writer.choose(0, record, case: 136)
            }
            writer.repeated(self.alpha, record, count: 112, at: 120)
            writer.optional(self.leafDelta2, record, has: 176, at: 128)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 144, at: 140, into: &self.countID)
            reader.repeated(record, count: 40, at: 48, into: &self.leafIDThe)
            reader.repeated(record, count: 56, at: 64, into: &self.xHttp2Count)
            reader.optional(record, has: 152, at: 148, into: &self.countID_)
            reader.repeated(record, count: 72, at: 80, into: &self.xY1)
            reader.optional(record, has: 156, at: 88, into: &self.z9X)
            reader.map(record, count: 96, at: 104, entry: Protobuf.MapEntry(_FileLayout.file[20], hasKey: 36, key: 32, hasValue: 40, value: 24), into: &self.countYBeta)
            reader.optional(record, has: 164, at: 160, into: &self.`where`)
            reader.optional(record, has: 172, at: 168, into: &self.deltaAlphaNode2)
            switch reader.chosen(record, case: 136) {
            case 257: self.value = .xY1(reader.value(record, at: 24))
            case 18: self.value = .countOf2(reader.value(record, at: 24))
            case 2048: self.value = .leafYHttp22(reader.value(record, at: 24))
            case 185524013: self.value = .http2(reader.value(record, at: 24))
            default: break
            }
            reader.repeated(record, count: 112, at: 120, into: &self.alpha)
            reader.optional(record, has: 176, at: 128, into: &self.leafDelta2)
            reader.unknown(record, into: &self.unknownFields)
            if self.deltaAlphaNode2 == nil { reader.missing("delta_alpha_node2", of: "test.drawn1.Http2Gamma.Error") }
        }
    }

    /// Has */ and /* and `ticks` and \(interpolation).
    public struct OfLeaf: Protobuf.Message {
        public var x: [Swift.Int32] = []
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            x: [Swift.Int32] = []
        ) {
            self.x = x
        }

        public static var fullName: Swift.String { "test.drawn1.Http2Gamma.OfLeaf" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[21] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.repeated(self.x, record, count: 24, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 24, at: 32, into: &self.x)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.drawn1.Http2Gamma" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        var delimited = Protobuf.DelimitedMessages()
        writer.map(self.xBetaZ92, record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[15], hasKey: 40, key: 24, hasValue: 48, value: 44))
        writer.repeated(self.module, record, count: 40, at: 48)
        writer.optional(self.x, record, has: 128, at: 56)
        writer.optional(self.of, record, has: 132, at: 64)
        writer.delimited(self.ofleaf, 8, &delimited, record, at: 80)
        writer.repeated(self.deltaZ9, record, count: 88, at: 96)
        writer.repeated(self.any, record, count: 104, at: 112)
        writer.optional(self.alphaY1, record, has: 136, at: 120)
        writer.unknown(self.unknownFields, delimited, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.map(record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[15], hasKey: 40, key: 24, hasValue: 48, value: 44), into: &self.xBetaZ92)
        reader.repeated(record, count: 40, at: 48, into: &self.module)
        reader.optional(record, has: 128, at: 56, into: &self.x)
        reader.optional(record, has: 132, at: 64, into: &self.of)
        reader.message(record, at: 80, into: &self.ofleaf)
        reader.repeated(record, count: 88, at: 96, into: &self.deltaZ9)
        reader.repeated(record, count: 104, at: 112, into: &self.any)
        reader.optional(record, has: 136, at: 120, into: &self.alphaY1)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            22, 4,
            2, 0, 2147483647,  // test.drawn1.Http2Gamma.UrlAlpha
            4, 4294967295, 1, 2, 128,  // test.drawn1.LeafCount.layout.Bool._x
            3, 3293506325, 0, 127,  // test.drawn1.LeafCount.layout.YDelta
            5, 0, 2, 127, 128, 2147483647,  // test.drawn1.LeafId
            24, 0,  // test.drawn1.LeafCount
            184, 20,  // test.drawn1.LeafCount.layout
            1, 3, 160, 40, 0,  // gamma
            2, 1040, 156, 32, 5,  // oneof
            3, 2320, 96, 104, 7,  // return
            11, 1028, 152, 24, 0,  // y_alpha_z9
            15, 15, 180, 136, 0,  // left
            24, 1031, 152, 24, 0,  // http22
            26, 5136, 152, 24, 4,  // ofdelta
            31, 2, 176, 172, 0,  // YDelta_X_1_
            34, 4112, 0, 112, 8,  // http2of
            39, 1031, 156, 32, 0,  // node_the_1
            127, 1, 168, 164, 0,  // __
            128, 5136, 152, 24, 3,  // alphagamma
            255, 2320, 48, 56, 2,  // delta_leaf_count2
            257, 268, 80, 88, 0,  // leaf_the2
            2048, 1032, 152, 24, 0,  // user_leaf
            22655241, 1041, 156, 32, 1,  // full_name
            121529511, 1029, 156, 32, 0,  // id_http22
            154038667, 261, 64, 72, 0,  // DeltaLeafCount2
            437833731, 770, 120, 128, 0,  // user
            536870911, 1034, 156, 32, 0,  // x_y
            40, 2,  // test.drawn1.LeafCount.layout.DeltaLeafCount2Entry
            1, 0, 28, 24, 0,  // key
            2, 12, 36, 32, 0,  // value
            40, 2,  // test.drawn1.LeafCount.layout.AlphaGamma
            256, 0, 36, 32, 0,  // alpha_user_of_1
            280840756, 16, 0, 24, 1,  // set
            40, 1,  // test.drawn1.LeafCount.layout.OfDelta
            262143, 271, 24, 32, 0,  // node
            144, 8,  // test.drawn1.LeafCount.layout.Bool
            1, 4112, 0, 56, 6,  // nodedelta
            16, 14, 140, 112, 0,  // self
            17, 778, 40, 48, 0,  // ABc
            23, 14, 128, 64, 0,  // delta_gamma2
            18999, 273, 24, 32, 1,  // in
            262144, 262, 88, 96, 0,  // http2_delta_user
            86689496, 9, 132, 80, 0,  // X__init
            536870910, 3, 136, 104, 0,  // _delta_gamma2
            40, 1,  // test.drawn1.LeafCount.layout.Bool.NodeDelta
            268435456, 11, 32, 24, 0,  // default
            48, 2,  // test.drawn1.LeafCount.layout.ReturnEntry
            1, 3, 40, 24, 0,  // key
            2, 8, 44, 32, 0,  // value
            40, 1,  // test.drawn1.LeafCount.layout.Http2Of
            4, 267, 24, 32, 0,  // z9_node2
            184, 19,  // test.drawn1.LeafCount.BetaDelta
            2, 261, 40, 48, 0,  // sending
            3, 8, 160, 72, 0,  // gamma_http2
            10, 10, 168, 164, 0,  // gamma2
            15, 1025, 152, 24, 0,  // NODEXLoad
            24, 5136, 156, 32, 13,  // betacount
            32, 4368, 80, 88, 10,  // counthttp2
            127, 6, 176, 172, 0,  // alpha_1
            2047, 1024, 152, 24, 0,  // as
            2048, 4, 180, 128, 0,  // y_x_node
            18999, 2320, 112, 120, 11,  // rethrows
            20000, 1033, 152, 24, 0,  // willSet
            262143, 768, 96, 104, 0,  // y
            134918116, 1026, 156, 32, 0,  // GammaHttp2
            268435456, 272, 56, 64, 14,  // y2
            393042058, 1030, 152, 24, 0,  // encode
            397518840, 1033, 156, 32, 0,  // leaf_user_beta2
            446654169, 4368, 136, 144, 12,  // xdelta
            505940210, 1028, 152, 24, 0,  // delta
            536870910, 1031, 156, 32, 0,  // stream
            40, 1,  // test.drawn1.LeafCount.BetaDelta.CountHttp2
            6, 268, 24, 32, 0,  // user_y_http2
            40, 2,  // test.drawn1.LeafCount.BetaDelta.RethrowsEntry
            1, 12, 28, 24, 0,  // key
            2, 0, 36, 32, 0,  // value
            56, 2,  // test.drawn1.LeafCount.BetaDelta.XDelta
            156856536, 267, 40, 48, 0,  // package
            330805007, 257, 24, 32, 0,  // z9_delta_y2
            24, 0,  // test.drawn1.LeafCount.BetaDelta.BetaCount
            144, 8,  // test.drawn1.Http2Gamma
            2, 778, 40, 48, 0,  // module
            8, 4112, 0, 80, 21,  // ofleaf
            2047, 273, 88, 96, 2,  // delta_z9
            180273746, 3, 136, 120, 0,  // alpha_y_1
            196084505, 264, 104, 112, 0,  // Any
            345012680, 3, 128, 56, 0,  // x_
            517803435, 15, 132, 64, 0,  // of
            521937299, 2320, 24, 32, 15,  // x_beta_z92
            56, 2,  // test.drawn1.Http2Gamma.XBetaZ92Entry
            1, 14, 40, 24, 0,  // key
            2, 17, 48, 44, 3,  // value
            184, 15,  // test.drawn1.Http2Gamma.Error
            11, 7, 144, 140, 0,  // count_id
            16, 266, 56, 64, 0,  // x_http2_count
            17, 261, 72, 80, 0,  // x_y_1
            18, 1025, 136, 24, 0,  // count_of2
            35, 2320, 96, 104, 20,  // count_y_beta
            127, 778, 112, 120, 0,  // alpha
            256, 260, 40, 48, 0,  // leaf_id_the
            257, 1035, 136, 24, 0,  // _x_y_1
            2048, 1041, 136, 24, 2,  // leaf_y_http22
            262143, 9, 176, 128, 0,  // leaf_delta2
            5210774, 0, 164, 160, 0,  // where
            140082612, 10, 152, 148, 0,  // CountId
            185524013, 1039, 136, 24, 0,  // http2
            426620252, 7, 172, 168, 0,  // delta_alpha_node2
            536870911, 8, 156, 88, 0,  // z9_x
            128, 12,  // test.drawn1.Http2Gamma.Error.Type_
            1, 1027, 96, 24, 0,  // z9_user_gamma
            8, 268, 56, 64, 0,  // id_x_node_1
            15, 1035, 96, 24, 0,  // alpha_node_x
            20, 1033, 96, 24, 0,  // has
            40, 17, 112, 108, 0,  // Optional
            128, 2320, 80, 88, 19,  // protocol
            255, 1038, 96, 24, 0,  // delta_of_1
            257, 4112, 0, 72, 18,  // countnode
            2047, 1, 104, 100, 0,  // else
            262144, 770, 40, 48, 0,  // inout
            47660249, 6, 120, 116, 0,  // user_http2_leaf_1
            322596376, 1024, 96, 24, 0,  // entry
            64, 3,  // test.drawn1.Http2Gamma.Error.Type_.CountNode
            340868164, 272, 40, 48, 16,  // associatedtype
            360610313, 268, 24, 32, 0,  // alpha_y_1
            470472048, 6, 60, 56, 0,  // x_gamma
            48, 2,  // test.drawn1.Http2Gamma.Error.Type_.ProtocolEntry
            1, 2, 36, 32, 0,  // key
            2, 4, 40, 24, 0,  // value
            48, 2,  // test.drawn1.Http2Gamma.Error.CountYBetaEntry
            1, 6, 36, 32, 0,  // key
            2, 5, 40, 24, 0,  // value
            40, 1,  // test.drawn1.Http2Gamma.OfLeaf
            16206254, 258, 24, 32, 0,  // x
        ],
        names: """
            test.drawn1.LeafCount
            test.drawn1.LeafCount.layout gamma oneof return y_alpha_z9 left http22 ofdelta YDelta_X_1_ http2of node_the_1 __ alphagamma delta_leaf_count2 leaf_the2 user_leaf full_name id_http22 DeltaLeafCount2 user x_y
            test.drawn1.LeafCount.layout.DeltaLeafCount2Entry key value
            test.drawn1.LeafCount.layout.AlphaGamma alpha_user_of_1 set
            test.drawn1.LeafCount.layout.OfDelta node
            test.drawn1.LeafCount.layout.Bool nodedelta self ABc delta_gamma2 in http2_delta_user X__init _delta_gamma2
            test.drawn1.LeafCount.layout.Bool.NodeDelta default
            test.drawn1.LeafCount.layout.ReturnEntry key value
            test.drawn1.LeafCount.layout.Http2Of z9_node2
            test.drawn1.LeafCount.BetaDelta sending gamma_http2 gamma2 NODEXLoad betacount counthttp2 alpha_1 as y_x_node rethrows willSet y GammaHttp2 y2 encode leaf_user_beta2 xdelta delta stream
            test.drawn1.LeafCount.BetaDelta.CountHttp2 user_y_http2
            test.drawn1.LeafCount.BetaDelta.RethrowsEntry key value
            test.drawn1.LeafCount.BetaDelta.XDelta package z9_delta_y2
            test.drawn1.LeafCount.BetaDelta.BetaCount
            test.drawn1.Http2Gamma module ofleaf delta_z9 alpha_y_1 Any x_ of x_beta_z92
            test.drawn1.Http2Gamma.XBetaZ92Entry key value
            test.drawn1.Http2Gamma.Error count_id x_http2_count x_y_1 count_of2 count_y_beta alpha leaf_id_the _x_y_1 leaf_y_http22 leaf_delta2 where CountId http2 delta_alpha_node2 z9_x
            test.drawn1.Http2Gamma.Error.Type_ z9_user_gamma id_x_node_1 alpha_node_x has Optional protocol delta_of_1 countnode else inout user_http2_leaf_1 entry
            test.drawn1.Http2Gamma.Error.Type_.CountNode associatedtype alpha_y_1 x_gamma
            test.drawn1.Http2Gamma.Error.Type_.ProtocolEntry key value
            test.drawn1.Http2Gamma.Error.CountYBetaEntry key value
            test.drawn1.Http2Gamma.OfLeaf x
            """)
}
