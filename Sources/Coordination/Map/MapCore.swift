import Synchronization

/// What the writer and the readers of a map share.
///
/// **Publishing and pinning.** The writer stores the new root, then the new version number, both sequentially
/// consistent. A reader loads the version number `v`, stores it in its slot, and then loads the root, all sequentially
/// consistent; the root it gets is of version `v` or later. What was replaced while version `n` was made can be reached
/// from versions before `n` only. The writer frees it once no slot holds a number below `n`:
/// - a slot that holds `v < n` when the writer looks keeps it from being freed;
/// - a slot store that the writer's look did not see comes after that look in the one order of all sequentially
///   consistent operations, hence after the store of root `n`; the reader's load of the root comes later still, so it
///   gets version `n` or later, from which the freed thing cannot be reached.
///
/// A reader clears its slot with a releasing store and the writer looks with acquiring loads, so whatever the reader
/// read happens before the free.
final class MapCore: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `shared` and `slots` point to memory that lives as long as this object and hold
    // nothing but atomics after `init`; what the root points to is never changed after its publication and freed only
    // as described above. `leftovers` is written by the writer's `deinit` and read by this object's, which comes after.
    struct Shared: ~Copyable {
        let root: Atomic<UnsafeMutablePointer<MapRecord>>
        let version: Atomic<UInt64>
    }

    let shared: UnsafeMutablePointer<Shared>
    let slots: ReaderSlots
    /// What the writer had not freed yet when it ended.
    private var leftovers: RetiredQueue?

    init(root: UnsafeMutablePointer<MapRecord>) {
        shared = .allocate(capacity: 1)
        shared.initialize(to: Shared(root: Atomic(root), version: Atomic(root.pointee.version)))
        slots = ReaderSlots()
    }

    deinit {
        var queue = leftovers ?? RetiredQueue()
        let record = shared.pointee.root.load(ordering: .acquiring)
        queue.retireTree(record.pointee.root, version: 0)
        queue.retire(record, version: 0)
        queue.freeAll()
        shared.deinitialize(count: 1)
        shared.deallocate()
        slots.free()
    }

    func adopt(_ queue: consuming RetiredQueue) { leftovers = queue }
}

/// What a published version consists of, immutable once published.
struct MapRecord {
    var version: UInt64
    var root: Node
    /// The number of entries.
    var count: UInt64
    var digest: MapDigest
    /// Chosen by the map's owner: the log position and log time that the version stands for.
    var tag: Tag

    struct Tag: Equatable {
        var revision: UInt64 = 0
        var time: UInt64 = 0
    }
}

/// A digest of a set of entries that does not depend on their order: two sums, modulo 2^64, of functions of each
/// entry's hash. Adding and removing an entry costs the same whatever the map's size (Bellare and Micciancio's
/// incremental hashing, with a hash that resists accidents, not attackers).
struct MapDigest: Equatable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0

    @inline(__always) mutating func add(_ hash: UInt64) {
        first &+= hash
        second &+= RawBytes.mix(hash)
    }

    @inline(__always) mutating func subtract(_ hash: UInt64) {
        first &-= hash
        second &-= RawBytes.mix(hash)
    }

    /// Both sums in 64 bits.
    var folded: UInt64 { RawBytes.mix(RawBytes.mix(first) &+ second) }
}
