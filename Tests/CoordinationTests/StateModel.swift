import ByteString

@testable import Coordination

/// What a ``Coordination`` should do, written down as plainly as possible.
struct StateModel {
    struct Node: Equatable {
        var data: [UInt8] = []
        var version: UInt64 = 0
        var childrenVersion: UInt64 = 0
        var created: UInt64 = 0
        var modified: UInt64 = 0
        var childrenRevision: UInt64 = 0
        var children: [String] = []
    }

    var nodes: [String: Node] = ["/": Node()]
    var events: [ZnodeEvent] = []
    /// Never forgets; by client and sequence.
    var outcomes: [RequestIdentity: Outcome] = [:]

    struct Outcome: Equatable {
        var reason: Reason?
        var revision: UInt64
        var version: UInt64?
    }

    static func parent(of path: String) -> String {
        let last = path.lastIndex(of: "/") ?? path.startIndex
        return last == path.startIndex ? "/" : String(path[..<last])
    }

    static func name(of path: String) -> String {
        String(path[(path.lastIndex(of: "/") ?? path.startIndex)...].dropFirst())
    }

    mutating func apply(_ command: Command, at revision: UInt64) -> Outcome {
        if let id = command.requestID, let known = outcomes[id] { return known }
        let outcome = execute(command, at: revision)
        if let id = command.requestID { outcomes[id] = outcome }
        return outcome
    }

    private mutating func execute(_ command: Command, at revision: UInt64) -> Outcome {
        guard case .znode(let change) = command.action else { preconditionFailure("the model knows znodes only") }
        let path = change.path
        let parent = Self.parent(of: path)
        func refusal(_ reason: Reason) -> Outcome { Outcome(reason: reason, revision: revision, version: nil) }
        switch change.operation {
        case .create(let creation):
            let data = creation.data
            if nodes[path] != nil { return refusal(.znodeExists) }
            guard nodes[parent] != nil else { return refusal(.parentNotFound) }
            nodes[path] = Node(
                data: Array(data), created: revision, modified: revision, childrenRevision: revision)
            changeChildren(of: parent, at: revision) { $0 = ($0 + [Self.name(of: path)]).sorted(by: Self.precedes) }
            record(.created, path, 0, data, revision)
            return Outcome(reason: nil, revision: revision, version: 0)
        case .set(let data, let expected):
            guard var node = nodes[path] else { return refusal(.znodeNotFound) }
            if let expected, expected != node.version { return refusal(.versionMismatch) }
            node.data = Array(data)
            node.version += 1
            node.modified = revision
            nodes[path] = node
            record(.changed, path, node.version, data, revision)
            return Outcome(reason: nil, revision: revision, version: node.version)
        case .delete(let expected, let isRecursive):
            if path == "/" { return refusal(.rootImmutable) }
            guard let node = nodes[path] else { return refusal(.znodeNotFound) }
            if let expected, expected != node.version { return refusal(.versionMismatch) }
            guard isRecursive || node.children.isEmpty else { return refusal(.znodeHasChildren) }
            let below = nodes.keys.filter { $0.hasPrefix(path + "/") }.sorted { Self.precedes($1, $0) }
            for path in below + [path] { delete(path, revision) }
            return Outcome(reason: nil, revision: revision, version: nil)
        }
    }

    private mutating func delete(_ path: String, _ revision: UInt64) {
        guard let node = nodes.removeValue(forKey: path) else { return }
        changeChildren(of: Self.parent(of: path), at: revision) { $0.removeAll { $0 == Self.name(of: path) } }
        record(.deleted, path, node.version, Bytes(), revision)
    }

    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    private mutating func changeChildren(of path: String, at revision: UInt64, _ change: (inout [String]) -> Void) {
        guard var node = nodes[path] else { return }
        change(&node.children)
        node.childrenVersion += 1
        node.childrenRevision = revision
        nodes[path] = node
    }

    private mutating func record(
        _ kind: ZnodeEvent.Kind, _ path: String, _ version: UInt64, _ data: Bytes, _ revision: UInt64
    ) {
        events.append(
            ZnodeEvent(kind: kind, path: path, revision: Revision(revision), version: version, data: data))
    }
}

/// Random commands on a small tree, so that they meet each other often.
struct CommandGenerator {
    var generator: SplitMix
    /// Of this many deletions one is recursive; 0 for none.
    var recursiveShare = 0
    private var sequences: [UInt64] = [0, 0, 0]
    private var sent: [Command] = []

    init(seed: UInt64) { generator = SplitMix(seed: seed) }

    mutating func next() -> Command {
        if !sent.isEmpty && generator.below(6) == 0 { return sent[generator.below(sent.count)] }
        var command = Command(path: path(), operation: operation())
        if generator.below(2) == 0 {
            let client = generator.below(3)
            sequences[client] += UInt64(1 + generator.below(3))
            command.requestID = RequestIdentity(client: "client \(client)", sequence: sequences[client])
            sent.append(command)
        }
        return command
    }

    private mutating func path() -> String {
        let names = ["a", "a-b", "b", "é", "x"]
        let depth = generator.below(20) == 0 ? 0 : 1 + generator.below(4)
        return depth == 0 ? "/" : (0..<depth).map { _ in "/" + names[generator.below(names.count)] }.joined()
    }

    private mutating func operation() -> ZnodeChange.Operation {
        let expected: UInt64? = generator.below(3) == 0 ? UInt64(generator.below(3)) : nil
        switch generator.below(6) {
        case 0..<3: return .create(data: data())
        case 3..<5: return .set(data: data(), expectedVersion: expected)
        default:
            let isRecursive = recursiveShare > 0 && generator.below(recursiveShare) == 0
            return .delete(expectedVersion: expected, isRecursive: isRecursive)
        }
    }

    private mutating func data() -> Bytes {
        Bytes(generator.bytes(generator.below(30) == 0 ? 3000 : generator.below(40)))
    }
}
