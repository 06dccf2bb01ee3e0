import ArgumentParser
import Server

/// The one executable.
@main
struct Roost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roost",
        abstract: "A coordination service: one answer for a whole fleet.",
        discussion: """
            A small ensemble of members keeps a tree of small data consistent, notices in moments that a server has \
            died, elects a new leader and brings every member's data up to date. Programs use it by gRPC, with stubs \
            generated from proto/.
            """,
        version: MemberOptions.release,
        groupedSubcommands: [
            CommandGroup(
                name: "Running an ensemble:",
                subcommands: [
                    Serve.self, Up.self, CertificatesCommand.self, TokenCommand.self, Status.self,
                    ClusterCommand.self, Restore.self, Demo.self, Bench.self, SessionBench.self,
                ]),
            CommandGroup(
                name: "Using one:",
                subcommands: [
                    Create.self, Get.self, Set.self, Delete.self, List.self, Watch.self, Hold.self,
                    SessionsCommand.self, LockCommand.self, ClaimsCommand.self, ElectCommand.self, LeaderCommand.self,
                    RegisterCommand.self, ResolveCommand.self, ConfigCommand.self,
                ]),
        ])
}
