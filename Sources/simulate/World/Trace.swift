import Consensus

/// Something that happened in a simulation, for people.
public struct TraceLine: Sendable {
    public var time: Instant
    public var kind: Kind
    public var text: String

    /// What a line is about.
    public enum Kind: UInt8, Sendable {
        case plan = 1
        case fault
        case heal
        case start
        case stop
        case turn
        case send
        case deliver
        case drop
        case connect
        case disk
        case invoke
        case answer
        case notice
        case state
        case watch
        case check
        case repair
    }

    /// Whether it is about this member, counted from 1.
    public func concerns(member: Int) -> Bool {
        let words = text.split(whereSeparator: { " :,()".contains($0) })
        if words.count > 2, words[1] == "->" { return words[0] == "\(member)" || words[2] == "\(member)" }
        return zip(words, words.dropFirst()).contains { $0 == "member" && $1 == "\(member)" }
    }
}

/// Everything that happens in a simulation, in order: as a digest always, as lines of text on request.
///
/// The digest depends on every word and on their order, so two runs with equal digests took the same way.
struct Trace {
    private(set) var digest: UInt64 = 0x526f_6f73_7421_0001
    /// Where lines go; nil if nobody reads them.
    private let sink: ((TraceLine) -> Void)?

    var isRecording: Bool { sink != nil }

    init(sink: ((TraceLine) -> Void)?) {
        self.sink = sink
    }

    @inline(__always)
    mutating func add(_ word: UInt64) {
        digest = Random.mix(digest &+ 0x9e37_79b9_7f4a_7c15 ^ word)
    }

    /// Something happened.
    /// - Parameters:
    ///   - kind: what.
    ///   - words: what tells this happening from another of its kind.
    ///   - text: the same for people; evaluated only if somebody reads it.
    @inline(__always)
    mutating func note(
        _ now: Instant, _ kind: TraceLine.Kind, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0,
        text: @autoclosure () -> String
    ) {
        add(UInt64(bitPattern: now.nanoseconds))
        add(UInt64(kind.rawValue) << 56 ^ first)
        add(second)
        add(third)
        guard let sink else { return }
        sink(TraceLine(time: now, kind: kind, text: text()))
    }
}

extension TraceLine: CustomStringConvertible {
    public var description: String { "\(seconds) \(kind) \(text)" }

    /// "12.345678": seconds and microseconds, right-aligned so that lines stay in columns.
    public var seconds: String {
        let microseconds = time.nanoseconds / 1000
        let whole = String(microseconds / 1_000_000)
        let fraction = String(microseconds % 1_000_000)
        let padding = String(repeating: " ", count: max(0, 3 - whole.utf8.count))
        return padding + whole + "." + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }
}
