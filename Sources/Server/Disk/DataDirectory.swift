import Journal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why a data directory cannot be used.
public enum DataDirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process has it open. The holder is what that process wrote into the lock file.
    case locked(path: String, holder: Int32?)
    case unusable(path: String, cause: DiskError)

    public var description: String {
        switch self {
        case .locked(let path, let holder):
            let who = holder.map { "process \($0)" } ?? "another process"
            return "\(path) is in use by \(who)"
        case .unusable(let path, let cause):
            return "\(path) cannot be used as a data directory: \(cause)"
        }
    }
}

/// An open data directory that no other process has open.
struct DataDirectory {
    /// Not among ``FileDisk/files()``: it says nothing about what the directory holds.
    static let lockName = "lock"

    let descriptor: Int32
    private let lock: Int32

    /// Opens the directory; makes it if it is missing (not the ones above it). From then on only its owner can read it.
    init(path: String) throws(DataDirectoryError) {
        func unusable(_ operation: String) -> DataDirectoryError {
            .unusable(path: path, cause: SystemCall.error(operation, path))
        }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw unusable("mkdir") }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unusable("open") }
        do throws(DataDirectoryError) {
            try Self.syncParent(of: descriptor, path)
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw unusable("stat") }
            if status.st_mode & 0o077 != 0 {
                guard fchmod(descriptor, 0o700) == 0 else { throw unusable("chmod") }
            }
            lock = try Self.lock(descriptor, path)
        } catch {
            _ = Self.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// A new directory survives a crash only if its name in the one above does. An earlier start that made it may have
    /// come no further, so it is done each time. A directory above that may not be read cannot be synced either.
    private static func syncParent(of descriptor: Int32, _ path: String) throws(DataDirectoryError) {
        do throws(DiskError) {
            let parent = try SystemCall.open("..", in: descriptor, flags: O_RDONLY | O_DIRECTORY)
            defer { _ = close(parent) }
            try SystemCall.syncDirectory(parent)
        } catch {
            guard error.reason != .failed(code: EACCES) else { return }
            throw .unusable(path: path, cause: error)
        }
    }

    private static func lock(_ directory: Int32, _ path: String) throws(DataDirectoryError) -> Int32 {
        let file: Int32
        do { file = try SystemCall.open(lockName, in: directory, flags: O_RDWR | O_CREAT) } catch {
            throw .unusable(path: path, cause: error)
        }
        // Released by the kernel when the process ends, however it ends. The file itself stays.
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = holder(file)
            _ = close(file)
            guard code == EWOULDBLOCK else {
                throw .unusable(path: path, cause: SystemCall.error("lock", lockName, code: code))
            }
            throw .locked(path: path, holder: holder)
        }
        // The number only helps people, so a disk too full to take it is no reason to stop.
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(file, 0) == 0 { _ = pwrite(file, text, text.count, 0) }
        return file
    }

    private static func holder(_ file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 0x0a }, as: UTF8.self))
    }

    func close() {
        _ = Self.close(lock)
        _ = Self.close(descriptor)
    }

    /// The system call, which the method above hides.
    private static func close(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.close(descriptor)
        #elseif canImport(Musl)
        Musl.close(descriptor)
        #else
        Darwin.close(descriptor)
        #endif
    }
}
