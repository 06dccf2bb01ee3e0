// Generated from roost/v1/coordinator.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct ConnectRequest: Protobuf.Message {
    /// In the first message, and only there.
    public var hello: ConnectHello?
    /// The stream's operations are counted from 1. A message with none of them and no hello is a keep-alive, and answered
    /// as one. Any other message keeps the session alive as well.
    public var operations: [StreamOperation] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        hello: ConnectHello? = nil,
        operations: [StreamOperation] = []
    ) {
        self.hello = hello
        self.operations = operations
    }

    public static var fullName: Swift.String { "roost.v1.ConnectRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.hello, record, at: 24)
        writer.repeated(self.operations, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.hello)
        reader.repeated(record, count: 32, at: 40, into: &self.operations)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ConnectHello: Protobuf.Message {
    /// Required.
    public var session: Session?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        session: Session? = nil
    ) {
        self.session = session
    }

    /// Required.
    public enum Session: Swift.Hashable, Swift.Sendable {
        /// Begins a session.
        case open(OpenSessionRequest)
        /// Goes on with one. From then on the streams before can have no effect.
        case resume(ResumeSession)
    }

    public static var fullName: Swift.String { "roost.v1.ConnectHello" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.session {
        case .open(let value):
            writer.choose(1, record, case: 32)
            writer.store(value, record, at: 24)
        case .resume(let value):
            writer.choose(2, record, case: 32)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 32)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 32) {
        case 1: self.session = .open(reader.value(record, at: 24))
        case 2: self.session = .resume(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ResumeSession: Protobuf.Message {
    /// The session. Required.
    public var sessionID: Swift.UInt64 = 0
    /// The session's secret. Required.
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        secret: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.sessionID = sessionID
        self.secret = secret
    }

    public static var fullName: Swift.String { "roost.v1.ResumeSession" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 48, at: 24)
        writer.implicit(self.secret, record, has: 52, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.secret)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The requests are as those of the calls of Store, with their defaults.
public struct StreamOperation: Protobuf.Message {
    /// Required.
    public var what: What?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        what: What? = nil
    ) {
        self.what = what
    }

    /// Required.
    public enum What: Swift.Hashable, Swift.Sendable {
        /// An EPHEMERAL znode without a session_id lives as long as the stream's session.
        case create(CreateRequest)
        case set(SetRequest)
        case delete(DeleteRequest)
        case transact(TransactRequest)
        case get(GetRequest)
        /// Its pages come as several results of the same number.
        case list(ListRequest)
        /// Its events come in ConnectResponse.watches, until it is ended or the stream ends.
        case watch(WatchRequest)
        /// Ends a watch: the number of the operation that began it.
        case unwatch(Swift.UInt64)
    }

    public static var fullName: Swift.String { "roost.v1.StreamOperation" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.what {
        case .create(let value):
            writer.choose(1, record, case: 32)
            writer.store(value, record, at: 24)
        case .set(let value):
            writer.choose(2, record, case: 32)
            writer.store(value, record, at: 24)
        case .delete(let value):
            writer.choose(3, record, case: 32)
            writer.store(value, record, at: 24)
        case .transact(let value):
            writer.choose(4, record, case: 32)
            writer.store(value, record, at: 24)
        case .get(let value):
            writer.choose(5, record, case: 32)
            writer.store(value, record, at: 24)
        case .list(let value):
            writer.choose(6, record, case: 32)
            writer.store(value, record, at: 24)
        case .watch(let value):
            writer.choose(7, record, case: 32)
            writer.store(value, record, at: 24)
        case .unwatch(let value):
            writer.choose(8, record, case: 32)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 32)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 32) {
        case 1: self.what = .create(reader.value(record, at: 24))
        case 2: self.what = .set(reader.value(record, at: 24))
        case 3: self.what = .delete(reader.value(record, at: 24))
        case 4: self.what = .transact(reader.value(record, at: 24))
        case 5: self.what = .get(reader.value(record, at: 24))
        case 6: self.what = .list(reader.value(record, at: 24))
        case 7: self.what = .watch(reader.value(record, at: 24))
        case 8: self.what = .unwatch(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ConnectResponse: Protobuf.Message {
    /// In the first response, and only there.
    public var welcome: ConnectWelcome?
    /// What watches tell.
    public var watches: [WatchNotice] = []
    /// The results of the next operations, in order.
    public var results: [StreamResult] = []
    /// Of each keep-alive, in order.
    public var keptAlive: [KeptAlive] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        welcome: ConnectWelcome? = nil,
        watches: [WatchNotice] = [],
        results: [StreamResult] = [],
        keptAlive: [KeptAlive] = []
    ) {
        self.welcome = welcome
        self.watches = watches
        self.results = results
        self.keptAlive = keptAlive
    }

    public static var fullName: Swift.String { "roost.v1.ConnectResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.welcome, record, at: 24)
        writer.repeated(self.watches, record, count: 32, at: 40)
        writer.repeated(self.results, record, count: 48, at: 56)
        writer.repeated(self.keptAlive, record, count: 64, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.welcome)
        reader.repeated(record, count: 32, at: 40, into: &self.watches)
        reader.repeated(record, count: 48, at: 56, into: &self.results)
        reader.repeated(record, count: 64, at: 72, into: &self.keptAlive)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ConnectWelcome: Protobuf.Message {
    /// The revision at which the session was opened or resumed.
    public var revision: Swift.UInt64 = 0
    public var sessionID: Swift.UInt64 = 0
    /// The session's secret, by which it is resumed.
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    /// The timeout in effect, in milliseconds.
    public var timeoutMs: Swift.UInt32 = 0
    /// Names this stream among those of the session; later ones have greater numbers.
    public var stream: Swift.UInt64 = 0
    /// Of a resumed session: the last of the streams before that wrote anything, and the number of the last of its writes
    /// that took effect. All its writes up to this one did (or failed with an error); none after it ever will, nor any of
    /// another stream before this one. 0 and 0 if none has written.
    public var lastStream: Swift.UInt64 = 0
    public var lastApplied: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        sessionID: Swift.UInt64 = 0,
        secret: Protobuf.Bytes = Protobuf.Bytes(),
        timeoutMs: Swift.UInt32 = 0,
        stream: Swift.UInt64 = 0,
        lastStream: Swift.UInt64 = 0,
        lastApplied: Swift.UInt64 = 0
    ) {
        self.revision = revision
        self.sessionID = sessionID
        self.secret = secret
        self.timeoutMs = timeoutMs
        self.stream = stream
        self.lastStream = lastStream
        self.lastApplied = lastApplied
    }

    public static var fullName: Swift.String { "roost.v1.ConnectWelcome" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 80, at: 24)
        writer.implicit(self.sessionID, record, has: 84, at: 32)
        writer.implicit(self.secret, record, has: 88, at: 40)
        writer.implicit(self.timeoutMs, record, has: 96, at: 92)
        writer.implicit(self.stream, record, has: 100, at: 56)
        writer.implicit(self.lastStream, record, has: 104, at: 64)
        writer.implicit(self.lastApplied, record, has: 108, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.sessionID)
        reader.implicit(record, at: 40, into: &self.secret)
        reader.implicit(record, at: 92, into: &self.timeoutMs)
        reader.implicit(record, at: 56, into: &self.stream)
        reader.implicit(record, at: 64, into: &self.lastStream)
        reader.implicit(record, at: 72, into: &self.lastApplied)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct StreamResult: Protobuf.Message {
    /// Which operation it is about, counted from 1.
    public var number: Swift.UInt64 = 0
    public var what: What?
    /// A listing goes on in the next result.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        number: Swift.UInt64 = 0,
        what: What? = nil,
        more: Swift.Bool = false
    ) {
        self.number = number
        self.what = what
        self.more = more
    }

    public enum What: Swift.Hashable, Swift.Sendable {
        case create(CreateResponse)
        case set(SetResponse)
        case delete(DeleteResponse)
        case transact(TransactResponse)
        case get(GetResponse)
        case list(ListResponse)
        /// The watch has begun: changes after this revision, or from its start_revision on, are told. (Some may be told before
        /// this result, in the same message or an earlier one.)
        case watchingFrom(Swift.UInt64)
        /// The watch has been ended; nothing of it follows.
        case unwatched(Swift.Bool)
        case error(OperationError)
    }

    public static var fullName: Swift.String { "roost.v1.StreamResult" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.number, record, has: 44, at: 32)
        switch self.what {
        case .create(let value):
            writer.choose(2, record, case: 40)
            writer.store(value, record, at: 24)
        case .set(let value):
            writer.choose(3, record, case: 40)
            writer.store(value, record, at: 24)
        case .delete(let value):
            writer.choose(4, record, case: 40)
            writer.store(value, record, at: 24)
        case .transact(let value):
            writer.choose(5, record, case: 40)
            writer.store(value, record, at: 24)
        case .get(let value):
            writer.choose(6, record, case: 40)
            writer.store(value, record, at: 24)
        case .list(let value):
            writer.choose(7, record, case: 40)
            writer.store(value, record, at: 24)
        case .watchingFrom(let value):
            writer.choose(8, record, case: 40)
            writer.store(value, record, at: 24)
        case .unwatched(let value):
            writer.choose(9, record, case: 40)
            writer.store(value, record, at: 24)
        case .error(let value):
            writer.choose(10, record, case: 40)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 40)
        }
        writer.implicit(self.more, record, has: 52, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 32, into: &self.number)
        switch reader.chosen(record, case: 40) {
        case 2: self.what = .create(reader.value(record, at: 24))
        case 3: self.what = .set(reader.value(record, at: 24))
        case 4: self.what = .delete(reader.value(record, at: 24))
        case 5: self.what = .transact(reader.value(record, at: 24))
        case 6: self.what = .get(reader.value(record, at: 24))
        case 7: self.what = .list(reader.value(record, at: 24))
        case 8: self.what = .watchingFrom(reader.value(record, at: 24))
        case 9: self.what = .unwatched(reader.value(record, at: 24))
        case 10: self.what = .error(reader.value(record, at: 24))
        default: break
        }
        reader.implicit(record, at: 48, into: &self.more)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Why an operation had no effect: what the status of the call would say.
public struct OperationError: Protobuf.Message {
    /// The gRPC status code.
    public var code: Swift.UInt32 = 0
    /// The ErrorInfo reason.
    public var reason: Swift.String = ""
    /// For people.
    public var message: Swift.String = ""
    /// The ErrorInfo metadata.
    public var metadata: [Swift.String: Swift.String] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        code: Swift.UInt32 = 0,
        reason: Swift.String = "",
        message: Swift.String = "",
        metadata: [Swift.String: Swift.String] = [:]
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = metadata
    }

    public static var fullName: Swift.String { "roost.v1.OperationError" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.code, record, has: 76, at: 72)
        writer.implicit(self.reason, record, has: 80, at: 24)
        writer.implicit(self.message, record, has: 84, at: 40)
        writer.map(self.metadata, record, count: 56, at: 64, entry: Protobuf.MapEntry(_FileLayout.file[8], hasKey: 56, key: 24, hasValue: 60, value: 40))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 72, into: &self.code)
        reader.implicit(record, at: 24, into: &self.reason)
        reader.implicit(record, at: 40, into: &self.message)
        reader.map(record, count: 56, at: 64, entry: Protobuf.MapEntry(_FileLayout.file[8], hasKey: 56, key: 24, hasValue: 60, value: 40), into: &self.metadata)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct WatchNotice: Protobuf.Message {
    /// The operation that began the watch; several, in any order, where watches are told the same.
    public var numbers: [Swift.UInt64] = []
    /// As Store.Watch tells it.
    public var response: WatchResponse?
    /// The watch has ended by itself, and this is why.
    public var ended: OperationError?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        numbers: [Swift.UInt64] = [],
        response: WatchResponse? = nil,
        ended: OperationError? = nil
    ) {
        self.numbers = numbers
        self.response = response
        self.ended = ended
    }

    public static var fullName: Swift.String { "roost.v1.WatchNotice" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.numbers, record, count: 24, at: 32)
        writer.message(self.response, record, at: 40)
        writer.message(self.ended, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.numbers)
        reader.message(record, at: 40, into: &self.response)
        reader.message(record, at: 48, into: &self.ended)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct KeptAlive: Protobuf.Message {
    /// The revision at which the session's deadline was moved.
    public var revision: Swift.UInt64 = 0
    /// From when the keep-alive was sent, the session lives for at least this long, in milliseconds.
    public var timeoutMs: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        timeoutMs: Swift.UInt32 = 0
    ) {
        self.revision = revision
        self.timeoutMs = timeoutMs
    }

    public static var fullName: Swift.String { "roost.v1.KeptAlive" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.implicit(self.timeoutMs, record, has: 40, at: 36)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 36, into: &self.timeoutMs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            11, 0,
            48, 2,  // roost.v1.ConnectRequest
            1, 16, 0, 24, 1,  // hello
            2, 272, 32, 40, 3,  // operations
            40, 2,  // roost.v1.ConnectHello
            1, 1040, 32, 24, 19,  // open
            2, 1040, 32, 24, 2,  // resume
            56, 2,  // roost.v1.ResumeSession
            1, 8, 48, 24, 0,  // session_id
            2, 15, 52, 32, 0,  // secret
            40, 8,  // roost.v1.StreamOperation
            1, 1040, 32, 24, 11,  // create
            2, 1040, 32, 24, 20,  // set
            3, 1040, 32, 24, 13,  // delete
            4, 1040, 32, 24, 22,  // transact
            5, 1040, 32, 24, 15,  // get
            6, 1040, 32, 24, 17,  // list
            7, 1040, 32, 24, 24,  // watch
            8, 1032, 32, 24, 0,  // unwatch
            80, 4,  // roost.v1.ConnectResponse
            1, 16, 0, 24, 5,  // welcome
            2, 272, 32, 40, 9,  // watches
            3, 272, 48, 56, 6,  // results
            4, 272, 64, 72, 10,  // kept_alive
            112, 7,  // roost.v1.ConnectWelcome
            1, 8, 80, 24, 0,  // revision
            2, 8, 84, 32, 0,  // session_id
            3, 15, 88, 40, 0,  // secret
            4, 6, 96, 92, 0,  // timeout_ms
            5, 8, 100, 56, 0,  // stream
            6, 8, 104, 64, 0,  // last_stream
            7, 8, 108, 72, 0,  // last_applied
            56, 11,  // roost.v1.StreamResult
            1, 8, 44, 32, 0,  // number
            2, 1040, 40, 24, 12,  // create
            3, 1040, 40, 24, 21,  // set
            4, 1040, 40, 24, 14,  // delete
            5, 1040, 40, 24, 23,  // transact
            6, 1040, 40, 24, 16,  // get
            7, 1040, 40, 24, 18,  // list
            8, 1032, 40, 24, 0,  // watching_from
            9, 1036, 40, 24, 0,  // unwatched
            10, 1040, 40, 24, 7,  // error
            11, 12, 52, 48, 0,  // more
            88, 4,  // roost.v1.OperationError
            1, 6, 76, 72, 0,  // code
            2, 14, 80, 24, 0,  // reason
            3, 14, 84, 40, 0,  // message
            4, 2320, 56, 64, 8,  // metadata
            64, 2,  // roost.v1.OperationError.MetadataEntry
            1, 14, 56, 24, 0,  // key
            2, 14, 60, 40, 0,  // value
            56, 3,  // roost.v1.WatchNotice
            1, 776, 24, 32, 0,  // numbers
            2, 16, 0, 40, 25,  // response
            3, 16, 0, 48, 7,  // ended
            48, 2,  // roost.v1.KeptAlive
            1, 8, 32, 24, 0,  // revision
            2, 6, 40, 36, 0,  // timeout_ms
        ],
        names: """
            roost.v1.ConnectRequest hello operations
            roost.v1.ConnectHello open resume
            roost.v1.ResumeSession session_id secret
            roost.v1.StreamOperation create set delete transact get list watch unwatch
            roost.v1.ConnectResponse welcome watches results kept_alive
            roost.v1.ConnectWelcome revision session_id secret timeout_ms stream last_stream last_applied
            roost.v1.StreamResult number create set delete transact get list watching_from unwatched error more
            roost.v1.OperationError code reason message metadata
            roost.v1.OperationError.MetadataEntry key value
            roost.v1.WatchNotice numbers response ended
            roost.v1.KeptAlive revision timeout_ms
            """,
        imports: [
            CreateRequest.layout,
            CreateResponse.layout,
            DeleteRequest.layout,
            DeleteResponse.layout,
            GetRequest.layout,
            GetResponse.layout,
            ListRequest.layout,
            ListResponse.layout,
            OpenSessionRequest.layout,
            SetRequest.layout,
            SetResponse.layout,
            TransactRequest.layout,
            TransactResponse.layout,
            WatchRequest.layout,
            WatchResponse.layout,
        ])
}
