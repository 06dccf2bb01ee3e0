import Client
import Consensus
import Logging
import Messages
import RPC
import Replica

/// How a member enters an existing ensemble: it asks to be admitted as a learner, and for a vote as soon as it has
/// caught up. Both may be asked for any number of times, so nothing of it is kept: whatever dies meanwhile, this member
/// or a leader, the next attempt goes on from what the ensemble has committed.
struct Admission: Sendable {
    let options: MemberOptions
    let security: MemberSecurity
    let storage: StorageID
    let logger: Logger

    private static let pause = Duration.milliseconds(200)
    /// How long a member is asked for that is alive with another data directory, as the leader thinks: if it has died
    /// just now, or the leader is new, that will be noticed within this time.
    private static let patience = Duration.seconds(5)

    /// Which ensemble it is. Waits until one of the members given answers.
    func findEnsemble() async throws -> EnsembleID {
        logger.notice("looking for the ensemble at \(options.join.map(\.description).joined(separator: ", "))")
        return try await asClient { client in
            while true {
                for place in options.join.indices {
                    if let answer = try? await client.status(ofMemberAt: place), answer.ensembleID != 0 {
                        return EnsembleID(answer.ensembleID)
                    }
                }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Returns when this member is what it was started to be.
    ///
    /// - Throws: ``StartError`` where the ensemble will not have it.
    func run() async throws {
        var request = AddMemberRequest()
        request.memberID = options.id.rawValue
        request.storageID = storage.rawValue
        request.peerAddress = options.peerAddress.description
        request.clientAddress = options.clientAddress.description
        request.supportedFormatLevel = options.replica.supported.rawValue
        let asked = request
        try await asClient { client in
            let added = try await insist { () throws(RPCFailure) in try await client.addMember(asked) }
            let isLearner = added.members.first { $0.memberID == asked.memberID }?.learner ?? true
            logger.notice("admitted to the ensemble as a \(isLearner ? "learner" : "voter")")
            guard isLearner, !options.staysLearner else { return }
            _ = try await insist { () throws(RPCFailure) in try await client.promoteMember(asked.memberID) }
            logger.notice("caught up: this member votes now")
        }
    }

    /// Asks until the answer is final.
    private func insist<Response>(
        _ ask: () async throws(RPCFailure) -> Response
    ) async throws -> Response {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do throws(RPCFailure) { return try await ask() } catch {
                switch ServiceReason(rawValue: error.reason ?? "") {
                case .memberIDInUse where ContinuousClock.now < deadline:
                    logger.info("not admitted yet: \(error.status)")
                case .memberIDInUse, .addressInUse, .invalidField, .releaseTooOld:
                    throw StartError("the ensemble does not admit this member: \(error.status.message)")
                default:
                    logger.info("not admitted or promoted yet: \(error.status)")
                }
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func asClient<Result>(_ body: (RoostClient) async throws -> Result) async throws -> Result {
        var settings = RoostClient.Options()
        settings.tls = security.clientChannel
        let client = RoostClient(members: options.join, options: settings, logger: .silent)
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
