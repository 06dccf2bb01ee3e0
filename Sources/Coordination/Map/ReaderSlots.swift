import Synchronization

/// Where readers announce which version they are reading, so that the writer knows what it may free.
///
/// A slot is claimed once per reader and lies in a cache line pair of its own. Slots come in blocks that are linked and
/// never given back before the map itself: a list that only grows can be walked without a lock.
struct ReaderSlots {
    /// The value of a slot whose reader reads nothing.
    static let idle = UInt64.max

    struct Slot: ~Copyable {
        /// The version announced, or ``ReaderSlots/idle``.
        let version = Atomic<UInt64>(ReaderSlots.idle)
        let isClaimed = Atomic<Bool>(false)
    }

    private struct Block: ~Copyable {
        let next = Atomic<UnsafeMutablePointer<Block>?>(nil)
        let slots: UnsafeMutableRawPointer
    }

    static let slotsPerBlock = 16
    /// Two cache lines: the second one is fetched along with the first.
    private static let stride = 128

    private let first: UnsafeMutablePointer<Block>

    init() { first = ReaderSlots.makeBlock() }

    /// Frees all blocks. Nobody may use a slot afterwards.
    func free() {
        var block: UnsafeMutablePointer<Block>? = first
        while let current = block {
            block = current.pointee.next.load(ordering: .acquiring)
            for index in 0..<ReaderSlots.slotsPerBlock {
                ReaderSlots.slot(current.pointee.slots, index).deinitialize(count: 1)
            }
            current.pointee.slots.deallocate()
            current.deinitialize(count: 1)
            current.deallocate()
        }
    }

    /// A slot for one reader, from any thread.
    func claim() -> UnsafeMutablePointer<Slot> {
        var block = first
        while true {
            for index in 0..<ReaderSlots.slotsPerBlock {
                let slot = ReaderSlots.slot(block.pointee.slots, index)
                if slot.pointee.isClaimed.load(ordering: .relaxed) { continue }
                let (claimed, _) = slot.pointee.isClaimed.compareExchange(
                    expected: false, desired: true, ordering: .acquiringAndReleasing)
                if claimed { return slot }
            }
            block = ReaderSlots.next(after: block)
        }
    }

    static func release(_ slot: UnsafeMutablePointer<Slot>) {
        slot.pointee.version.store(idle, ordering: .releasing)
        slot.pointee.isClaimed.store(false, ordering: .releasing)
    }

    /// The oldest version that a reader may be reading; ``idle`` if none reads.
    ///
    /// Sequentially consistent on purpose: see ``MapCore``.
    func oldestVersion() -> UInt64 {
        var oldest = ReaderSlots.idle
        var block: UnsafeMutablePointer<Block>? = first
        while let current = block {
            for index in 0..<ReaderSlots.slotsPerBlock {
                let slot = ReaderSlots.slot(current.pointee.slots, index)
                oldest = min(oldest, slot.pointee.version.load(ordering: .sequentiallyConsistent))
            }
            block = current.pointee.next.load(ordering: .sequentiallyConsistent)
        }
        return oldest
    }

    // MARK: Blocks

    private static func slot(_ slots: UnsafeMutableRawPointer, _ index: Int) -> UnsafeMutablePointer<Slot> {
        (slots + index * stride).assumingMemoryBound(to: Slot.self)
    }

    private static func makeBlock() -> UnsafeMutablePointer<Block> {
        let slots = UnsafeMutableRawPointer.allocate(byteCount: stride * slotsPerBlock, alignment: stride)
        for index in 0..<slotsPerBlock {
            (slots + index * stride).bindMemory(to: Slot.self, capacity: 1).initialize(to: Slot())
        }
        let block = UnsafeMutablePointer<Block>.allocate(capacity: 1)
        block.initialize(to: Block(slots: slots))
        return block
    }

    /// The block after this one; links a new one if there is none.
    private static func next(after block: UnsafeMutablePointer<Block>) -> UnsafeMutablePointer<Block> {
        if let next = block.pointee.next.load(ordering: .acquiring) { return next }
        let fresh = makeBlock()
        let (linked, existing) = block.pointee.next.compareExchange(
            expected: nil, desired: fresh, ordering: .sequentiallyConsistent)
        if linked { return fresh }
        for index in 0..<slotsPerBlock { slot(fresh.pointee.slots, index).deinitialize(count: 1) }
        fresh.pointee.slots.deallocate()
        fresh.deinitialize(count: 1)
        fresh.deallocate()
        guard let existing else { preconditionFailure("a link that was not empty has no target") }
        return existing
    }
}
