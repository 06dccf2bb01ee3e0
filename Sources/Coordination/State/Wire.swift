public import ByteString
public import Messages
import Protobuf

// The one place where messages and the state's own types are turned into each other.

extension DecodingLimits {
    /// What an entry may hold. Part of format level 1: an entry that one member can decode, all can.
    fileprivate static let entry = DecodingLimits(
        messageBytesMax: 64 << 20, depthMax: 100, memoryBytesMax: 256 << 20)
}

// MARK: - Entries

extension Coordination {
    /// Applies a committed command entry: an encoded `roost.v1.Envelope`.
    ///
    /// Total: any bytes give an outcome, the same on every member. What cannot be decoded changes nothing but the
    /// revision and, as far as it can be read, log time.
    ///
    /// - Returns: what came of it; nil for an entry of the ensemble's own, which answers nobody.
    /// - Throws: if the entry raises the format level above ``supported``. Nothing after it may be applied then; the
    ///   state is as it was before the entry.
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public mutating func apply(_ payload: Bytes, revision: Revision) throws(UnsupportedFormatLevel) -> Applied? {
        let envelope: Envelope
        do throws(WireError) {
            envelope = try Envelope(decoding: payload, limits: .entry)
        } catch {
            return refuse(StateError(malformed: "the entry", error), nil, revision)
        }
        let context = CommandContext(envelope)
        guard 1...level.rawValue ~= envelope.formatLevel else {
            let text = "the entry has format level \(envelope.formatLevel); in effect is \(level)"
            return refuse(StateError(.unimplemented, .unknownFormat, text), context, revision)
        }
        if envelope.kind == .raiseFormatLevel {
            let raise: RaiseFormatLevel
            do throws(WireError) {
                raise = try RaiseFormatLevel(decoding: envelope.request, limits: .entry)
            } catch {
                return refuse(StateError(malformed: "the request", error), context, revision)
            }
            try self.raise(to: FormatLevel(raise.level), context, revision)
            return nil
        }
        do throws(StateError) {
            return apply(try Command(envelope.kind, decoding: envelope.request), context, revision: revision)
        } catch {
            return refuse(error, context, revision)
        }
    }
}

extension Coordination {
    /// The request bytes of an entry of the kind `RAISE_FORMAT_LEVEL`.
    public static func request(toRaiseTo level: FormatLevel) -> Bytes {
        do { return try RaiseFormatLevel(level: level.rawValue).encodedBytes() } catch {
            preconditionFailure("one number cannot be encoded: \(error)")
        }
    }

    /// The level to which a command entry raises the format level; nil for any other entry. For a look at a log before
    /// any of it is applied.
    public static func levelRaised(by payload: Bytes) -> FormatLevel? {
        // A few numbers, and no more: most entries need not be decoded.
        guard payload.count <= 64, let envelope = try? Envelope(decoding: payload, limits: .entry),
            envelope.kind == .raiseFormatLevel,
            let raise = try? RaiseFormatLevel(decoding: envelope.request, limits: .entry)
        else { return nil }
        return FormatLevel(raise.level)
    }
}

extension CommandContext {
    fileprivate init(_ envelope: Envelope) {
        var origin: Origin?
        if envelope.originMember != 0 {
            origin = Origin(
                member: envelope.originMember, incarnation: envelope.originIncarnation, token: envelope.originToken)
        }
        self.init(
            logTime: LogTime(nanoseconds: envelope.logTimeNs),
            wallTime: WallTime(unixMilliseconds: envelope.wallUnixMs), principal: envelope.principal, origin: origin)
    }
}

extension StateError {
    fileprivate init(malformed what: String, _ error: WireError) {
        self.init(.invalidArgument, .malformedRequest, "\(what) cannot be decoded: \(error)")
    }
}

// MARK: - Requests

extension Command {
    /// Reads a request's bytes. INVALID_ARGUMENT, `MALFORMED_REQUEST`, if they are no request of that kind;
    /// UNIMPLEMENTED, `UNKNOWN_FORMAT`, if this release does not know the kind.
    public init(_ kind: CommandKind, decoding request: Bytes) throws(StateError) {
        do throws(WireError) {
            switch kind {
            case .create:
                self.init(try CreateRequest(decoding: request, limits: .entry))
                return
            case .set:
                self.init(try SetRequest(decoding: request, limits: .entry))
                return
            case .delete:
                self.init(try DeleteRequest(decoding: request, limits: .entry))
                return
            case .raiseFormatLevel, .unspecified, .unrecognized:
                break
            }
        } catch {
            throw StateError(malformed: "the request", error)
        }
        throw StateError(.unimplemented, .unknownFormat, "the kind of command \(kind.rawValue) is not known")
    }

