import Foundation
import PackagePlugin

/// `swift package compile-protos <options>`: runs `codegen` in the package's folder.
///
/// The arguments are codegen's own; `swift package compile-protos --help` tells them.
@main
struct CompileProtos: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let process = Process()
        process.executableURL = try context.tool(named: "codegen").url
        process.currentDirectoryURL = context.package.directoryURL
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        // What is wrong has been said by codegen itself.
        if process.terminationStatus != 0 { throw Failure(status: process.terminationStatus) }
    }

    struct Failure: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "codegen exited with status \(status)" }
    }
}
