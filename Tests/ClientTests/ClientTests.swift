import ByteString
import Client
import Messages
import RPC
import Testing

/// Runs `body` with a client of members, and ends all of them.
private func withClient(
    _ members: [FakeMember], before dead: [Address] = [], timeout: Duration = .seconds(20),
    attemptTimeout: Duration = .seconds(5), _ body: (RoostClient) async throws -> Void
) async throws {
    var options = RoostClient.Options()
    options.timeout = timeout
    options.attemptTimeout = attemptTimeout
    let client = RoostClient(members: dead + members.map(\.address), options: options)
    do {
        try await body(client)
    } catch {
        await client.shutdown()
        for member in members { await member.stop() }
        throw error
    }
    await client.shutdown()
    for member in members { await member.stop() }
}

@Suite(.timeLimit(.minutes(5))) struct ClientTests {
    private let data = Bytes(utf8: "data")

    @Test func `a dead member costs nothing`() async throws {
        let dead = try await FakeMember([.done])
        await dead.stop()
        let living = try await FakeMember([.done])
        try await withClient([living], before: [dead.address]) { client in
            _ = try await client.set("/a", data: data)
            #expect(living.requests.count == 1)
        }
    }

    @Test func `what was not applied is tried again with the same id, at another member`() async throws {
        let first = try await FakeMember([.status(try .roost(.unavailable, "NOT_APPLIED"))])
        let second = try await FakeMember([.done])
        try await withClient([first, second]) { client in
            _ = try await client.set("/a", data: data)
            _ = try await client.set("/a", data: data)
            // (On a busy machine the second member may be connected first.)
            #expect(first.requests.count <= 1)
            #expect(second.requests.count == 2)
            #expect(Set(second.requests).count == 2)
            #expect(Set(second.requests).isSuperset(of: first.requests))
        }
    }

    @Test func `an unknown outcome is cleared up with the same id`() async throws {
        for unknown in [try RPCStatus.roost(.unknown, "OUTCOME_UNKNOWN"), RPCStatus(.unavailable, "a proxy's")] {
            let member = try await FakeMember([.status(unknown), .status(unknown), .done])
            try await withClient([member]) { client in
                _ = try await client.set("/a", data: data)
                #expect(member.requests.count == 3)
                #expect(Set(member.requests).count == 1)
            }
        }
    }

    @Test func `a member that does not answer is left`() async throws {
        let silent = try await FakeMember([.silence])
        let answering = try await FakeMember([.done])
        try await withClient([silent, answering], attemptTimeout: .milliseconds(200)) { client in
            _ = try await client.set("/a", data: data)
            #expect(Set(silent.requests + answering.requests).count == 1)
            #expect(!answering.requests.isEmpty)
        }
    }

    @Test func `an answer is an answer, and not asked for again`() async throws {
        let member = try await FakeMember([.status(try .roost(.aborted, "VERSION_MISMATCH"))])
        try await withClient([member]) { client in
            let failure = await #expect(throws: RPCFailure.self) { try await client.set("/a", data: data) }
            #expect(failure?.reason == "VERSION_MISMATCH")
            #expect(member.requests.count == 1)
        }
    }

    @Test func `a call that perhaps had an effect does not end as one that had none`() async throws {
        let member = try await FakeMember([
            .status(try .roost(.unknown, "OUTCOME_UNKNOWN")), .status(try .roost(.unavailable, "NOT_APPLIED")),
        ])
        try await withClient([member], timeout: .seconds(1)) { client in
            let failure = await #expect(throws: RPCFailure.self) { try await client.set("/a", data: data) }
            #expect(failure?.reason != "NOT_APPLIED")
            #expect(failure?.isSurelyUnprocessed == false)
        }
    }

    @Test func `who is sent to the leader goes there, also to one that was not given`() async throws {
        let leader = try await FakeMember([.done])
        let hint = try RPCStatus.roost(.unavailable, "NOT_LEADER", leader: leader.address)
        let follower = try await FakeMember([.status(hint)])
        try await withClient([follower]) { client in
            _ = try await client.removeMember(7)
            #expect(follower.requests.count == 1 && leader.requests.count == 1)
        }
        await leader.stop()
    }

    @Test func `members that point to each other are asked until one leads`() async throws {
        let second = try await FakeMember([.status(try .roost(.unavailable, "NOT_LEADER")), .done])
        let hint = try RPCStatus.roost(.unavailable, "NOT_LEADER", leader: second.address)
        let first = try await FakeMember([.status(hint)])
        try await withClient([first, second]) { client in
            _ = try await client.removeMember(7)
            #expect(second.requests.count == 2)
        }
    }
}
