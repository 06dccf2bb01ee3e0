// Generated from test/drawn3.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// Plain.
public enum TestDrawn3Array: Protobuf.Enumeration {
    /// - Warning: Deprecated.
    case `true`
    case rawValue

    public init() { self = .true }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 1: self = .`true`
        case 128: self = .rawValue
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .`true`: return 1
        case .rawValue: return 128
        }
    }
}

/// - Parameter x: none
public enum TestDrawn3AlphaBeta: Protobuf.Enumeration {
    case `default`
    /// !
    case ofID
    /// Has */ and /* and `ticks` and \(interpolation).
    case urlHttp2
    public static var `nil`: Self { .urlHttp2 }

    public init() { self = .default }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .`default`
        case -2147483648: self = .ofID
        case 2: self = .urlHttp2
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .`default`: return 0
        case .ofID: return -2147483648
        case .urlHttp2: return 2
        }
    }
}

/// !
public struct TestDrawn3BetaX: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public enum Wrapper: Protobuf.Enumeration {
        case self_
        /// - Warning: Deprecated.
        case none
        case alphaURL
        case `case`
        /// Plain.
        ///
        /// - Warning: Deprecated.
        public static var some: Self { .none }

        public init() { self = .self_ }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .self_
            case -2147483648: self = .none
            case 2: self = .alphaURL
            case 1: self = .`case`
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .self_: return 0
            case .none: return -2147483648
            case .alphaURL: return 2
            case .`case`: return 1
            }
        }
    }

    public struct Output: Protobuf.Message {
        public var `fileprivate`: Swift.Int64 = 0
        /// Plain.
        public var deltaLeaf2: [Swift.Int32] = []
        public var of2: [Swift.UInt64: Swift.Float] = [:]
        public var xOf: Swift.UInt32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            `fileprivate`: Swift.Int64 = 0,
            deltaLeaf2: [Swift.Int32] = [],
            of2: [Swift.UInt64: Swift.Float] = [:],
            xOf: Swift.UInt32 = 0
        ) {
            self.`fileprivate` = `fileprivate`
            self.deltaLeaf2 = deltaLeaf2
            self.of2 = of2
            self.xOf = xOf
        }

        /// Has */ and /* and `ticks` and \(interpolation).
        public enum UrlThe: Protobuf.Enumeration {
            /// / more
            case idX
            /// !
            case none
            /// - Parameter x: none
            ///
            /// - Warning: Deprecated.
            case storedSize_
            case nodeLeaf
            case urlNode
            public static var yDelta: Self { .storedSize_ }

            public init() { self = .idX }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .idX
                case 1: self = .none
                case 2147483647: self = .storedSize_
                case -2: self = .nodeLeaf
                case 127: self = .urlNode
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .idX: return 0
                case .none: return 1
                case .storedSize_: return 2147483647
                case .nodeLeaf: return -2
                case .urlNode: return 127
                }
            }
        }

        public static var fullName: Swift.String { "test.drawn3.BetaX.Output" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.`fileprivate`, record, has: 64, at: 24)
            writer.repeated(self.deltaLeaf2, record, count: 32, at: 40)
            writer.map(self.of2, record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 32, key: 24, hasValue: 40, value: 36))
            writer.implicit(self.xOf, record, has: 72, at: 68)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.`fileprivate`)
            reader.repeated(record, count: 32, at: 40, into: &self.deltaLeaf2)
            reader.map(record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 32, key: 24, hasValue: 40, value: 36), into: &self.of2)
            reader.implicit(record, at: 68, into: &self.xOf)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct debugDescription: Protobuf.Message {
        /// - Warning: Deprecated.
        public var gammaBetaLeaf2: [Swift.Double] = []
        public var urlYCount2: Swift.Int32 = 0
        public var syntax: Syntax?
        public var to: [Swift.UInt64] = []
        public var deltaID: Swift.Int32?
        public var ofLeaf: Protobuf.Bytes?
        /// !
        ///
        /// - Warning: Deprecated.
        public var deltaID_: TestDrawn3BetaLeaf?
        /// / more
        public var z9Y: Z9Y?
        /// - Parameter x: none
        public var `extension`: Swift.Int64?
        public var gammaZ91: [Swift.Int32] = []
        /// - Parameter x: none
        public var beta2: [Swift.UInt32] = []
        /// - Warning: Deprecated.
        public var userGammaY1: TestDrawn1LeafCount?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            gammaBetaLeaf2: [Swift.Double] = [],
            urlYCount2: Swift.Int32 = 0,
            syntax: Syntax? = nil,
            to: [Swift.UInt64] = [],
            deltaID: Swift.Int32? = nil,
            ofLeaf: Protobuf.Bytes? = nil,
            deltaID_: TestDrawn3BetaLeaf? = nil,
            z9Y: Z9Y? = nil,
            `extension`: Swift.Int64? = nil,
            gammaZ91: [Swift.Int32] = [],
            beta2: [Swift.UInt32] = [],
            userGammaY1: TestDrawn1LeafCount? = nil
        ) {
            self.gammaBetaLeaf2 = gammaBetaLeaf2
            self.urlYCount2 = urlYCount2
            self.syntax = syntax
            self.to = to
            self.deltaID = deltaID
            self.ofLeaf = ofLeaf
            self.deltaID_ = deltaID_
            self.z9Y = z9Y
            self.`extension` = `extension`
            self.gammaZ91 = gammaZ91
            self.beta2 = beta2
            self.userGammaY1 = userGammaY1
        }

        /// ``ofLeaf``, or its default where it is not set.
        public var ofLeafOrDefault: Protobuf.Bytes { self.ofLeaf ?? [34] }

        /// ``extension``, or its default where it is not set.
        public var extensionOrDefault: Swift.Int64 { self.`extension` ?? -2773713594264922479 }

        public enum Syntax: Swift.Hashable, Swift.Sendable {
            case http22(Swift.Bool)
        }

        /// / more
        public enum Z9Y: Swift.Hashable, Swift.Sendable {
            /// Has */ and /* and `ticks` and \(interpolation).
            case userGammaY1(Swift.Int64)
            case swift(Swift.UInt64)
            /// Plain.
            case `operator`(TestDrawn1LeafCount.layout_.YDelta)
            case node(Swift.Int64)
        }

        /// - Parameter x: none
        public enum MapEntry: Protobuf.Enumeration {
            /// !
            case userAlpha
            case allCases_
            /// Has */ and /* and `ticks` and \(interpolation).
            ///
            /// - Warning: Deprecated.
            case rawValue
            /// / more
            case leafX

            public init() { self = .userAlpha }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case -1: self = .userAlpha
                case 128: self = .allCases_
                case -2147483648: self = .rawValue
                case 127: self = .leafX
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .userAlpha: return -1
                case .allCases_: return 128
                case .rawValue: return -2147483648
                case .leafX: return 127
                }
            }
        }

        public static var fullName: Swift.String { "test.drawn3.BetaX.debugDescription" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            var delimited = Protobuf.DelimitedMessages()
            writer.repeated(self.gammaBetaLeaf2, record, count: 40, at: 48)
            writer.implicit(self.urlYCount2, record, has: 156, at: 152)
            switch self.syntax {
            case .http22(let value):
                writer.choose(16, record, case: 144)
                writer.store(value, record, at: 24)
            case nil:
                writer.choose(0, record, case: 144)
            }
            writer.repeated(self.to, record, count: 56, at: 64)
            writer.optional(self.deltaID, record, has: 164, at: 160)
            writer.optional(self.ofLeaf, record, has: 168, at: 72)
            writer.delimited(self.deltaID_, 21, &delimited, record, at: 88)
            switch self.z9Y {
            case .userGammaY1(let value):
                writer.choose(1, record, case: 148)
                writer.store(value, record, at: 32)
            case .swift(let value):
                writer.choose(267434446, record, case: 148)
                writer.store(value, record, at: 32)
            case .`operator`(let value):
                writer.choose(20000, record, case: 148)
                writer.store(value, record, at: 32)
            case .node(let value):
                writer.choose(14, record, case: 148)
                writer.store(value, record, at: 32)
            case nil:
                writer.choose(0, record, case: 148)
            }
            if self.`extension` == nil { writer.missing("extension", of: "test.drawn3.BetaX.debugDescription") }
            writer.optional(self.`extension`, record, has: 172, at: 96)
            writer.repeated(self.gammaZ91, record, count: 104, at: 112)
            writer.repeated(self.beta2, record, count: 120, at: 128)
            writer.delimited(self.userGammaY1, 2, &delimited, record, at: 136)
            writer.unknown(self.unknownFields, delimited, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 40, at: 48, into: &self.gammaBetaLeaf2)
            reader.implicit(record, at: 152, into: &self.urlYCount2)
            switch reader.chosen(record, case: 144) {
            case 16: self.syntax = .http22(reader.value(record, at: 24))
            default: break
            }
            reader.repeated(record, count: 56, at: 64, into: &self.to)
            reader.optional(record, has: 164, at: 160, into: &self.deltaID)
            reader.optional(record, has: 168, at: 72, into: &self.ofLeaf)
            reader.message(record, at: 88, into: &self.deltaID_)
            switch reader.chosen(record, case: 148) {
            case 1: self.z9Y = .userGammaY1(reader.value(record, at: 32))
            case 267434446: self.z9Y = .swift(reader.value(record, at: 32))
            case 20000: self.z9Y = .`operator`(reader.value(record, at: 32))
            case 14: self.z9Y = .node(reader.value(record, at: 32))
            default: break
            }
            reader.optional(record, has: 172, at: 96, into: &self.`extension`)
            reader.repeated(record, count: 104, at: 112, into: &self.gammaZ91)
            reader.repeated(record, count: 120, at: 128, into: &self.beta2)
            reader.message(record, at: 136, into: &self.userGammaY1)
            reader.unknown(record, into: &self.unknownFields)
            if self.`extension` == nil { reader.missing("extension", of: "test.drawn3.BetaX.debugDescription") }
        }
    }

    public static var fullName: Swift.String { "test.drawn3.BetaX" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// - Parameter x: none
public struct TestDrawn3BetaLeaf: Protobuf.Message {
    public var weak: [Swift.Float] = []
    public var userGammaURL: [Swift.UInt64: Swift.Int64] = [:]
    /// Has */ and /* and `ticks` and \(interpolation).
    public var delta2: Swift.UInt64?
    public var leafIDNode: Swift.Int64 = 0
    /// - Warning: Deprecated.
    public var delta: [Swift.Int64: Protobuf.Bytes] = [:]
    public var group: Swift.Double = 0
    /// Has */ and /* and `ticks` and \(interpolation).
    public var userGammaURL_: Swift.Int32 = 0
    /// / more
    public var deltaURLUser1: [Swift.Int64] = []
    /// - Warning: Deprecated.
    public var rpc: Swift.Int32?
    /// !
    public var `catch`: [Swift.Double] = []
    public var xLeaf2: Swift.UInt64?
    public var ofNode: OfNode?
    public var `break`: Swift.UInt32?
    public var `func`: [Protobuf.Bytes] = []
    public var decoding: Swift.Double = 0
    /// / more
    public var alphaNodeURL: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        weak: [Swift.Float] = [],
        userGammaURL: [Swift.UInt64: Swift.Int64] = [:],
        delta2: Swift.UInt64? = nil,
        leafIDNode: Swift.Int64 = 0,
        delta: [Swift.Int64: Protobuf.Bytes] = [:],
        group: Swift.Double = 0,
        userGammaURL_: Swift.Int32 = 0,
        deltaURLUser1: [Swift.Int64] = [],
        rpc: Swift.Int32? = nil,
        `catch`: [Swift.Double] = [],
        xLeaf2: Swift.UInt64? = nil,
        ofNode: OfNode? = nil,
        `break`: Swift.UInt32? = nil,
        `func`: [Protobuf.Bytes] = [],
        decoding: Swift.Double = 0,
        alphaNodeURL: Swift.UInt32 = 0
    ) {
        self.weak = weak
        self.userGammaURL = userGammaURL
        self.delta2 = delta2
        self.leafIDNode = leafIDNode
        self.delta = delta
        self.group = group
        self.userGammaURL_ = userGammaURL_
        self.deltaURLUser1 = deltaURLUser1
        self.rpc = rpc
        self.`catch` = `catch`
        self.xLeaf2 = xLeaf2
        self.ofNode = ofNode
        self.`break` = `break`
        self.`func` = `func`
        self.decoding = decoding
        self.alphaNodeURL = alphaNodeURL
    }

    /// ``xLeaf2``, or its default where it is not set.
    public var xLeaf2OrDefault: Swift.UInt64 { self.xLeaf2 ?? 1 }

    /// ``break``, or its default where it is not set.
    public var breakOrDefault: Swift.UInt32 { self.`break` ?? 3886574517 }

    public enum OfNode: Swift.Hashable, Swift.Sendable {
        case ofID(TestDrawn1encoded)
        case xZ9(Swift.Int32)
        /// - Parameter x: none
        case int32(Swift.UInt32)
        /// Plain.
        case userY2(Swift.Bool)
    }

    /// / more
    public enum Optional: Protobuf.Enumeration {
        /// Plain.
        case xY
        case xGamma

        public init() { self = .xY }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .xY
            case 127: self = .xGamma
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .xY: return 0
            case .xGamma: return 127
            }
        }
    }

    public static var fullName: Swift.String { "test.drawn3.BetaLeaf" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.weak, record, count: 32, at: 40)
        writer.map(self.userGammaURL, record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[5], hasKey: 40, key: 24, hasValue: 44, value: 32))
        writer.optional(self.delta2, record, has: 172, at: 64)
        writer.implicit(self.leafIDNode, record, has: 176, at: 72)
        writer.map(self.delta, record, count: 80, at: 88, entry: Protobuf.MapEntry(_FileLayout.file[6], hasKey: 48, key: 24, hasValue: 52, value: 32))
        writer.implicit(self.group, record, has: 180, at: 96)
        writer.implicit(self.userGammaURL_, record, has: 188, at: 184)
        writer.repeated(self.deltaURLUser1, record, count: 104, at: 112)
        writer.optional(self.rpc, record, has: 196, at: 192)
        writer.repeated(self.`catch`, record, count: 120, at: 128)
        writer.optional(self.xLeaf2, record, has: 200, at: 136)
        switch self.ofNode {
        case .ofID(let value):
            writer.choose(2047, record, case: 168)
            writer.store(value, record, at: 24)
        case .xZ9(let value):
            writer.choose(468890096, record, case: 168)
            writer.store(value, record, at: 24)
        case .int32(let value):
            writer.choose(536870910, record, case: 168)
            writer.store(value, record, at: 24)
        case .userY2(let value):
            writer.choose(230078064, record, case: 168)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 168)
        }
        writer.optional(self.`break`, record, has: 208, at: 204)
        writer.repeated(self.`func`, record, count: 144, at: 152)
        writer.implicit(self.decoding, record, has: 212, at: 160)
        writer.implicit(self.alphaNodeURL, record, has: 220, at: 216)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 32, at: 40, into: &self.weak)
        reader.map(record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[5], hasKey: 40, key: 24, hasValue: 44, value: 32), into: &self.userGammaURL)
        reader.optional(record, has: 172, at: 64, into: &self.delta2)
        reader.implicit(record, at: 72, into: &self.leafIDNode)
        reader.map(record, count: 80, at: 88, entry: Protobuf.MapEntry(_FileLayout.file[6], hasKey: 48, key: 24, hasValue: 52, value: 32), into: &self.delta)
        reader.implicit(record, at: 96, into: &self.group)
        reader.implicit(record, at: 184, into: &self.userGammaURL_)
        reader.repeated(record, count: 104, at: 112, into: &self.deltaURLUser1)
        reader.optional(record, has: 196, at: 192, into: &self.rpc)
        reader.repeated(record, count: 120, at: 128, into: &self.`catch`)
        reader.optional(record, has: 200, at: 136, into: &self.xLeaf2)
        switch reader.chosen(record, case: 168) {
        case 2047: self.ofNode = .ofID(reader.value(record, at: 24))
        case 468890096: self.ofNode = .xZ9(reader.value(record, at: 24))
        case 536870910: self.ofNode = .int32(reader.value(record, at: 24))
        case 230078064: self.ofNode = .userY2(reader.value(record, at: 24))
        default: break
        }
        reader.optional(record, has: 208, at: 204, into: &self.`break`)
        reader.repeated(record, count: 144, at: 152, into: &self.`func`)
        reader.implicit(record, at: 160, into: &self.decoding)
        reader.implicit(record, at: 216, into: &self.alphaNodeURL)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            7, 2,
            3, 3293506325, 0, 127,  // test.drawn1.LeafCount.layout.YDelta
            4, 4294967294, 0, 128, 2147483647,  // test.drawn1.encoded
            24, 0,  // test.drawn3.BetaX
            80, 4,  // test.drawn3.BetaX.Output
            38, 6, 72, 68, 0,  // x_of
            255, 2320, 48, 56, 2,  // of2
            268435456, 5, 64, 24, 0,  // fileprivate
            536870910, 768, 32, 40, 0,  // delta_leaf2
            48, 2,  // test.drawn3.BetaX.Output.Of2Entry
            1, 9, 32, 24, 0,  // key
            2, 10, 40, 36, 0,  // value
            176, 15,  // test.drawn3.BetaX.debugDescription
            1, 1027, 148, 32, 0,  // user_gamma_y_1
            2, 4112, 0, 136, 7,  // UserGammaY1
            3, 257, 104, 112, 0,  // gamma_z9_1
            14, 1028, 148, 32, 0,  // node
            16, 1036, 144, 24, 0,  // http22
            21, 4112, 0, 88, 4,  // _delta_id
            35, 5, 172, 96, 0,  // extension
            256, 2, 164, 160, 0,  // delta_id
            2047, 265, 56, 64, 0,  // to
            18999, 779, 40, 48, 0,  // gamma_beta_leaf2
            20000, 1041, 148, 32, 0,  // operator
            121009712, 775, 120, 128, 0,  // beta2
            267434446, 1032, 148, 32, 0,  // Swift
            508965463, 1, 156, 152, 0,  // url_y_count2
            529305363, 15, 168, 72, 0,  // of_leaf
            224, 19,  // test.drawn3.BetaLeaf
            2, 271, 144, 152, 0,  // func
            15, 772, 104, 112, 0,  // delta_url_user_1
            16, 3, 176, 72, 0,  // leaf_id_node
            17, 267, 120, 128, 0,  // catch
            19, 11, 180, 96, 0,  // group
            27, 11, 212, 160, 0,  // decoding
            31, 8, 200, 136, 0,  // x_leaf2
            127, 2320, 80, 88, 6,  // delta
            257, 1, 196, 192, 0,  // rpc
            2047, 1041, 168, 24, 1,  // of_id
            2048, 9, 172, 64, 0,  // delta2
            18999, 2, 188, 184, 0,  // _user_gamma_url
            262143, 6, 220, 216, 0,  // alpha_node_url
            69138448, 2320, 48, 56, 5,  // user_gamma_url
            230078064, 1036, 168, 24, 0,  // user_y2
            365862961, 778, 32, 40, 0,  // weak
            432219474, 7, 208, 204, 0,  // break
            468890096, 1024, 168, 24, 0,  // x_z9
            536870910, 1030, 168, 24, 0,  // Int32
            48, 2,  // test.drawn3.BetaLeaf.UserGammaUrlEntry
            1, 8, 40, 24, 0,  // key
            2, 5, 44, 32, 0,  // value
            56, 2,  // test.drawn3.BetaLeaf.DeltaEntry
            1, 5, 48, 24, 0,  // key
            2, 15, 52, 32, 0,  // value
        ],
        names: """
            test.drawn3.BetaX
            test.drawn3.BetaX.Output x_of of2 fileprivate delta_leaf2
            test.drawn3.BetaX.Output.Of2Entry key value
            test.drawn3.BetaX.debugDescription user_gamma_y_1 UserGammaY1 gamma_z9_1 node http22 _delta_id extension delta_id to gamma_beta_leaf2 operator beta2 Swift url_y_count2 of_leaf
            test.drawn3.BetaLeaf func delta_url_user_1 leaf_id_node catch group decoding x_leaf2 delta rpc of_id delta2 _user_gamma_url alpha_node_url user_gamma_url user_y2 weak break x_z9 Int32
            test.drawn3.BetaLeaf.UserGammaUrlEntry key value
            test.drawn3.BetaLeaf.DeltaEntry key value
            """,
        imports: [
            TestDrawn1LeafCount.layout,
        ])
}
