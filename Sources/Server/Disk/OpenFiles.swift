import Journal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The files that one thread has open for writing, and how it carries out operations on them.
///
/// A lane keeps the files it used last. The log's lane keeps one: once it has gone on to the next segment, the other
/// lane may remove or recycle the one before, and nothing may hold on to that.
struct OpenFiles: ~Copyable {
    private let directory: Int32
    private let countMax: Int
    /// The one used last comes last.
    private var open: [(name: String, descriptor: Int32)] = []

    private static let zeros = [UInt8](repeating: 0, count: 1 << 20)

    init(directory: Int32, countMax: Int) {
        self.directory = directory
        self.countMax = countMax
    }

    deinit {
        for file in open { _ = close(file.descriptor) }
    }

    mutating func perform(_ operation: DiskOperation) throws(DiskError) {
        switch operation {
        case .create(let name):
            forget(name)
            keep(name, try SystemCall.open(name, in: directory, flags: O_RDWR | O_CREAT | O_TRUNC))
        case .write(let name, let offset, let bytes):
            let descriptor = try descriptor(of: name)
            var failure: DiskError?
            bytes.withUnsafeBytes { bytes in
                do throws(DiskError) {
                    try SystemCall.write(descriptor, bytes, at: offset, of: name)
                } catch { failure = error }
            }
            if let failure { throw failure }
        case .zero(let name, let offset, let byteCount):
            try zero(name, offset, byteCount)
        case .sync(let name):
            try SystemCall.sync(try descriptor(of: name), of: name)
        case .rename(let name, let new):
            forget(name)
            forget(new)
            guard renameat(directory, name, directory, new) == 0 else { throw SystemCall.error("rename", name) }
        case .remove(let name):
            forget(name)
            guard unlinkat(directory, name, 0) == 0 || errno == ENOENT else { throw SystemCall.error("remove", name) }
        case .syncDirectory:
            try SystemCall.syncDirectory(directory)
        }
    }

    private mutating func zero(_ name: String, _ offset: Int, _ byteCount: Int) throws(DiskError) {
        let descriptor = try descriptor(of: name)
        var done = 0
        while done < byteCount {
            let count = min(Self.zeros.count, byteCount - done)
            var failure: DiskError?
            Self.zeros.withUnsafeBytes { zeros in
                do throws(DiskError) {
                    let part = UnsafeRawBufferPointer(rebasing: zeros[..<count])
                    try SystemCall.write(descriptor, part, at: offset + done, of: name)
                } catch { failure = error }
            }
            if let failure { throw failure }
            done += count
        }
    }

    private mutating func descriptor(of name: String) throws(DiskError) -> Int32 {
        if let index = open.lastIndex(where: { $0.name == name }) {
            if index < open.count - 1 { open.append(open.remove(at: index)) }
            return open[open.count - 1].descriptor
        }
        let descriptor = try SystemCall.open(name, in: directory, flags: O_RDWR)
        keep(name, descriptor)
        return descriptor
    }

    private mutating func keep(_ name: String, _ descriptor: Int32) {
        if open.count == countMax { _ = close(open.removeFirst().descriptor) }
        open.append((name, descriptor))
    }

    private mutating func forget(_ name: String) {
        guard let index = open.firstIndex(where: { $0.name == name }) else { return }
        _ = close(open.remove(at: index).descriptor)
    }
}
