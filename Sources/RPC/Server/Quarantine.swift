public import NIOCore

/// When an address is kept out for having broken the rules of HTTP/2 again and again.
public struct QuarantineLimits: Sendable {
    /// So many connections ended for floods or broken frames are overlooked. 20.
    public var offencesMax = 20
    /// How long an offence counts. 10 s.
    public var memory: TimeAmount = .seconds(10)
    /// How long an address is kept out after its last offence. 10 s.
    public var duration: TimeAmount = .seconds(10)

    public init() {}
}

/// The addresses from which connections came that had to be ended for floods or broken frames.
///
/// Ending such a connection costs the server some thousand frames and a handshake; whoever connects again at once could
/// go on like that for ever. No library breaks frames: those that do it twenty times in ten seconds are closed unread
/// for a while. Connections that are open stay open.
struct Quarantine {
    private struct Record {
        var offences: Int
        /// When the offences that are counted began, monotonic nanoseconds.
        var since: Int64
        var last: Int64
    }

    private let limits: QuarantineLimits
    private var records: [Origin: Record] = [:]
    /// An attacker with many addresses must not make the table grow; what is oldest goes.
    static let originsMax = 1_024

    init(_ limits: QuarantineLimits) {
        self.limits = limits
    }

    /// Counts an offence. True if the address is kept out from now on.
    mutating func offend(_ origin: Origin, now: Int64) -> Bool {
        var record = records[origin] ?? Record(offences: 0, since: now, last: now)
        let wasBarred = isBarred(record, now)
        if !wasBarred, now - record.since > limits.memory.nanoseconds {
            record = Record(offences: 0, since: now, last: now)
        }
        record.offences += 1
        record.last = now
        if records[origin] == nil, records.count >= Quarantine.originsMax { forgetOldest() }
        records[origin] = record
        return !wasBarred && isBarred(record, now)
    }

    /// Whether connections from there are closed at once.
    func isBarred(_ origin: Origin, now: Int64) -> Bool {
        guard let record = records[origin] else { return false }
        return isBarred(record, now)
    }

    private func isBarred(_ record: Record, _ now: Int64) -> Bool {
        record.offences > limits.offencesMax && now - record.last < limits.duration.nanoseconds
    }

    private mutating func forgetOldest() {
        if let oldest = records.min(by: { $0.value.last < $1.value.last }) { records[oldest.key] = nil }
    }
}

/// Where a connection comes from: an IPv4 address, or the 64 bits of an IPv6 address that name a network, since whoever
/// has one address there has them all.
struct Origin: Hashable {
    private let bits: UInt64
    private let isV6: Bool

    /// Nil for what is not the internet.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let v4):
            bits = UInt64(UInt32(bigEndian: v4.address.sin_addr.s_addr))
            isV6 = false
        case .v6(let v6):
            let bytes = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
            // An IPv4 address on a socket for both (RFC 4291 section 2.5.5.2).
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            bits = (isMapped ? bytes.suffix(4) : bytes.prefix(8)).reduce(0) { $0 << 8 | UInt64($1) }
            isV6 = !isMapped
        case .unixDomainSocket:
            return nil
        }
    }
}
