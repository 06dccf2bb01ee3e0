/// A member of the ensemble; never 0.
public struct MemberID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) {
        precondition(rawValue != 0, "member ids start at 1")
        self.rawValue = rawValue
    }

    public static func < (left: MemberID, right: MemberID) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// The random id of a data directory. A member whose disk was wiped, swapped or restored has another one.
public struct StorageID: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { hexadecimal(rawValue) }
}

/// The id of an ensemble, chosen at its bootstrap.
public struct EnsembleID: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { hexadecimal(rawValue) }
}

/// An election epoch. 0 is before the first.
public struct Term: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static let zero = Term(0)
    public var next: Term { Term(rawValue + 1) }
    public static func < (left: Term, right: Term) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// A position in the log. The first entry has index 1; 0 is before it.
public struct LogIndex: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static let zero = LogIndex(0)
    public var next: LogIndex { LogIndex(rawValue + 1) }
    /// The index before this one.
    /// - Precondition: this is not `zero`.
    public var previous: LogIndex { LogIndex(rawValue - 1) }
    public func advanced(by count: Int) -> LogIndex { LogIndex(rawValue + UInt64(count)) }
    public static func < (left: LogIndex, right: LogIndex) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// An entry's index together with the term that wrote it: by the Log Matching Property (Raft, section 5.3) it
/// identifies the whole log up to there.
public struct LogPosition: Hashable, Sendable, CustomStringConvertible {
    public var index: LogIndex
    public var term: Term

    public init(index: LogIndex, term: Term) {
        self.index = index
        self.term = term
    }

    public static let zero = LogPosition(index: .zero, term: .zero)
    public var description: String { "\(index)@\(term)" }
}

/// How new the format of what is replicated is; grows from release to release. Consensus only carries what each member
/// says that it supports; what a level means is the replicated state's business.
public struct FormatLevel: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Every release supports it.
    public static let first = FormatLevel(1)
    public static func < (left: FormatLevel, right: FormatLevel) -> Bool { left.rawValue < right.rawValue }
    public var description: String { "\(rawValue)" }
}

/// A moment of a member's monotonic clock: nanoseconds since an arbitrary start. Only differences have a meaning.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
    public static func + (instant: Instant, span: Span) -> Instant {
        Instant(nanoseconds: instant.nanoseconds + span.nanoseconds)
    }
    public static func - (later: Instant, earlier: Instant) -> Span {
        Span(nanoseconds: later.nanoseconds - earlier.nanoseconds)
    }
    public var description: String { "\(nanoseconds / 1_000_000) ms" }
}

/// A length of time in nanoseconds. (The standard library's `Duration` counts attoseconds in 128 bits, which the hot
/// path does not need.)
public struct Span: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    public static func milliseconds(_ count: Int) -> Span { Span(nanoseconds: Int64(count) * 1_000_000) }
    public static func microseconds(_ count: Int) -> Span { Span(nanoseconds: Int64(count) * 1_000) }
    public static func seconds(_ count: Int) -> Span { Span(nanoseconds: Int64(count) * 1_000_000_000) }
    public static let zero = Span(nanoseconds: 0)
    public var milliseconds: Int64 { nanoseconds / 1_000_000 }
    public static func < (left: Span, right: Span) -> Bool { left.nanoseconds < right.nanoseconds }
    public static func + (left: Span, right: Span) -> Span { Span(nanoseconds: left.nanoseconds + right.nanoseconds) }
    public static func * (span: Span, factor: Int) -> Span { Span(nanoseconds: span.nanoseconds * Int64(factor)) }
    public var description: String { "\(milliseconds) ms" }
}

/// Sixteen lower-case hexadecimal digits.
private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
