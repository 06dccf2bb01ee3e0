/// The circles of a graph, its strongly connected components: two nodes are in one if each is reached from the other.
///
/// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), without recursion, as the graph may be
/// one long chain.
struct Circles {
    private let edges: [String: [String]]
    /// By node: how many were met before it.
    private var order: [String: Int] = [:]
    /// By node: the first met of those open ones that it is known to reach.
    private var lowest: [String: Int] = [:]
    /// Met nodes whose circle is not known yet, in the order in which they were met.
    private var open: [String] = []
    private var circles: [String: Int] = [:]
    private var count = 0

    /// The number of each node's circle, whatever it is.
    static func find(in edges: [String: [String]]) -> [String: Int] {
        var search = Circles(edges: edges)
        for node in edges.keys.sorted() where search.order[node] == nil { search.visit(from: node) }
        return search.circles
    }

    private init(edges: [String: [String]]) { self.edges = edges }

    private mutating func visit(from root: String) {
        // The nodes on the way from the root to where the search is, each with the edges that it has followed.
        var way: [(node: String, followed: Int)] = []
        enter(root)
        way.append((root, 0))
        while let (node, followed) = way.last {
            let targets = edges[node, default: []]
            guard followed < targets.count else {
                way.removeLast()
                leave(node)
                if let parent = way.last?.node { lower(parent, to: lowest[node, default: 0]) }
                continue
            }
            way[way.count - 1].followed += 1
            let target = targets[followed]
            if let met = order[target] {
                if circles[target] == nil { lower(node, to: met) }
            } else {
                enter(target)
                way.append((target, 0))
            }
        }
    }

    private mutating func enter(_ node: String) {
        lowest[node] = order.count
        order[node] = order.count
        open.append(node)
    }

    private mutating func lower(_ node: String, to value: Int) {
        lowest[node] = min(lowest[node, default: value], value)
    }

    /// A node that reaches none before it is the first of its circle, which is what is open from there on.
    private mutating func leave(_ node: String) {
        guard lowest[node] == order[node] else { return }
        while let last = open.popLast() {
            circles[last] = count
            if last == node { break }
        }
        count += 1
    }
}
