import Foundation
import Simulation

/// Tells of one seed what people want to read: all of it, a timeline, or a log for each member.
struct Narrator {
    let seed: UInt64
    let options: Simulation.Options

    func run() -> Report { Simulation(seed: seed, options: options).run() }

    /// Prints everything.
    func trace() -> Report { run { line, _ in Simulate.tell(line.description) } }

    /// Prints the faults, who leads, what members notice, and the calls that the verdict names; each line with the
    /// state of all members.
    func timeline() -> Report {
        let suspects = run().calls
        Simulate.tell("L leads, f follows, p is paused, d repairs its disk, r refused to start, x is down")
        return run { line, states in
            if let text = Self.text(of: line, states, suspects) { Simulate.tell(text) }
        }
    }

    /// Writes `timeline.log`, a `member-N.log` for each member, and `clients.log`.
    func write(to folder: String) throws {
        let suspects = run().calls
        let count = Simulation(seed: seed, options: options).memberStates.count
        var files: [String: [String]] = [:]
        let report = run { line, states in
            if let text = Self.text(of: line, states, suspects) { files["timeline", default: []].append(text) }
            for member in 1...count where line.concerns(member: member) {
                files["member-\(member)", default: []].append(line.description)
            }
            switch line.kind {
            case .invoke, .answer, .watch: files["clients", default: []].append(line.description)
            default: break
            }
        }
        files["timeline", default: []].append(report.violation ?? "every claim held")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, lines) in files {
            let path = URL(fileURLWithPath: folder).appendingPathComponent("\(name).log")
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: path)
        }
        print("logs are in \(folder)")
    }

    private func run(_ body: @escaping (TraceLine, String) -> Void) -> Report {
        let stage = Stage()
        let simulation = Simulation(
            seed: seed, options: options, sink: { line in body(line, stage.simulation?.memberStates ?? "") })
        stage.simulation = simulation
        return simulation.run()
    }

    /// What a run's own lines want to know of it.
    private final class Stage {
        weak var simulation: Simulation?
    }

    /// Nil for a line that belongs to the full trace only.
    private static func text(of line: TraceLine, _ states: String, _ suspects: [String]) -> String? {
        switch line.kind {
        case .fault, .heal, .start, .stop, .notice, .repair, .check: break
        case .invoke, .answer:
            guard suspects.contains(where: { line.text.contains($0 + " ") || line.text.contains($0 + ":") }) else {
                return nil
            }
        default: return nil
        }
        var words = line.text
        for module in ["Consensus.Suspicion.Reason.", "Consensus.", "Journal.", "Simulation."] {
            words = words.replacing(module, with: "")
        }
        return "\(line.seconds)  \(states)  \(words)"
    }
}

extension Report {
    /// The calls that the verdict names, as in "#12".
    fileprivate var calls: [String] {
        (violation ?? "").split(whereSeparator: { !"#0123456789".contains($0) }).map(String.init)
            .filter { $0.hasPrefix("#") && $0.count > 1 }
    }
}
