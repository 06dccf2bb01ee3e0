import ByteString
public import Consensus

/// Whose data directory this is: the content of the file `identity`.
///
/// The file is text, so that an operator can read it; lines end with a line feed and come in this order:
/// ```
/// roost data directory
/// format: 1                          of this and every later format: these two lines, and the last one
/// member: 3                          decimal, not 0
/// storage: 00f1d2d2f924e986          16 hexadecimal digits, as are salt and ensemble
/// salt: 0b5a23a5e2f1c9d8
/// state: member                      formatting, awaiting, founding or member
/// ensemble: 4cb6bd0ff1a8f3a1         or "none"
/// founding: 0103...                  the founding configuration's bytes in hexadecimal, or "none"
/// checksum: 9a3b12cd                 CRC-32C of all lines before this one
/// ```
/// It is only ever replaced as a whole: written beside, synced, renamed, and the directory synced. So the change of
/// `state` is the moment at which formatting and founding have happened, and a crash in either is taken up by the
/// next start.
public struct Identity: Hashable, Sendable {
    public internal(set) var member: MemberID
    /// The random id of this directory. Votes and acknowledgements count only with the one the ensemble knows.
    public internal(set) var storage: StorageID
    /// What the marks of the log's batches are drawn from. Never leaves the member.
    var salt: UInt64
    public internal(set) var state: State
    /// Nil until the directory belongs to an ensemble.
    public internal(set) var ensemble: EnsembleID?
    /// The configuration that the ensemble was founded with, if this member founded it. It is the log's first entry.
    public internal(set) var founding: Configuration?

    public enum State: String, Hashable, Sendable {
        /// The first log segment may be missing or incomplete.
        case formatting
        /// Ready, but of no ensemble yet.
        case awaiting
        /// The log may lack the founding entry.
        case founding
        /// Belongs to an ensemble.
        case member
    }

    static let formatVersion: UInt32 = 1
    private static let title = "roost data directory"
}

// MARK: - Text

extension Identity {
    func encoded() -> [UInt8] {
        let founding = founding.map { Self.hexadecimal($0.encoded()) } ?? "none"
        let text = """
            \(Self.title)
            format: \(Self.formatVersion)
            member: \(member)
            storage: \(storage)
            salt: \(Self.hexadecimal(salt, digits: 16))
            state: \(state.rawValue)
            ensemble: \(ensemble?.description ?? "none")
            founding: \(founding)

            """
        let checksum = Checksum.of([UInt8](text.utf8))
        return [UInt8]((text + "checksum: \(Self.hexadecimal(UInt64(checksum), digits: 8))\n").utf8)
    }

    init(decoding bytes: [UInt8]) throws(JournalError) {
        let name = JournalFile.identity.name
        func damaged(_ reason: String) -> JournalError { .damaged(file: name, offset: 0, reason: reason) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged("no UTF-8") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.first == Self.title else { throw damaged("not a Roost identity") }
        func value(_ line: Int, _ key: String) throws(JournalError) -> String {
            guard line < lines.count, lines[line].hasPrefix(key + ": ") else { throw damaged("line \(line + 1)") }
            return String(lines[line].dropFirst(key.count + 2))
        }
        // First, for a rotted version must not pass for a later one: such a member would not be repaired.
        guard lines.count >= 4, lines[lines.count - 1].isEmpty else { throw damaged("cut short") }
        let last = lines.count - 2
        let summed = lines[..<last].reduce(0) { $0 + $1.utf8.count + 1 }
        let checksum = Self.hexadecimal(UInt64(Checksum.of([UInt8](bytes[..<summed]))), digits: 8)
        guard try value(last, "checksum") == checksum else { throw damaged("wrong checksum") }
        guard let version = UInt32(try value(1, "format")) else { throw damaged("line 2") }
        guard version == Self.formatVersion else {
            throw .unsupportedFormat(file: name, version: version)
        }
        guard lines.count == 10 else { throw damaged("\(lines.count - 1) lines instead of 9") }
        guard let member = UInt64(try value(2, "member")), member != 0,
            let storage = UInt64(try value(3, "storage"), radix: 16),
            let salt = UInt64(try value(4, "salt"), radix: 16),
            let state = State(rawValue: try value(5, "state"))
        else { throw damaged("a field that is none") }
        let ensemble = try value(6, "ensemble")
        let founding = try value(7, "founding")
        self.member = MemberID(member)
        self.storage = StorageID(storage)
        self.salt = salt
        self.state = state
        self.ensemble = UInt64(ensemble, radix: 16).map(EnsembleID.init)
        self.founding = nil
        if founding != "none" {
            guard let bytes = octets(founding) else { throw damaged("founding configuration") }
            do { self.founding = try Configuration(decoding: bytes) } catch {
                throw damaged("founding configuration: \(error)")
            }
        }
        guard (self.ensemble == nil) == (ensemble == "none"),
            (self.ensemble != nil) == (state == .founding || state == .member),
            state != .founding || self.founding != nil
        else { throw damaged("state \(state.rawValue) without what belongs to it") }
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    private static func hexadecimal(_ bytes: Bytes) -> String {
        bytes.map { hexadecimal(UInt64($0), digits: 2) }.joined()
    }

    private func octets(_ text: String) -> Bytes? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return Bytes(bytes)
    }

    private func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

// MARK: - Disk

extension Identity {
    /// Nil if there is none.
    static func read(_ disk: any Disk) throws(JournalError) -> Identity? {
        let name = JournalFile.identity.name
        do {
            guard try disk.files().contains(name) else { return nil }
            let count = try disk.byteCount(of: name)
            guard count <= 1 << 20 else {
                throw JournalError.damaged(file: name, offset: 0, reason: "\(count) bytes long")
            }
            return try Identity(decoding: try disk.bytes(of: name, offset: 0, count: count))
        } catch let error as DiskError {
            throw .disk(error)
        } catch let error as JournalError {
            throw error
        } catch { preconditionFailure("no other error is thrown above") }
    }

    /// Replaces the file; when this returns, it is durable.
    func write(to disk: any Disk) throws(JournalError) {
        let unfinished = JournalFile.unfinished(.identity).name
        do {
            try disk.perform([
                .create(unfinished), .write(unfinished, offset: 0, bytes: encoded()), .sync(unfinished),
                .rename(unfinished, to: JournalFile.identity.name), .syncDirectory,
            ])
        } catch { throw .disk(error) }
    }
}

extension Disk {
    /// The bytes at `offset`; fewer than `count` only at the end of the file.
    func bytes(of file: String, offset: Int, count: Int) throws(DiskError) -> [UInt8] {
        var failure: DiskError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(DiskError) {
                initialized = try read(file, offset: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}
