import ByteString
import Testing

@testable import Coordination

@Suite struct `A coordination` {
    @Test(arguments: 0..<12)
    func `does what a plain model does`(seed: Int) throws {
        var commands = CommandGenerator(seed: UInt64(seed))
        let state = Fixture()
        var model = StateModel()
        var live: [ZnodeEvent] = []
        for step in UInt64(1)...2000 {
            let command = commands.next()
            let expected = model.apply(command, at: step)
            let applied = state.apply(command)
            switch applied.outcome {
            case .success(let result):
                #expect(expected.reason == nil && result.revision.rawValue == expected.revision)
                #expect(result.stat?.version == expected.version && result.path == command.path)
            case .failure(let error):
                #expect(error.reason == expected.reason)
            }
            if commands.generator.below(20) == 0 { live += state.coordination.publish().events }
        }
        live += state.coordination.publish().events
        #expect(live == model.events)
        #expect(try state.history(from: 1).get() == model.events)
        check(state, model)
    }

    private func check(_ state: Fixture, _ model: StateModel) {
        #expect(state.coordination.znodeCount == UInt64(model.nodes.count))
        for (path, node) in model.nodes {
            let znode = state.get(path)
            #expect(znode.map { Array($0.data) } == node.data)
            #expect(znode?.stat.version == node.version)
            #expect(znode?.stat.childrenVersion == node.childrenVersion)
            #expect(znode?.stat.createdRevision.rawValue == node.created)
            #expect(znode?.stat.modifiedRevision.rawValue == node.modified)
            #expect(znode?.stat.childrenRevision.rawValue == node.childrenRevision)
            #expect(znode?.stat.childCount == UInt64(node.children.count))
            #expect(znode?.stat.dataLength == UInt64(node.data.count))
            #expect(state.children(path) == node.children)
        }
    }

    @Test(arguments: 0..<4)
    func `has the same digest on members that batch differently, at each revision`(seed: Int) {
        var commands = CommandGenerator(seed: UInt64(seed))
        let first = Fixture()
        let second = Fixture()
        for step in 0..<600 {
            let command = commands.next()
            first.apply(command)
            second.apply(command)
            if step % 7 == 0 { _ = first.coordination.publish() }
            if step % 31 == 0 { _ = second.coordination.publish() }
            expectEqual(first.coordination.digest, second.coordination.digest)
        }
        let digest = first.coordination.digest
        expectEqual(first.read { $0.digest }, digest)
        // A member that lacks one change has another digest.
        second.set("/")
        #expect(second.coordination.digest != digest)
    }

    @Test func `has the digest that it had in every other process`() {
        var commands = CommandGenerator(seed: 1)
        let state = Fixture()
        for _ in 0..<500 { state.apply(commands.next()) }
        expectEqual(state.coordination.digest, recordedDigest)
    }

    @Test func `walks apart when only log time or a failed request differs`() {
        let first = Fixture()
        let second = Fixture()
        second.seconds = 1
        first.create("/a")
        second.create("/a")
        #expect(first.coordination.digest != second.coordination.digest)
    }
}

/// Recorded once. It changes only with the format of the state, which must then get another level.
private let recordedDigest: UInt64 = 3_731_349_397_792_836_288
