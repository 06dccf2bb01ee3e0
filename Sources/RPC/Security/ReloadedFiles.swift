import NIOConcurrencyHelpers

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Something that is made from files, and made anew when they have changed: certificates, tokens.
public final class ReloadedFiles<Value: Sendable, Problem: Error & CustomStringConvertible & Hashable>: Sendable {
    private let files: [String]
    private let load: @Sendable () throws(Problem) -> Value
    private let state: NIOLockedValueBox<State>

    private struct State {
        var value: Value
        var generation: UInt64
        /// Of the last attempt, whether it succeeded or not.
        var stamps: [FileStamp?]
    }

    /// Reads the files.
    public init(_ files: [String], load: @escaping @Sendable () throws(Problem) -> Value) throws(Problem) {
        self.files = files
        self.load = load
        // Before the files are read: what changes meanwhile is seen next time.
        let stamps = files.map { FileStamp($0) }
        state = NIOLockedValueBox(State(value: try load(), generation: 1, stamps: stamps))
    }

    /// What was made of the files last.
    public var value: Value { state.withLockedValue { $0.value } }
    /// Counts how often ``value`` was made, from 1 on.
    public var generation: UInt64 { state.withLockedValue { $0.generation } }

    /// Reads the files again if they have changed. Blocks: not for event loops.
    public func reloadIfChanged() -> Reload {
        let stamps = files.map { FileStamp($0) }
        guard state.withLockedValue({ $0.stamps != stamps }) else { return .unchanged }
        do throws(Problem) {
            let value = try load()
            state.withLockedValue { $0 = State(value: value, generation: $0.generation + 1, stamps: stamps) }
            return .reloaded
        } catch {
            // A certificate and its key are seldom replaced in the same moment: when another of the files changes, all
            // are read once more.
            state.withLockedValue { $0.stamps = stamps }
            return .failed("\(error)")
        }
    }
}

/// What came of looking whether files have changed.
public enum Reload: Sendable, Hashable {
    case unchanged
    case reloaded
    /// They have changed and are of no use, for the given reason; what was read before stays in force.
    case failed(String)
}

/// Tells whether a file has been replaced or written to.
struct FileStamp: Hashable {
    private let device: UInt64
    private let inode: UInt64
    private let seconds: Int
    private let nanoseconds: Int
    private let size: Int64

    /// Nil if there is no such file. Follows links: a volume that is switched by a link is another file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Glibc)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        #else
        seconds = status.st_mtimespec.tv_sec
        nanoseconds = status.st_mtimespec.tv_nsec
        #endif
    }
}
