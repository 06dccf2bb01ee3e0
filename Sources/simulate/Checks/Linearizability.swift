import Consensus

/// Whether a history of one znode is linearizable (Herlihy and Wing, 1990): whether each call can be given a moment
/// between its invocation and its return so that the calls, one after the other, explain every answer.
///
/// The search is Wing and Gong's (1993) with Lowe's memory of the configurations that were tried ("Testing for
/// linearizability", 2017). Histories are checked znode by znode, which is as good as all at once: linearizability is
/// local.
struct LinearizabilityChecker {
    enum Verdict: Equatable {
        case linearizable
        /// No order explains the history. The calls in the longest explanation that was found, in that order.
        case violated(longest: [Int])
        /// The search was given up after so many steps.
        case undecided
    }

    /// A moment at which a call begins or ends.
    private struct Node {
        var operation: Int
        var isReturn: Bool
        var next: Int
        var previous: Int
    }

    private struct Configuration: Hashable {
        var done: [UInt64]
        var state: Register
    }

    private let operations: [RegisterOperation]
    /// Invocations and returns in the order of time, linked; 0 is before the first.
    private var nodes: [Node] = []
    private var returnNode: [Int]
    private var done: [UInt64]
    private var tried: Set<Configuration> = []
    private var stepsLeft: Int

    init(_ operations: [RegisterOperation], stepsMax: Int = 2_000_000) {
        self.operations = operations
        stepsLeft = stepsMax
        returnNode = Array(repeating: -1, count: operations.count)
        done = Array(repeating: 0, count: (operations.count + 63) / 64)
        link()
    }

    private mutating func link() {
        var moments: [(time: Int64, isReturn: Bool, operation: Int)] = []
        for (index, operation) in operations.enumerated() {
            moments.append((operation.invoked.nanoseconds, false, index))
            if let outcome = operation.outcome { moments.append((outcome.returned.nanoseconds, true, index)) }
        }
        // Of two moments at the same time the invocation comes first: the calls then overlap, which allows more.
        moments.sort {
            ($0.time, $0.isReturn ? 1 : 0, $0.operation) < ($1.time, $1.isReturn ? 1 : 0, $1.operation)
        }
        nodes.append(Node(operation: -1, isReturn: false, next: -1, previous: -1))
        for moment in moments {
            let index = nodes.count
            nodes[index - 1].next = index
            nodes.append(
                Node(operation: moment.operation, isReturn: moment.isReturn, next: -1, previous: index - 1))
            if moment.isReturn { returnNode[moment.operation] = index }
        }
    }

    mutating func check(from initial: Register = .absent) -> Verdict {
        var state = initial
        var taken: [(node: Int, before: Register)] = []
        var longest: [Int] = []
        var completedLeft = operations.count { $0.outcome != nil }
        var current = nodes[0].next
        while completedLeft > 0 {
            stepsLeft -= 1
            guard stepsLeft > 0 else { return .undecided }
            if current != -1, !nodes[current].isReturn {
                let operation = nodes[current].operation
                if let next = successor(of: state, by: operation) {
                    taken.append((current, state))
                    state = next
                    lift(current)
                    if operations[operation].outcome != nil { completedLeft -= 1 }
                    if taken.count > longest.count { longest = taken.map { nodes[$0.node].operation } }
                    current = nodes[0].next
                } else {
                    current = nodes[current].next
                }
                continue
            }
            // A call has returned that no order tried so far has taken in (or only unknown ones are left): back.
            guard let last = taken.popLast() else { return .violated(longest: longest) }
            let operation = nodes[last.node].operation
            state = last.before
            unlift(last.node)
            if operations[operation].outcome != nil { completedLeft += 1 }
            current = nodes[last.node].next
        }
        return .linearizable
    }

    /// The state after `operation`, if its answer fits and that configuration is new. Marks it as done.
    private mutating func successor(of state: Register, by operation: Int) -> Register? {
        var next = state
        let answer = next.apply(operations[operation].call)
        if let outcome = operations[operation].outcome {
            guard outcome.answer == answer else { return nil }
        } else if next == state {
            // A call without effect explains nothing: leaving it out is the same.
            return nil
        }
        done[operation / 64] |= 1 << UInt64(operation % 64)
        if tried.insert(Configuration(done: done, state: next)).inserted { return next }
        done[operation / 64] &= ~(1 << UInt64(operation % 64))
        return nil
    }

    private mutating func lift(_ node: Int) {
        unlink(node)
        let end = returnNode[nodes[node].operation]
        if end != -1 { unlink(end) }
    }

    private mutating func unlift(_ node: Int) {
        let operation = nodes[node].operation
        done[operation / 64] &= ~(1 << UInt64(operation % 64))
        let end = returnNode[operation]
        if end != -1 { relink(end) }
        relink(node)
    }

    private mutating func unlink(_ node: Int) {
        let (previous, next) = (nodes[node].previous, nodes[node].next)
        nodes[previous].next = next
        if next != -1 { nodes[next].previous = previous }
    }

    private mutating func relink(_ node: Int) {
        let (previous, next) = (nodes[node].previous, nodes[node].next)
        nodes[previous].next = node
        if next != -1 { nodes[next].previous = node }
    }
}
