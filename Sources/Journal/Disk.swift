/// One data directory, flat: files have names and no folders.
///
/// There are two: the real one, which syncs on threads of its own, and the simulator's, which can lose what was never
/// synced. The journal needs no more than this protocol, so both run the same journal.
///
/// What a disk promises:
/// - Bytes written to a file survive a crash once a ``DiskOperation/sync(_:)`` of that file, carried out after the
///   write, has succeeded. Before that any subset of their 512-byte sectors may survive.
/// - Created, renamed and removed names survive a crash once a ``DiskOperation/syncDirectory`` has succeeded.
/// - A rename that survives, survives whole: no crash leaves a name that refers to half of each file.
/// - The jobs of one lane are carried out in the order submitted. Two lanes know nothing of each other.
public protocol Disk: AnyObject {
    /// The names of all files, in no particular order.
    func files() throws(DiskError) -> [String]

    /// The length of a file in bytes.
    func byteCount(of file: String) throws(DiskError) -> Int

    /// Fills `buffer` from `offset` on and returns how many bytes there were: fewer only at the end of the file.
    func read(_ file: String, offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(DiskError) -> Int

    /// Carries out the operations one after the other now and returns when all are done. The first failure ends it.
    /// For opening and formatting, when no job is under way.
    func perform(_ operations: [DiskOperation]) throws(DiskError)

    /// Queues a job. Its result comes back to the driver, which hands it to ``Journal/completed(_:_:)``.
    func submit(_ job: DiskJob)
}

/// Names a job until its result has come back.
public struct DiskTicket: Hashable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// Operations carried out in order; the first failure fails the job and skips the rest of it.
public struct DiskJob: Hashable, Sendable {
    public var ticket: DiskTicket
    public var lane: DiskLane
    public var operations: [DiskOperation]

    public init(ticket: DiskTicket, lane: DiskLane, operations: [DiskOperation]) {
        self.ticket = ticket
        self.lane = lane
        self.operations = operations
    }
}

/// Which queue a job goes through.
public enum DiskLane: UInt8, Hashable, Sendable, CaseIterable {
    /// What a client's write waits for. Never more than one job at a time.
    case log = 0
    /// Everything that may take its time: snapshots, segments prepared ahead, removals.
    case background = 1
}

/// One thing to do to a data directory.
public enum DiskOperation: Hashable, Sendable {
    /// An empty file; one that is already there is emptied.
    case create(String)
    /// `bytes` at `offset`. A file that is shorter grows; a hole reads as zeros.
    case write(String, offset: Int, bytes: [UInt8])
    /// `byteCount` zeros at `offset`, really written, so that the file system has nothing left to allocate there.
    case zero(String, offset: Int, byteCount: Int)
    /// Everything written to the file is durable afterwards, and its length (fdatasync).
    case sync(String)
    /// The file has another name; a file that had that name is gone.
    case rename(String, to: String)
    /// The file is gone. One that is not there is no error.
    case remove(String)
    /// The names are durable afterwards (fsync of the directory).
    case syncDirectory
}

/// A disk did not do what it was asked.
public struct DiskError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The file system is full, or a quota is.
        case noSpace
        /// There is no file of that name.
        case notFound
        /// Anything else; the code is the operating system's errno.
        case failed(code: Int32)
    }

    public var reason: Reason
    /// What failed, as in "sync".
    public var operation: String
    /// The file that it failed on; empty for the directory itself.
    public var file: String
    /// The system's own words for it; may be empty.
    public var text: String

    public init(_ reason: Reason, operation: String, file: String, text: String = "") {
        self.reason = reason
        self.operation = operation
        self.file = file
        self.text = text
    }

    public var description: String {
        let subject = file.isEmpty ? "the data directory" : file
        let cause =
            switch reason {
            case .noSpace: "no space left"
            case .notFound: "no such file"
            case .failed(let code): text.isEmpty ? "error \(code)" : "\(text) (error \(code))"
            }
        return "\(operation) of \(subject): \(cause)"
    }
}
