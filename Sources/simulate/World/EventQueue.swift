import Consensus

/// What is to happen, by time; of two things at the same time the one that was scheduled first comes first. That, and
/// nothing else, is the order of a simulation.
struct EventQueue<Event> {
    private struct Key {
        var time: Int64
        var sequence: UInt64
        var slot: Int

        @inline(__always)
        static func < (left: Key, right: Key) -> Bool {
            left.time != right.time ? left.time < right.time : left.sequence < right.sequence
        }
    }

    /// A binary heap of small keys; the events themselves stay where they are.
    private var heap: [Key] = []
    private var slots: [Event?] = []
    private var free: [Int] = []
    private var lastSequence: UInt64 = 0

    var count: Int { heap.count }
    var nextTime: Instant? { heap.first.map { Instant(nanoseconds: $0.time) } }

    mutating func schedule(_ event: Event, at time: Instant) {
        let slot: Int
        if let reused = free.popLast() {
            slots[reused] = event
            slot = reused
        } else {
            slot = slots.count
            slots.append(event)
        }
        lastSequence += 1
        heap.append(Key(time: time.nanoseconds, sequence: lastSequence, slot: slot))
        siftUp(heap.count - 1)
    }

    mutating func pop() -> (time: Instant, event: Event)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        guard let event = slots[first.slot].take() else { preconditionFailure("a scheduled event is gone") }
        free.append(first.slot)
        return (Instant(nanoseconds: first.time), event)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
