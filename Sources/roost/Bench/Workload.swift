import ArgumentParser
import ByteString
import Messages
import Protobuf
import RPC
import Stubs

/// What a benchmark asks for, over and over.
enum Workload: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Sets a random key's data.
    case write
    /// Reads a random key from the member's own state.
    case read
    /// Reads a random key with every write acknowledged before.
    case linearizableRead = "linearizable-read"
    /// Nine reads of the member's own state to one write.
    case mix90
    /// Creates a new znode.
    case create
}

/// The znodes of a benchmark.
struct BenchTree: Sendable {
    static let root = "/bench"
    /// How many keys there are below the root.
    let keyCount: Int
    /// The length of their data in bytes.
    let dataBytes: Int

    func path(ofKey key: Int) -> String { "\(Self.root)/k\(key)" }

    /// Printable bytes, the same in every run.
    var data: Bytes {
        Bytes(count: dataBytes) { buffer in
            for index in buffer.indices { buffer[index] = UInt8(ascii: "a") + UInt8(index % 26) }
        }
    }
}

/// One request after the other. Requests that are sent again and again are encoded once, in advance.
struct OperationSource {
    struct Operation {
        var path: MethodPath
        var request: Bytes
    }

    private let workload: Workload
    private let tree: BenchTree
    private let newParent: String
    private var reads: [Bytes] = []
    private var writes: [Bytes] = []
    /// The same as operations of a stream.
    private var streamReads: [StreamOperation] = []
    private var streamWrites: [StreamOperation] = []
    private var createdCount = 0
    private var random: UInt64

    /// - Parameter newParent: the znode below which new ones are created; nobody else creates any there.
    init(_ workload: Workload, on tree: BenchTree, newParent: String, seed: UInt64) throws(WireError) {
        self.workload = workload
        self.tree = tree
        self.newParent = newParent
        random = seed | 1
        let data = tree.data
        for key in 0..<tree.keyCount {
            if workload == .write || workload == .mix90 {
                var request = SetRequest()
                request.path = tree.path(ofKey: key)
                request.data = data
                writes.append(try request.encodedBytes())
                streamWrites.append(StreamOperation(what: .set(request)))
            }
            if workload == .read || workload == .linearizableRead || workload == .mix90 {
                var request = GetRequest()
                request.path = tree.path(ofKey: key)
                request.level = workload == .linearizableRead ? .linearizable : .serializable
                reads.append(try request.encodedBytes())
                streamReads.append(StreamOperation(what: .get(request)))
            }
        }
    }

    /// The next operation.
    mutating func next() -> Operation {
        switch workload {
        case .write: write()
        case .read, .linearizableRead: read()
        case .mix90: draw(below: 10) == 0 ? write() : read()
        case .create: create()
        }
    }

    /// The next one, for a stream.
    mutating func nextOnStream() -> StreamOperation {
        switch workload {
        case .write: streamWrites[draw(below: tree.keyCount)]
        case .read, .linearizableRead: streamReads[draw(below: tree.keyCount)]
        case .mix90: (draw(below: 10) == 0 ? streamWrites : streamReads)[draw(below: tree.keyCount)]
        case .create: StreamOperation(what: .create(newCreation()))
        }
    }

    private mutating func write() -> Operation {
        Operation(path: Store.Methods.set.path, request: writes[draw(below: tree.keyCount)])
    }

    private mutating func read() -> Operation {
        Operation(path: Store.Methods.get.path, request: reads[draw(below: tree.keyCount)])
    }

    private mutating func newCreation() -> CreateRequest {
        createdCount += 1
        return CreateRequest(path: "\(newParent)/\(createdCount)", data: tree.data)
    }

    private mutating func create() -> Operation {
        do {
            return Operation(path: Store.Methods.create.path, request: try newCreation().encodedBytes())
        } catch {
            preconditionFailure("a path of printable characters was not encoded: \(error)")
        }
    }

    /// Marsaglia's xorshift64: even enough for choosing keys, and next to free.
    private mutating func draw(below bound: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int((random >> 16) % UInt64(bound))
    }
}
