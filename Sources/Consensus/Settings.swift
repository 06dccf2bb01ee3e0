extension Consensus {
    /// What an operator may tune. The defaults suit a local network and an SSD.
    public struct Settings: Hashable, Sendable {
        /// Each member sends every other one a heartbeat this often.
        public var heartbeatInterval: Span
        /// A member that was silent for longer than this is suspected. An estimate may lengthen it, never shorten it.
        public var timeoutFloor: Span
        /// How far the estimate may lengthen ``timeoutFloor``.
        public var timeoutCeiling: Span
        /// A member that has no leader stands for election after ``timeoutFloor`` plus a random part of this.
        public var timeoutSpan: Span
        /// The driver ticks at least this often. A tick that comes later than this plus one heartbeat interval was
        /// late: see ``FailureDetector``.
        public var tickIntervalMax: Span
        /// Whether a lost connection followed by a refused one, or by one to a new process, makes a member suspected
        /// before the timeout.
        public var useConnectionEvidence: Bool
        /// A leader whose own disk has not finished a write for so long hands over, if others can lead. Zero: never.
        public var diskStallLimit: Span
        /// The most payload bytes in one append, unless a single entry is larger.
        public var maxAppendBytes: Int
        /// The most appends on their way to one follower.
        public var maxInflightAppends: Int
        /// The most payload bytes on their way to one follower, unless a single entry is larger.
        public var maxInflightBytes: Int
        /// The most bytes that a leader appends before they are committed. More are refused as overloaded.
        public var maxUncommittedBytes: Int
        /// The size of one part of a snapshot on its way to a follower.
        public var snapshotChunkBytes: Int
        /// The most parts of a snapshot on their way to one follower.
        public var maxInflightSnapshotChunks: Int
        /// A follower is sent so many bytes of a snapshot a second at most, so that its catching up takes neither the
        /// leader's disk nor its network from those who write.
        public var maxSnapshotBytesPerSecond: Int
        /// Entries that a snapshot covers are kept in memory up to this many bytes, so that a follower which is a
        /// little behind gets entries and not a snapshot.
        public var retainedLogBytes: Int
        /// The same while a snapshot is being sent: what follows it is kept for its receiver up to this many bytes.
        public var retainedLogBytesWhileSending: Int

        /// - Parameter timeoutSpan: as long as `timeoutFloor` if nil, so that the random part scales with the timeout.
        public init(
            heartbeatInterval: Span = .milliseconds(50), timeoutFloor: Span = .milliseconds(300),
            timeoutCeiling: Span = .seconds(2), timeoutSpan: Span? = nil, useConnectionEvidence: Bool = true
        ) {
            precondition(heartbeatInterval > .zero && timeoutFloor > heartbeatInterval * 2)
            self.heartbeatInterval = heartbeatInterval
            self.timeoutFloor = timeoutFloor
            self.timeoutCeiling = max(timeoutCeiling, timeoutFloor)
            self.timeoutSpan = timeoutSpan ?? timeoutFloor
            self.useConnectionEvidence = useConnectionEvidence
            tickIntervalMax = .milliseconds(10)
            diskStallLimit = .seconds(1)
            maxAppendBytes = 256 << 10
            maxInflightAppends = 64
            maxInflightBytes = 4 << 20
            maxUncommittedBytes = 64 << 20
            snapshotChunkBytes = 256 << 10
            maxInflightSnapshotChunks = 4
            maxSnapshotBytesPerSecond = 32 << 20
            retainedLogBytes = 16 << 20
            retainedLogBytesWhileSending = 256 << 20
        }

        /// The example in every textbook: a heartbeat each second, dead after three.
        public static var textbook: Settings {
            Settings(heartbeatInterval: .seconds(1), timeoutFloor: .seconds(3), useConnectionEvidence: false)
        }

        /// What ``maxSnapshotBytesPerSecond`` leaves between two parts of a snapshot.
        var snapshotChunkPause: Span {
            Span(nanoseconds: Int64(snapshotChunkBytes) * 1_000_000_000 / Int64(maxSnapshotBytesPerSecond))
        }

        /// The pause between the candidacies of two members that hold the same leader to be dead: long enough for the
        /// first to be elected before the second tries.
        var stagger: Span { Span(nanoseconds: timeoutFloor.nanoseconds / 16) }

        /// The same where a refused connection told of the death. Everybody has that evidence within milliseconds, and
        /// an election takes two round trips and two syncs.
        var evidenceStagger: Span { Swift.min(.milliseconds(10), stagger) }
    }
}
