import ArgumentParser
import ByteString
import Client
import Foundation
import Messages

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Configuration with its history.",
        subcommands: [Put.self, Get.self, History.self, Rollback.self, Delete.self, Watch.self])

    /// Who writes, and why.
    struct Authorship: ParsableArguments {
        @Option(help: "Who writes; the user's name by default.") var author: String?
        @Option(name: .shortAndLong, help: "Why.") var comment = ""
        @Option(
            name: .customLong("if-revision"),
            help: "Only if this is the revision of the newest value; 0: only if there is no such key.")
        var expectedRevision: UInt64?

        var authorName: String { author ?? NSUserName() }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a value.")

        @Argument(help: "The key.") var path: String
        @OptionGroup var content: DataArgument
        @OptionGroup var authorship: Authorship
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let request = PutConfigRequest(
                path: path, value: content.read(), author: authorship.authorName, comment: authorship.comment,
                expectedRevision: authorship.expectedRevision)
            try await connection.withClient { client in
                Terminal.print("revision \(try await client.putConfig(request).revision)")
            }
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a key's value.")

        @Argument(help: "The key.") var path: String
        @Option(help: "That of an earlier version, by its revision.") var revision: UInt64 = 0
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                let version = try await client.getConfig(path, version: revision).version
                Terminal.write(version?.value ?? Bytes())
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a key's versions, the newest one first.")

        @Argument(help: "The key.") var path: String
        @Option(help: "At most so many.") var limit: UInt32 = 0
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                let request = ConfigHistoryRequest(path: path, limit: limit)
                for version in try await client.configHistory(request).versions { Terminal.print(version.line) }
            }
        }
    }

    struct Rollback: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write the value of an earlier version again.")

        @Argument(help: "The key.") var path: String
        @Argument(help: "The version's revision.") var revision: UInt64
        @OptionGroup var authorship: Authorship
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let request = RollbackConfigRequest(
                path: path, versionRevision: revision, author: authorship.authorName, comment: authorship.comment,
                expectedRevision: authorship.expectedRevision)
            try await connection.withClient { client in
                Terminal.print("revision \(try await client.rollBackConfig(request).revision)")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a key and all its versions.")

        @Argument(help: "The key.") var path: String
        @Option(name: .customLong("if-revision"), help: "Only if this is the revision of the newest value.")
        var expectedRevision: UInt64?
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let request = DeleteConfigRequest(path: path, expectedRevision: expectedRevision)
            try await connection.withClient { client in _ = try await client.deleteConfig(request) }
        }
    }

    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print each change until interrupted.")

        @Argument(help: "A key, or what is above keys.") var path: String
        @Flag(help: "Also all keys below it.") var recursive = false
        @Option(help: "Begin with the changes of this revision.") var from: UInt64 = 0
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let request = WatchConfigRequest(path: path, recursive: recursive, startRevision: from)
            try await connection.withClient { client in
                try await client.watchConfig(request) { response in
                    if response.changes.isEmpty { Terminal.print("from revision \(response.revision + 1)") }
                    for change in response.changes {
                        let line = change.version?.line ?? "\(response.revision)\tdeleted"
                        Terminal.print("\(change.path)\t\(line)")
                    }
                }
            }
        }
    }
}

extension ConfigVersion {
    /// Revision, time, author and comment.
    fileprivate var line: String {
        let time = Date(timeIntervalSince1970: Double(unixMs) / 1000).formatted(.iso8601)
        let origin = rolledBackTo == 0 ? "" : " (the value of \(rolledBackTo))"
        return ["\(revision)", unixMs == 0 ? "" : time, author, comment + origin].joined(separator: "\t")
    }
}
