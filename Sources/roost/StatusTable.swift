import Messages

/// What the members of an ensemble say of themselves and of each other, as lines for a person.
struct StatusTable {
    /// By position in the list of addresses; nil for a member that does not answer.
    var answers: [(address: String, status: StatusResponse?)]

    var lines: [String] {
        let rows =
            [["MEMBER", "ROLE", "TERM", "LEADER", "REVISION", "DIGEST", "ZNODES", "FORMAT", "HEARTBEATS HEARD"]]
            + answers.map(row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }
    }

    private func row(_ address: String, _ status: StatusResponse?) -> [String] {
        guard let status else { return [address, "no answer", "", "", "", "", "", "", ""] }
        return [
            "\(status.memberID) (\(address))", status.role.word, "\(status.term)",
            status.leaderID == 0 ? "none" : "\(status.leaderID)", "\(status.appliedRevision)",
            String(status.stateDigest, radix: 16), "\(status.znodeCount)", format(status),
            status.members.filter { $0.memberID != status.memberID }.map(heartbeat).joined(separator: ", "),
        ]
    }

    /// The format level in effect, and what this member's release supports if that is more.
    private func format(_ status: StatusResponse) -> String {
        let supported = status.members.first { $0.memberID == status.memberID }?.supportedFormatLevel ?? 0
        return supported > status.formatLevel
            ? "\(status.formatLevel) of \(supported)" : "\(status.formatLevel)"
    }

    private func heartbeat(_ member: Messages.MemberStatus) -> String {
        let age = member.lastHeartbeatAgeMs.map { "\($0) ms" } ?? "never"
        return "\(member.memberID): \(age)\(member.suspected ? " SUSPECTED" : "")"
    }

    /// Whether all members that have applied the same revision hold the same state; nil if no two can be compared.
    var agreement: Bool? {
        var digests: [UInt64: UInt64] = [:]
        var isCompared = false
        for case let status? in answers.map(\.status) {
            if let other = digests.updateValue(status.stateDigest, forKey: status.appliedRevision) {
                isCompared = true
                if other != status.stateDigest { return false }
            }
        }
        return isCompared ? true : nil
    }
}

extension Role {
    var word: String {
        switch self {
        case .follower: "follower"
        case .candidate: "candidate"
        case .leader: "LEADER"
        case .learner: "learner"
        default: "unknown"
        }
    }
}
