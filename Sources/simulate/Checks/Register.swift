import Consensus

/// A znode as clients see it: absent, or present with a value and a version.
///
/// Values are the numbers of the writes that wrote them, so no two writes have the same.
struct Register: Hashable {
    struct Content: Hashable {
        var value: UInt64
        var version: UInt64
    }

    var content: Content?

    static let absent = Register(content: nil)

    /// What a client asks of one znode, or of several.
    enum Call: Hashable {
        case create(UInt64)
        case set(UInt64, expected: UInt64?)
        case delete(expected: UInt64?)
        case read
        indirect case several(MultiCall)
    }

    /// What it was told.
    indirect enum Answer: Hashable {
        /// A write took effect; the version afterwards, for a deletion nil.
        case done(version: UInt64?)
        case found(Content)
        case missing
        case exists
        case wrongVersion
        /// Several calls took effect.
        case settled(MultiCall.Outcome)
        /// None of several calls took effect, for this one would have had that answer.
        case stepFailed(Int, Answer)
    }

    /// Carries out a `call` that is about this znode alone. Total: every call has one answer in every state.
    mutating func apply(_ call: Call) -> Answer {
        switch call {
        case .create(let value):
            guard content == nil else { return .exists }
            content = Content(value: value, version: 0)
            return .done(version: 0)
        case .set(let value, let expected):
            guard let old = content else { return .missing }
            guard expected == nil || expected == old.version else { return .wrongVersion }
            content = Content(value: value, version: old.version + 1)
            return .done(version: old.version + 1)
        case .delete(let expected):
            guard let old = content else { return .missing }
            guard expected == nil || expected == old.version else { return .wrongVersion }
            content = nil
            return .done(version: nil)
        case .read:
            guard let content else { return .missing }
            return .found(content)
        case .several:
            preconditionFailure("several calls are no call of one znode")
        }
    }
}
