/// A position in the one order of all changes: the log index of the entry that made the change. 0 is before the first.
public struct Revision: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static let zero = Revision(0)
    public static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// The ensemble's own clock: nanoseconds since the ensemble began, as the leaders stamped them into the log. It never
/// goes back and stands still while there is no leader.
public struct LogTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let nanoseconds: UInt64

    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    public static let zero = LogTime(nanoseconds: 0)
    public static func < (left: LogTime, right: LogTime) -> Bool { left.nanoseconds < right.nanoseconds }
    public var description: String { "\(nanoseconds / 1_000_000) ms" }
}

/// Names a session: the revision that opened it.
public struct SessionID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static func < (left: SessionID, right: SessionID) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// A leader's wall clock: milliseconds since 1970-01-01T00:00:00Z. For people to read; nothing depends on it.
public struct WallTime: Hashable, Sendable, CustomStringConvertible {
    public let unixMilliseconds: Int64

    public init(unixMilliseconds: Int64) { self.unixMilliseconds = unixMilliseconds }

    public var description: String { "\(unixMilliseconds) ms since 1970" }
}

/// Where a request came in: that member answers the client when it applies the entry.
public struct Origin: Hashable, Sendable {
    /// The member's id, as its consensus knows it.
    public var member: UInt64
    /// Which process of that member: a token of an earlier one names nothing any more.
    public var incarnation: UInt64
    /// The name that the member gave the request.
    public var token: UInt64

    public init(member: UInt64, incarnation: UInt64, token: UInt64) {
        self.member = member
        self.incarnation = incarnation
        self.token = token
    }
}
