/// The claims of a lock, in the order in which they get it, in one version of the state.
///
/// A claim is an ephemeral child of the lock whose name says so, with the digits of the very revision that created it:
/// nobody makes one up by creating znodes. Other children are none of the lock's business.
struct ClaimQueue {
    private let root: Node
    private let path: String

    init(root: Node, path: String) {
        self.root = root
        self.path = path
    }

    /// A claim where it lies.
    struct Item {
        var name: ClaimName
        var entry: Entry
        var stat: ZnodeStat
        var session: SessionID
        /// Whether it holds the lock.
        var isHeld: Bool
    }

    /// Calls `body` for the claims in order, until it returns false. At most ``Limits/claimsPerLockMax`` children are
    /// looked at: those behind them hold nothing.
    func walk(_ body: (Item) -> Bool) {
        var grants = LockGrants()
        var room = Limits.claimsPerLockMax
        Children(of: path, in: root).walk(from: "0") { name, entry in
            // 20 digits of 64 bits begin with 0 or 1.
            guard room > 0, let first = name.first, first <= UInt8(ascii: "1") else { return false }
            room -= 1
            guard let item = item(name, entry) else { return true }
            var granted = item
            granted.isHeld = grants.grant(item.name.mode)
            return body(granted)
        }
    }

    /// The first claim; nil if there is none.
    var first: Item? {
        var first: Item?
        walk {
            first = $0
            return false
        }
        return first
    }

    /// The claim with that token, whether it holds the lock being left open.
    func find(token: UInt64) -> Item? {
        var found: Item?
        let digits = Limits.sequenceDigits(token)
        Children(of: path, in: root).walk(from: digits) { name, entry in
            guard name.starts(with: digits.utf8) else { return false }
            found = item(name, entry)
            return found == nil
        }
        return found
    }

    /// Whether the claim with that token is there, and holds the lock.
    func holds(token: UInt64) -> Bool {
        var isHeld = false
        walk { item in
            isHeld = item.isHeld && item.name.token == token
            return item.isHeld && item.name.token < token
        }
        return isHeld
    }

    private func item(_ name: UnsafeRawBufferPointer, _ entry: Entry) -> Item? {
        guard let claim = ClaimName(name) else { return nil }
        let stat = ZnodeStat(entry)
        guard case .ephemeral(let session) = stat.lifetime, stat.createdRevision.rawValue == claim.token else {
            return nil
        }
        return Item(name: claim, entry: entry, stat: stat, session: session, isHeld: false)
    }
}
