import Consensus

/// The number of a log segment, from 1 on. Never used twice in a directory.
struct SegmentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    let rawValue: UInt64
    init(_ rawValue: UInt64) { self.rawValue = rawValue }
    var next: SegmentID { SegmentID(rawValue + 1) }
    static func < (left: SegmentID, right: SegmentID) -> Bool { left.rawValue < right.rawValue }
    var description: String { "\(rawValue)" }
    /// The name of the segment's file.
    var file: String { JournalFile.log(self).name }
}

/// A place in the log: everything before it comes earlier.
struct SegmentPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    var segment: SegmentID
    var offset: Int

    static func < (left: SegmentPosition, right: SegmentPosition) -> Bool {
        (left.segment, left.offset) < (right.segment, right.offset)
    }
    var description: String { "\(segment):\(offset)" }
}

/// What the files of a data directory are called. Numbers have 20 decimal digits, so that names sort as they should.
enum JournalFile: Hashable {
    case identity
    case log(SegmentID)
    case snapshot(LogPosition)
    /// Zeros, to become a log segment when there is no space for another.
    case reserve
    /// Empty: the snapshots are to be removed before anything is read.
    case distrust
    /// A file that counts only once it has been renamed; what a crash left of it is removed.
    case unfinished(Unfinished)

    enum Unfinished: String, CaseIterable {
        case identity = "identity.tmp"
        case log = "log.tmp"
        case ownSnapshot = "snapshot-own.tmp"
        case receivedSnapshot = "snapshot-received.tmp"
        case reserve = "reserve.tmp"
    }

    var name: String {
        switch self {
        case .identity: "identity"
        case .reserve: "reserve"
        case .distrust: "distrust"
        case .log(let segment): "log-\(Self.digits(segment.rawValue))"
        case .snapshot(let position):
            "snapshot-\(Self.digits(position.index.rawValue))-\(Self.digits(position.term.rawValue))"
        case .unfinished(let file): file.rawValue
        }
    }

    /// Nil for a file that is not the journal's.
    init?(name: String) {
        if let file = Unfinished(rawValue: name) {
            self = .unfinished(file)
            return
        }
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("identity", 1):
            self = .identity
        case ("reserve", 1):
            self = .reserve
        case ("distrust", 1):
            self = .distrust
        case ("log", 2):
            guard let segment = Self.number(parts[1]), segment > 0 else { return nil }
            self = .log(SegmentID(segment))
        case ("snapshot", 3):
            guard let index = Self.number(parts[1]), let term = Self.number(parts[2]) else { return nil }
            self = .snapshot(LogPosition(index: LogIndex(index), term: Term(term)))
        default:
            return nil
        }
    }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 20 - digits.count) + digits
    }

    private static func number(_ digits: Substring) -> UInt64? {
        guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt64(digits)
    }
}
