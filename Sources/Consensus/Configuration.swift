public import ByteString

/// The ensemble's members, as an entry of the log or a snapshot says.
public struct Configuration: Hashable, Sendable {
    /// By ascending id, each id once.
    public private(set) var members: [Member]

    /// A member as the ensemble knows it.
    public struct Member: Hashable, Sendable {
        public var id: MemberID
        /// The data directory that this member was admitted with. Votes and acknowledgements from another do not count.
        public var storage: StorageID
        public var role: Role
        /// Where other members reach it: `host:port`.
        public var peerAddress: String
        /// Where clients reach it: `host:port`.
        public var clientAddress: String

        public init(id: MemberID, storage: StorageID, role: Role, peerAddress: String, clientAddress: String) {
            self.id = id
            self.storage = storage
            self.role = role
            self.peerAddress = peerAddress
            self.clientAddress = clientAddress
        }
    }

    /// Whether a member votes.
    public enum Role: UInt8, Sendable {
        case voter = 1
        case learner = 2
    }

    /// - Precondition: no id occurs twice.
    public init(members: [Member]) {
        self.members = members.sorted { $0.id < $1.id }
        for (left, right) in zip(self.members, self.members.dropFirst()) {
            precondition(left.id != right.id, "member \(left.id) twice")
        }
    }

    public subscript(id: MemberID) -> Member? {
        members.first { $0.id == id }
    }

    public var voters: [MemberID] {
        members.filter { $0.role == .voter }.map(\.id)
    }

    /// The data directories whose votes count, by ascending id of their members.
    public var votingDirectories: [StorageID] {
        members.filter { $0.role == .voter }.map(\.storage)
    }

    /// More than half of the voters: 2 of 3, 3 of 4, 3 of 5.
    public var quorum: Int {
        members.count { $0.role == .voter } / 2 + 1
    }
}

// MARK: - Bytes

/// Why bytes are no configuration.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension Configuration {
    /// Format level 1, little-endian: `u8 1 | u16 count | members`; a member is
    /// `u64 id | u64 storage | u8 role | u16 length, peer address | u16 length, client address`.
    public func encoded() -> Bytes {
        var bytes: [UInt8] = [1]
        append(UInt16(members.count), to: &bytes)
        for member in members {
            append(member.id.rawValue, to: &bytes)
            append(member.storage.rawValue, to: &bytes)
            bytes.append(member.role.rawValue)
            for address in [member.peerAddress, member.clientAddress] {
                append(UInt16(address.utf8.count), to: &bytes)
                bytes.append(contentsOf: address.utf8)
            }
        }
        return Bytes(bytes)
    }

    /// Reads what ``encoded()`` wrote; anything else is an error.
    public init(decoding bytes: Bytes) throws(ConfigurationError) {
        var reader = Reader(bytes: bytes)
        guard try reader.integer(UInt8.self) == 1 else {
            throw ConfigurationError(description: "unknown configuration format")
        }
        let count = try reader.integer(UInt16.self)
        var members: [Member] = []
        for _ in 0..<count {
            let id = try reader.integer(UInt64.self)
            let storage = try reader.integer(UInt64.self)
            let role = Role(rawValue: try reader.integer(UInt8.self))
            let peerAddress = try reader.text()
            let clientAddress = try reader.text()
            guard id != 0, let role, members.last.map({ $0.id.rawValue < id }) ?? true else {
                throw ConfigurationError(description: "a member without an id, out of order, or with an unknown role")
            }
            members.append(
                Member(
                    id: MemberID(id), storage: StorageID(storage), role: role, peerAddress: peerAddress,
                    clientAddress: clientAddress))
        }
        guard reader.isAtEnd else { throw ConfigurationError(description: "bytes after the last member") }
        self.members = members
    }

    private func append<Integer: FixedWidthInteger>(_ value: Integer, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private struct Reader {
        let bytes: Bytes
        var offset = 0

        var isAtEnd: Bool { offset == bytes.count }

        mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(ConfigurationError) -> Integer {
            let size = MemoryLayout<Integer>.size
            guard bytes.count - offset >= size else { throw ConfigurationError(description: "cut short") }
            defer { offset += size }
            return bytes.withUnsafeBytes {
                Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self))
            }
        }

        mutating func text() throws(ConfigurationError) -> String {
            let count = Int(try integer(UInt16.self))
            guard bytes.count - offset >= count else { throw ConfigurationError(description: "cut short") }
            defer { offset += count }
            guard let text = String(validating: bytes.slice(offset: offset, count: count), as: UTF8.self) else {
                throw ConfigurationError(description: "an address that is no UTF-8")
            }
            return text
        }
    }
}
