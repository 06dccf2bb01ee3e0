public import Journal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A data directory of the file system.
///
/// Each lane has a thread. Reading and ``perform(_:)`` happen on the caller's thread.
public final class FileDisk: Disk, Sendable {
    /// Is called on a lane's thread, with every job submitted, in the lane's order. It should only pass it on.
    public typealias Completion = @Sendable (DiskTicket, Result<Void, DiskError>) -> Void

    private let directory: DataDirectory
    private let log: Lane
    private let background: Lane

    /// Opens a data directory, which is made if it is missing, and locks it against other processes. Only its owner
    /// can read it from then on (mode 0700).
    ///
    /// - Throws: ``DataDirectoryError``.
    public init(path: String, completion: @escaping Completion) throws(DataDirectoryError) {
        directory = try DataDirectory(path: path)
        do throws(DiskError) {
            log = try Lane(directory: directory.descriptor, openFilesMax: 1, completion: completion)
        } catch {
            directory.close()
            throw .unusable(path: path, cause: error)
        }
        do throws(DiskError) {
            background = try Lane(directory: directory.descriptor, openFilesMax: 4, completion: completion)
        } catch {
            log.close()
            directory.close()
            throw .unusable(path: path, cause: error)
        }
    }

    /// Returns when all submitted jobs are done; then the directory is free for another process. To be called once,
    /// and last, from none of the disk's own threads.
    public func close() {
        log.close()
        background.close()
        directory.close()
    }

    // MARK: - Disk

    public func files() throws(DiskError) -> [String] {
        // A descriptor of its own, since it carries the position in the listing.
        let descriptor = try SystemCall.open(".", in: directory.descriptor, flags: O_RDONLY | O_DIRECTORY)
        guard let listing = fdopendir(descriptor) else {
            let error = SystemCall.error("list", "")
            _ = systemClose(descriptor)
            throw error
        }
        defer { closedir(listing) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", name != DataDirectory.lockName { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw SystemCall.error("list", "") }
        return names
    }

    public func byteCount(of file: String) throws(DiskError) -> Int {
        var status = stat()
        guard fstatat(directory.descriptor, file, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw SystemCall.error("stat", file)
        }
        return Int(status.st_size)
    }

    public func read(
        _ file: String, offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(DiskError) -> Int {
        let descriptor = try SystemCall.open(file, in: directory.descriptor, flags: O_RDONLY)
        defer { _ = systemClose(descriptor) }
        return try SystemCall.read(descriptor, into: buffer, at: offset, of: file)
    }

    public func perform(_ operations: [DiskOperation]) throws(DiskError) {
        var files = OpenFiles(directory: directory.descriptor, countMax: 4)
        for operation in operations { try files.perform(operation) }
    }

    public func submit(_ job: DiskJob) {
        switch job.lane {
        case .log: log.submit(job)
        case .background: background.submit(job)
        }
    }
}

/// The system call, which the method hides.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
