import Foundation
import Synchronization

/// Standard output and error, unbuffered, and whether a person is looking.
enum Terminal {
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether the process goes on when nobody reads any more what it prints. A member does: who started it may have
    /// died. A command ends by SIGPIPE, as `roost ls / | head` expects.
    static let outlivesReaders = Atomic<Bool>(false)

    static func print(_ text: String) {
        write((text + "\n").utf8, to: STDOUT_FILENO)
    }

    /// Prints one line of JSON, for programs.
    static func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func write(_ bytes: some Sequence<UInt8>) {
        write(bytes, to: STDOUT_FILENO)
    }

    static func error(_ text: String) {
        write((text + "\n").utf8, to: STDERR_FILENO)
    }

    private static func write(_ bytes: some Sequence<UInt8>, to file: Int32) {
        Array(bytes).withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                #if canImport(Darwin)
                let count = Darwin.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #else
                let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #endif
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EPIPE, !outlivesReaders.load(ordering: .relaxed) {
                    // NIO has the signal ignored.
                    signal(SIGPIPE, SIG_DFL)
                    raise(SIGPIPE)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// The number of lines of the window; 24 if it cannot be told.
    static var height: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
        return Int(size.ws_row)
    }
}
