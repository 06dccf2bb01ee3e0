import ArgumentParser
import Client
import Foundation
import Messages
import RPC

/// Changing and explaining the ensemble.
struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Change the ensemble, hand its leadership over, or ask why the last election happened.",
        subcommands: [
            Promote.self, Remove.self, Transfer.self, Backup.self, Explain.self, Follow.self,
        ])

    struct Promote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a learner a vote.",
            discussion: "A member started with --join asks for that itself unless it was given --learner.")

        @Argument(help: "The member's id.") var id: UInt64
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                Terminal.print(members: try await client.promoteMember(id).members)
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a member, alive or dead.")

        @Argument(help: "The member's id.") var id: UInt64
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                Terminal.print(members: try await client.removeMember(id).members)
            }
        }
    }

    struct Transfer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let another member lead.",
            discussion: "No request fails by it: what comes in meanwhile waits for the new leader.")

        @Argument(help: "The member that is to lead; by default the one that has most of the log.") var id: UInt64 = 0
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                let response = try await client.transferLeadership(to: id)
                Terminal.print("member \(response.leaderID) leads in term \(response.term)")
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what the members noticed and decided lately, with the evidence.",
            discussion: """
                Asks every member named by --members and puts their events in the order of their wall clocks. So it \
                tells why the last election happened: who suspected the leader and on what evidence, who stood, who \
                voted, who was elected.
                """)

        @Option(help: "So many events of each member, the newest.") var last: UInt32 = 30
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let addresses = try connection.addresses
            try await connection.withClient { client in
                var told: [(member: UInt64, event: ClusterEvent)] = []
                for (index, address) in addresses.enumerated() {
                    do throws(RPCFailure) {
                        let answer = try await client.explanation(ofMemberAt: index, eventsMax: last)
                        told += answer.events.map { (answer.memberID, $0) }
                    } catch {
                        Terminal.error("roost: \(address) does not tell: \(error.status)")
                    }
                }
                guard !told.isEmpty else { throw ExitCode(1) }
                told.sort {
                    ($0.event.unixMs, $0.member, $0.event.number) < ($1.event.unixMs, $1.member, $1.event.number)
                }
                for (member, event) in told { Terminal.print(event.line(of: member)) }
            }
        }
    }

    struct Follow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "watch", abstract: "Print what a member notices and decides, as it happens.")

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                try await client.watchCluster { response in
                    guard let status = response.status else { return }
                    if response.events.isEmpty {
                        let leader = status.leaderID == 0 ? "no leader" : "leader \(status.leaderID)"
                        Terminal.print("member \(status.memberID) answers: \(leader), term \(status.term)")
                    }
                    for event in response.events { Terminal.print(event.line(of: status.memberID)) }
                }
            }
        }
    }
}

extension ClusterEvent {
    /// `2026-01-31T12:00:00.123Z  member 2 suspects member 1: ...`
    func line(of member: UInt64) -> String {
        let time = Date(timeIntervalSince1970: Double(unixMs) / 1000)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return "\(time.formatted(style))  member \(member) \(sentence)"
    }
}

extension Terminal {
    static func print(members: [EnsembleMember]) {
        for member in members {
            let role = member.learner ? "learner" : "voter"
            print("\(member.memberID)  \(role)  clients \(member.clientAddress)  members \(member.peerAddress)")
        }
    }
}
