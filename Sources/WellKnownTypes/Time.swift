import Protobuf

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

private let nanosecondsPerSecond: Int64 = 1_000_000_000
private let attosecondsPerNanosecond: Int64 = 1_000_000_000

extension GoogleProtobufTimestamp {
    /// The moment, to the nearest nanosecond: a `Date` of our time is exact to about a tenth of a microsecond.
    ///
    /// - Precondition: The date is finite, and within ±292 billion years.
    public init(_ date: Date) {
        let time = date.timeIntervalSince1970
        let whole = time.rounded(.down)
        // Rounding may reach the next second.
        let nanoseconds = Int64(((time - whole) * Double(nanosecondsPerSecond)).rounded())
        self.init(
            seconds: Int64(whole) + nanoseconds / nanosecondsPerSecond,
            nanos: Int32(nanoseconds % nanosecondsPerSecond))
    }

    /// The moment as a `Date`, which may be some nanoseconds off.
    public var date: Date {
        Date(timeIntervalSince1970: Double(seconds) + Double(nanos) / Double(nanosecondsPerSecond))
    }

    /// Whether it is what protobuf allows: of the years 1 to 9999, with nanoseconds that count forward.
    public var isValid: Bool {
        (-62_135_596_800...253_402_300_799).contains(seconds) && (0..<Int32(nanosecondsPerSecond)).contains(nanos)
    }
}

extension Date {
    /// The moment, which may be some nanoseconds off.
    public init(_ timestamp: GoogleProtobufTimestamp) { self = timestamp.date }
}

extension GoogleProtobufDuration {
    /// The duration, cut to whole nanoseconds.
    public init(_ duration: Swift.Duration) {
        let parts = duration.components
        self.init(seconds: parts.seconds, nanos: Int32(parts.attoseconds / attosecondsPerNanosecond))
    }

    /// The same as a `Duration` of the standard library.
    public var duration: Swift.Duration { .seconds(seconds) + .nanoseconds(Int64(nanos)) }

    /// Whether it is what protobuf allows: within ±315,576,000,000 s, with nanoseconds of the same sign as the seconds.
    public var isValid: Bool {
        let limit: Int64 = 315_576_000_000
        guard (-limit...limit).contains(seconds), abs(Int64(nanos)) < nanosecondsPerSecond else { return false }
        return seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0)
    }
}

extension Swift.Duration {
    /// The same as a duration of the standard library.
    public init(_ duration: GoogleProtobufDuration) { self = duration.duration }
}
