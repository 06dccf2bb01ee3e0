import ArgumentParser
import ByteString
import Client
import Consensus
import Foundation
import Messages
import Server

extension ClusterCommand {
    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the whole state as of one revision to a file.",
            discussion: """
                The backup reflects every write acknowledged before. It is checked before the file takes its name; \
                `roost restore` makes a new ensemble of it.
                """)

        @Argument(help: "The file; an existing one is replaced.") var file: String
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                let unfinished = URL(fileURLWithPath: file + ".part")
                guard FileManager.default.createFile(atPath: unfinished.path, contents: nil) else {
                    Terminal.error("roost: cannot write \(unfinished.path)")
                    throw ExitCode(1)
                }
                let handle = try FileHandle(forWritingTo: unfinished)
                try await client.backup { part in
                    try part.chunk.withUnsafeBytes { try handle.write(contentsOf: Data($0)) }
                }
                try handle.synchronize()
                try handle.close()
                let content = try Restoration.check(try BackupFile(unfinished.path).parts())
                guard rename(unfinished.path, file) == 0 else {
                    Terminal.error("roost: cannot replace \(file): \(String(cString: strerror(errno)))")
                    throw ExitCode(1)
                }
                Terminal.print("\(file): \(content.znodeCount) znodes as of revision \(content.revision)")
            }
        }
    }
}

/// A new ensemble from a backup.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a member's data directory of a backup.",
        discussion: """
            Do this once for every member of the new ensemble, with the same backup, and then start them with `roost \
            serve --bootstrap` and the same list of --member options, as for any new ensemble. It gets an identity of \
            its own; the old ensemble and its members are not touched.
            """)

    @Argument(help: "The file that `roost cluster backup` wrote.") var file: String
    @Option(help: "The member's number in the new ensemble, from 1 on.") var id: UInt64 = 1
    @Option(help: "The data directory; it must be empty.") var data = "roost-data"

    func validate() throws {
        guard id > 0 else { throw ValidationError("--id starts at 1") }
    }

    func run() async throws {
        do {
            let content = try Restoration.restore(dataDirectory: data, member: MemberID(id)) {
                try BackupFile(file).parts()
            }
            Terminal.print(
                "\(data): member \(id) begins with \(content.znodeCount) znodes of revision \(content.revision)")
        } catch let error as StartError {
            Terminal.error("roost restore: \(error)")
            throw ExitCode(1)
        } catch {
            Terminal.error("roost restore: \(file): \(error.localizedDescription)")
            throw ExitCode(1)
        }
    }
}

/// A backup's file, read part by part.
private struct BackupFile {
    private let handle: FileHandle

    init(_ path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    func parts() -> () throws -> Bytes? {
        { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : Bytes([UInt8]($0)) } }
    }
}