    public init(_ request: CreateRequest) {
        self.init(
            path: request.path, operation: .create(data: request.data),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: SetRequest) {
        self.init(
            path: request.path, operation: .set(data: request.data, expectedVersion: request.expectedVersion),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: DeleteRequest) {
        self.init(
            path: request.path, operation: .delete(expectedVersion: request.expectedVersion),
            requestID: request.requestID.map(RequestIdentity.init))
    }
}

extension RequestIdentity {
    init(_ id: RequestId) { self.init(client: id.clientID, sequence: id.sequence) }
}

extension Limits {
    /// Refuses a request that breaks a rule which does not depend on the state, with the error that applying it would
    /// give: for servers, before they propose it.
    public func check(_ request: CreateRequest) throws(StateError) { try check(Command(request)) }

    /// The same for a Set.
    public func check(_ request: SetRequest) throws(StateError) { try check(Command(request)) }

    /// The same for a Delete.
    public func check(_ request: DeleteRequest) throws(StateError) { try check(Command(request)) }
}

// MARK: - Responses

extension WriteResult {
    /// The response message's bytes: of a `CreateResponse`, `SetResponse` or `DeleteResponse`.
    public func encodedResponse() -> Bytes {
        do {
            switch kind {
            case .created: return try CreateResponse(self).encodedBytes()
            case .set: return try SetResponse(self).encodedBytes()
            case .deleted: return try DeleteResponse(self).encodedBytes()
            }
        } catch {
            preconditionFailure("a response that was put together here cannot be encoded: \(error)")
        }
    }
}

extension CreateResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue, path: result.path, stat: result.stat.map(Stat.init))
    }
}

extension SetResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue, stat: result.stat.map(Stat.init))
    }
}

extension DeleteResponse {
    public init(_ result: WriteResult) { self.init(revision: result.revision.rawValue) }
}

extension Stat {
    public init(_ stat: ZnodeStat) {
        self.init(
            createdRevision: stat.createdRevision.rawValue, modifiedRevision: stat.modifiedRevision.rawValue,
            childrenRevision: stat.childrenRevision.rawValue, version: stat.version,
            childrenVersion: stat.childrenVersion, createdUnixMs: stat.created.unixMilliseconds,
            modifiedUnixMs: stat.modified.unixMilliseconds, dataLength: stat.dataLength,
            childCount: stat.childCount)
    }
}

extension Event {
    public init(_ event: ZnodeEvent, includeData: Bool) {
        self.init(
            kind: EventKind(rawValue: Int32(event.kind.rawValue)), path: event.path,
            revision: event.revision.rawValue, version: event.version, data: includeData ? event.data : Bytes())
    }
}

extension WatchFilter {
    /// Nil if this release does not know the scope.
    public init?(path: String, scope: WatchScope) {
        switch scope {
        case .node: self.init(path: path, scope: Scope.node)
        case .children: self.init(path: path, scope: Scope.children)
        case .recursive: self.init(path: path, scope: Scope.recursive)
        case .unrecognized: return nil
        }
    }
}

// MARK: - Pages

/// A part of a listing that fits into one message.
public struct ListPage: Sendable {
    /// The listed znode's own stat.
    public var stat: Stat
    public var children: [Child]
    /// Whether the listing ends with this page.
    public var isLast: Bool
}

/// A part of the history that fits into one message.
public struct HistoryPage: Sendable {
    /// Whole revisions only.
    public var events: [ZnodeEvent]
    /// All that was asked for up to here is in `events`.
    public var through: Revision
}

extension StateView {
    /// The next children of the znode at `path`; nil if there is no znode.
    ///
    /// - Parameters:
    ///   - name: only children whose names come after this one; empty for all.
    ///   - limit: at most this many.
    ///   - byteCountMax: the page ends with the child that takes it over this many bytes of names and data.
    public func listPage(
        _ path: String, startAfter name: String, limit: UInt64, byteCountMax: Int, includeData: Bool, includeStat: Bool
    ) -> ListPage? {
        var children: [Child] = []
        var byteCount = 0
        var isLast = true
        let stat = list(path, startAfter: name) { child in
            guard byteCount < byteCountMax, UInt64(children.count) < limit else {
                isLast = UInt64(children.count) >= limit
                return false
            }
            var message = Child(name: child.name)
            if includeData { message.data = child.data }
            if includeStat { message.stat = Stat(child.stat) }
            byteCount += child.nameBytes.count + (includeData ? child.dataCount : 0) + (includeStat ? 64 : 0) + 8
            children.append(message)
            return true
        }
        return stat.map { ListPage(stat: Stat($0), children: children, isLast: isLast) }
    }

    /// The next changes from `start` on.
    ///
    /// OUT_OF_RANGE, `HISTORY_TRIMMED`, if not all of them are kept any more.
    ///
    /// - Parameters:
    ///   - byteCountMax: the page ends with the revision that takes it over this many bytes of paths and data.
    ///   - scanMax: it also ends after so many changes were looked at, matching or not, so that a page never takes
    ///     long.
    public func historyPage(
        from start: Revision, matching filter: WatchFilter?, byteCountMax: Int, includeData: Bool, scanMax: Int = 5_000
    ) throws(StateError) -> HistoryPage {
        var page = HistoryPage(events: [], through: revision)
        var byteCount = 0
        var scanned = 0
        var last = Revision.zero
        try scanHistory(from: start) { record in
            let isNewRevision = record.revision != last
            if isNewRevision && (byteCount >= byteCountMax || scanned >= scanMax) {
                page.through = last
                return false
            }
            last = record.revision
            scanned += 1
            guard record.matches(filter) else { return true }
            byteCount += record.pathCount + (includeData ? record.dataCount : 0) + 32
            page.events.append(record.event(includeData: includeData))
            return true
        }
        return page
    }
}
