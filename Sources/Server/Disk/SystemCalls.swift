import Journal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The system calls that a disk needs, with their errors as values. Interrupted calls are made again, except syncs.
enum SystemCall {
    static func error(_ operation: String, _ file: String, code: Int32 = errno) -> DiskError {
        switch code {
        case ENOSPC, EDQUOT: DiskError(.noSpace, operation: operation, file: file)
        case ENOENT: DiskError(.notFound, operation: operation, file: file)
        default: DiskError(.failed(code: code), operation: operation, file: file, text: String(cString: strerror(code)))
        }
    }

    /// A file of the directory `parent`. Never inherited by a process that this one starts.
    static func open(_ name: String, in parent: Int32, flags: Int32 = 0) throws(DiskError) -> Int32 {
        while true {
            let descriptor = openat(parent, name, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { return descriptor }
            guard errno == EINTR else { throw error("open", name) }
        }
    }

    /// Reads until `buffer` is full or the file ends.
    static func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int, of name: String
    ) throws(DiskError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw error("read", name)
            }
        }
        return done
    }

    /// Writes all of `bytes`.
    static func write(
        _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int, of name: String
    ) throws(DiskError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count > 0 {
                done += count
            } else if count == 0 {
                // Nothing written and no error: trying again might never end.
                throw error("write", name, code: EIO)
            } else if errno != EINTR {
                throw error("write", name)
            }
        }
    }

    /// Everything written, and the length, is on the device afterwards.
    static func sync(_ descriptor: Int32, of name: String) throws(DiskError) {
        #if canImport(Darwin)
        // fsync leaves the bytes in the drive's cache there.
        guard fcntl(descriptor, F_FULLFSYNC) == 0 else { throw error("sync", name) }
        #else
        guard fdatasync(descriptor) == 0 else { throw error("sync", name) }
        #endif
    }

    static func syncDirectory(_ descriptor: Int32) throws(DiskError) {
        guard fsync(descriptor) == 0 else { throw error("sync", "") }
    }
}
