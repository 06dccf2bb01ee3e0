/// How long a znode lives. See `roost.v1.ZnodeKind`.
public enum Lifetime: Hashable, Sendable {
    /// Until it is deleted.
    case persistent
    /// Until it is deleted or its session ends.
    case ephemeral(SessionID)
    /// Until it is deleted or its last child is.
    case container
    /// Until it is deleted, or has no children and was not set for so many milliseconds of log time.
    case ttl(milliseconds: UInt64, since: LogTime)

    /// When a TTL znode without children is due to be deleted; nil for any other znode.
    var deadline: LogTime? {
        guard case .ttl(let milliseconds, let since) = self else { return nil }
        return since.advanced(byMilliseconds: milliseconds)
    }

    /// The lifetime of a znode that is set at `logTime`.
    func renewed(at logTime: LogTime) -> Lifetime {
        guard case .ttl(let milliseconds, _) = self else { return self }
        return .ttl(milliseconds: milliseconds, since: logTime)
    }

    // MARK: Bytes

    /// As the table in ``ZnodeStat`` says. A persistent znode has none.
    func encode(to sink: inout ByteSink) {
        switch self {
        case .persistent:
            preconditionFailure("the lifetime of a persistent znode is not written")
        case .ephemeral(let session):
            sink.byte(1)
            sink.varint(session.rawValue)
        case .container:
            sink.byte(2)
        case .ttl(let milliseconds, let since):
            sink.byte(3)
            sink.varint(milliseconds)
            sink.varint(since.nanoseconds)
        }
    }

    /// Reads what ``encode(to:)`` wrote. `source` tells whether that was well-formed.
    init(from source: inout ByteSource) {
        switch source.byte() {
        case 1:
            self = .ephemeral(SessionID(source.varint()))
        case 2:
            self = .container
        case 3:
            let milliseconds = source.varint()
            self = .ttl(milliseconds: milliseconds, since: LogTime(nanoseconds: source.varint()))
        default:
            source.fail()
            self = .persistent
        }
    }
}

extension LogTime {
    /// Later by so much. The end of time, more than 500 years off, is as late as it gets.
    func advanced(byMilliseconds milliseconds: UInt64) -> LogTime {
        let (span, isLonger) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isLater) = nanoseconds.addingReportingOverflow(span)
        return LogTime(nanoseconds: isLonger || isLater ? .max : sum)
    }
}
