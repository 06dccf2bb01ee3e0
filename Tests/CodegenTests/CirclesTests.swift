import Testing

@testable import CodegenCore

@Suite struct CirclesTests {
    @Test func `nodes are in one circle if each can be reached from the other`() {
        let circles = Circles.find(in: [
            "self": ["self"], "a": ["b"], "b": ["c", "d"], "c": ["a", "leaf"], "d": ["e"], "e": ["d"], "leaf": [],
        ])
        #expect(circles["a"] == circles["b"] && circles["b"] == circles["c"])
        #expect(circles["d"] == circles["e"])
        #expect(Set(circles.values).count == 4)
    }

    @Test func `circles are those of a search from every node`() {
        var state: UInt64 = 1
        func draw(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<200 {
            let nodes = (0..<12).map { "\($0)" }
            var edges: [String: [String]] = [:]
            for node in nodes { edges[node] = (0..<draw(below: 3)).map { _ in nodes[draw(below: nodes.count)] } }
            let circles = Circles.find(in: edges)
            for one in nodes {
                for other in nodes {
                    let areTogether = reaches(other, from: one, edges) && reaches(one, from: other, edges)
                    #expect((circles[one] == circles[other]) == areTogether)
                }
            }
        }
    }

    @Test func `a long chain needs no deep stack`() {
        var edges: [String: [String]] = [:]
        for number in 0..<200_000 { edges["\(number)"] = ["\(number + 1)"] }
        #expect(Circles.find(in: edges).count == 200_001)
    }

    private func reaches(_ target: String, from start: String, _ edges: [String: [String]]) -> Bool {
        var seen: Set<String> = []
        var open = [start]
        while let next = open.popLast() {
            if next == target { return true }
            if seen.insert(next).inserted { open += edges[next, default: []] }
        }
        return false
    }
}
