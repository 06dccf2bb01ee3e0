/// How a claim shares its lock with others. See `roost.v1.LockMode`.
public enum LockMode: Hashable, Sendable {
    case exclusive
    case shared
    /// So many permits of a semaphore that has `capacity` in all.
    case permits(UInt32, capacity: UInt32)

    /// Whether claims of both kinds may be in one queue.
    func agrees(with other: LockMode) -> Bool {
        switch (self, other) {
        case (.permits(_, let capacity), .permits(_, let otherCapacity)): capacity == otherCapacity
        case (.permits, _), (_, .permits): false
        default: true
        }
    }
}

/// Goes through a lock's queue from the first claim on, and tells which of them hold it: those that go together, up to
/// the first that does not go with those before it. Whoever comes later waits behind that one, so that nobody waits for
/// ever.
///
/// A claim that holds the lock goes on holding it, for only claims before it can be in its way, and none comes there.
struct LockGrants {
    /// What the claims so far have in common; nil if there are none.
    private var mode: LockMode?
    private var permitsTaken: UInt64 = 0
    private(set) var isClosed = false

    /// Takes in the next claim.
    ///
    /// - Returns: whether it holds the lock.
    mutating func grant(_ next: LockMode) -> Bool {
        guard !isClosed else { return false }
        guard let first = mode else {
            mode = next
            if case .permits(let count, _) = next { permitsTaken = UInt64(count) }
            return true
        }
        switch (first, next) {
        case (.shared, .shared):
            return true
        case (.permits(_, let capacity), .permits(let count, _))
        where first.agrees(with: next) && permitsTaken + UInt64(count) <= UInt64(capacity):
            permitsTaken += UInt64(count)
            return true
        default:
            isClosed = true
            return false
        }
    }
}

/// A claim's name: `<20 digits>-<mode>`, and after another `-` the owner, if there is one. The digits are the revision
/// that created the claim, the mode is `exclusive`, `shared` or, such as `2of5`, permits. Nothing of that can be
/// changed while the claim is there, whoever writes to it.
struct ClaimName {
    var token: UInt64
    var mode: LockMode
    /// It lies in the bytes that were parsed.
    var owner: UnsafeRawBufferPointer

    private static let dash = UInt8(ascii: "-")
    private static let digitCount = 20
    /// The longest name of a mode.
    private static let modeBytesMax = 16

    static func text(token: UInt64, mode: LockMode, owner: String) -> String {
        let modeText =
            switch mode {
            case .exclusive: "exclusive"
            case .shared: "shared"
            case .permits(let count, let capacity): "\(count)of\(capacity)"
            }
        return Limits.sequenceDigits(token) + "-" + modeText + (owner.isEmpty ? "" : "-" + owner)
    }

    /// Nil if it is the name of no claim.
    init?(_ name: UnsafeRawBufferPointer) {
        guard name.count > ClaimName.digitCount + 1, name[ClaimName.digitCount] == ClaimName.dash,
            let token = Limits.sequenceNumber(UnsafeRawBufferPointer(rebasing: name[..<ClaimName.digitCount]))
        else { return nil }
        let rest = name[(ClaimName.digitCount + 1)...]
        let end = rest.prefix(ClaimName.modeBytesMax + 1).firstIndex(of: ClaimName.dash)
        guard let mode = ClaimName.mode(rest[..<(end ?? rest.endIndex)]) else { return nil }
        self.token = token
        self.mode = mode
        let owner = end.map { rest[($0 + 1)...] } ?? rest[rest.endIndex...]
        guard end == nil || !owner.isEmpty else { return nil }
        self.owner = UnsafeRawBufferPointer(rebasing: owner)
    }

    private static func mode(_ text: Slice<UnsafeRawBufferPointer>) -> LockMode? {
        if text.elementsEqual("exclusive".utf8) { return .exclusive }
        if text.elementsEqual("shared".utf8) { return .shared }
        guard let split = text.firstIndex(of: UInt8(ascii: "o")),
            text[split...].prefix(2).elementsEqual("of".utf8),
            let count = number(text[..<split]), let capacity = number(text[(split + 2)...]),
            1...capacity ~= count, capacity <= Limits.permitsMax
        else { return nil }
        return .permits(count, capacity: capacity)
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt32? {
        Limits.number(UnsafeRawBufferPointer(rebasing: digits)).flatMap { UInt32(exactly: $0) }
    }
}
