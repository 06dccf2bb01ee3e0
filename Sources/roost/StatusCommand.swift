import ArgumentParser
import Client
import Messages

/// How the ensemble is.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every member's role, term, revision and state digest, and whom it hears.",
        discussion: """
            The members named by --members (or $ROOST_MEMBERS) are asked; given one, it asks the others that this one \
            knows too. Every member is given time to apply what the most advanced one has applied, so that the digests \
            of their states can be compared. The exit status is 1 if a member does not answer or the digests differ.
            """)

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let addresses = try await everyMember()
        let client = RoostClient(members: addresses, options: try connection.clientOptions)
        var revision: UInt64 = 0
        for index in addresses.indices {
            if let status = try? await client.status(ofMemberAt: index) {
                revision = max(revision, status.appliedRevision)
            }
        }
        var table = StatusTable(answers: [])
        for (index, address) in addresses.enumerated() {
            var status = try? await client.status(ofMemberAt: index)
            if let first = status, first.appliedRevision < revision {
                status = (try? await client.status(ofMemberAt: index, minRevision: revision)) ?? first
            }
            table.answers.append((address.description, status))
        }
        await client.shutdown()
        for line in table.lines { Terminal.print(line) }
        switch table.agreement {
        case true?: Terminal.print("the states are identical")
        case false?: Terminal.print("THE STATES DIFFER at the same revision")
        case nil: break
        }
        if table.agreement == false || table.answers.contains(where: { $0.status == nil }) { throw ExitCode(1) }
    }

    /// The addresses given, and those that their members know.
    private func everyMember() async throws -> [Address] {
        let given = try connection.addresses
        let client = RoostClient(members: given, options: try connection.clientOptions)
        var known: [(id: UInt64, address: Address)] = []
        for index in given.indices {
            guard let status = try? await client.status(ofMemberAt: index) else { continue }
            for member in status.members {
                guard let address = Address(member.clientAddress) else { continue }
                if !known.contains(where: { $0.id == member.memberID }) { known.append((member.memberID, address)) }
            }
        }
        await client.shutdown()
        let addresses = known.sorted { $0.id < $1.id }.map(\.address)
        return addresses.isEmpty ? given : addresses
    }
}
