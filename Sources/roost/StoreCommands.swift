import ArgumentParser
import ByteString
import Foundation
import Messages

/// Where a command's data comes from.
struct DataArgument: ParsableArguments {
    @Argument(help: "The data; `-` reads it from standard input.")
    var data = ""

    func read() -> Bytes {
        data == "-" ? Bytes([UInt8](FileHandle.standardInput.readDataToEndOfFile())) : Bytes(utf8: data)
    }
}

struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Create a znode.")

    @Argument(help: "Its path, for example /app/leader.") var path: String
    @OptionGroup var content: DataArgument
    @Flag(help: "Append a number to the path that is greater than all before under this parent.") var sequential = false
    @Flag(help: "Delete it when its last child is deleted.") var container = false
    @Option(help: "Delete it when it was not set for so many milliseconds and has no children.") var ttl: UInt64?
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard ttl == nil || !container else { throw ValidationError("--container or --ttl, not both") }
    }

    func run() async throws {
        var request = CreateRequest()
        request.path = path
        request.data = content.read()
        request.sequential = sequential
        request.kind = container ? .container : ttl == nil ? .persistent : .ttl
        request.ttlMs = ttl ?? 0
        try await connection.withClient { client in
            let response = try await client.create(request)
            Terminal.print("created \(response.path) at revision \(response.revision)")
        }
    }
}

struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a znode's data.")

    @Argument(help: "Its path.") var path: String
    @Flag(help: "Print its stat after the data.") var stat = false
    @Flag(help: "Read the member's own state, possibly old, without asking a quorum.") var serializable = false
    @Option(help: "As it was at this revision.") var atRevision: UInt64 = 0
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        var request = GetRequest()
        request.path = path
        request.level = serializable ? .serializable : .linearizable
        request.atRevision = atRevision
        try await connection.withClient { client in
            let response = try await client.get(request)
            Terminal.write(response.data)
            if Terminal.isInteractive || stat { Terminal.print("") }
            if stat, let stat = response.stat { Terminal.print(stat.lines) }
        }
    }
}

struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Replace a znode's data.")

    @Argument(help: "Its path.") var path: String
    @OptionGroup var content: DataArgument
    @Option(name: .customLong("if-version"), help: "Only if this is its version.") var expectedVersion: UInt64?
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            let response = try await client.set(path, data: content.read(), expectedVersion: expectedVersion)
            Terminal.print("set \(path) to version \(response.stat?.version ?? 0) at revision \(response.revision)")
        }
    }
}

struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete a znode.")

    @Argument(help: "Its path.") var path: String
    @Flag(name: .shortAndLong, help: "And everything below it, all at once.") var recursive = false
    @Option(name: .customLong("if-version"), help: "Only if this is its version.") var expectedVersion: UInt64?
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        var request = DeleteRequest()
        request.path = path
        request.expectedVersion = expectedVersion
        request.recursive = recursive
        try await connection.withClient { client in
            let response = try await client.delete(request)
            let count = recursive ? ", \(response.deletedCount) znodes in all," : ""
            Terminal.print("deleted \(path)\(count) at revision \(response.revision)")
        }
    }
}

struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List a znode's children.")

    @Argument(help: "Its path.") var path = "/"
    @Flag(name: .shortAndLong, help: "Print version, children and data length before each name.") var long = false
    @Option(help: "As they were at this revision.") var atRevision: UInt64 = 0
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        var request = ListRequest()
        request.path = path
        request.includeStat = long
        request.atRevision = atRevision
        try await connection.withClient { client in
            try await client.list(request) { page in
                for child in page.children {
                    guard let stat = child.stat else {
                        Terminal.print(child.name)
                        continue
                    }
                    Terminal.print("v\(stat.version)\t\(stat.childCount) children\t\(stat.dataLength) B\t\(child.name)")
                }
            }
        }
    }
}

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print each change under a path as it happens, until interrupted.")

    @Argument(help: "Its path; it need not exist.") var path = "/"
    @Flag(help: "The znode's children instead of the znode itself.") var children = false
    @Flag(help: "The znode and everything below it.") var recursive = false
    @Option(help: "The first revision whose changes are told. Default: those from now on.") var from: UInt64 = 0
    @Option(help: "Only znodes whose name begins with this.") var namePrefix = ""
    @Flag(help: "Print the data before the change as well.") var previous = false
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard !(children && recursive) else { throw ValidationError("--children or --recursive, not both") }
    }

    func run() async throws {
        var request = WatchRequest()
        request.path = path
        request.scope = recursive ? .recursive : children ? .children : .node
        request.startRevision = from
        request.includeData = true
        request.includePrevious = previous
        request.namePrefix = namePrefix
        try await connection.withClient { client in
            try await client.watch(request) { response in
                for event in response.events {
                    let data = event.kind == .deleted ? "" : " \(event.data)"
                    let before = event.previousStat == nil ? "" : " before: \(event.previousData)"
                    Terminal.print("\(event.revision) \(event.kind.word) \(event.path)\(data)\(before)")
                }
            }
        }
    }
}

extension EventKind {
    fileprivate var word: String {
        switch self {
        case .created: "created"
        case .changed: "changed"
        case .deleted: "deleted"
        default: "something happened to"
        }
    }
}
