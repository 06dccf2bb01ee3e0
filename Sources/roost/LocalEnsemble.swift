import Client
import Foundation
import Messages
import Server
import Synchronization

/// Members as child processes on loopback, each with a data directory of its own below one folder.
///
/// The first member serves clients at `firstClientPort`, the next one at the port after it, and so on; likewise for
/// the ports by which members reach each other.
final class LocalEnsemble: Sendable {
    let count: Int
    let folder: URL
    let firstClientPort: Int
    let firstPeerPort: Int
    private let arguments: [String]
    private let onLine: @Sendable (_ member: Int, _ line: String) -> Void
    private let onExit: @Sendable (_ member: Int, _ status: Int32) -> Void
    private let processes: Mutex<[Int: Process]>

    /// - Parameters:
    ///   - arguments: further options of `roost serve` for every member.
    ///   - onLine: called with each line that a member prints, on any thread.
    ///   - onExit: called when a member's process has ended, on any thread.
    init(
        count: Int, folder: URL, firstClientPort: Int = 7400, firstPeerPort: Int = 7500, arguments: [String] = [],
        onLine: @escaping @Sendable (Int, String) -> Void, onExit: @escaping @Sendable (Int, Int32) -> Void
    ) {
        self.count = count
        self.folder = folder
        self.firstClientPort = firstClientPort
        self.firstPeerPort = firstPeerPort
        self.arguments = arguments
        self.onLine = onLine
        self.onExit = onExit
        processes = Mutex([:])
    }

    var members: ClosedRange<Int> { 1...count }

    func clientAddress(of member: Int) -> Address {
        Address(host: "127.0.0.1", port: firstClientPort + member - 1)
    }

    private func peerAddress(of member: Int) -> Address {
        Address(host: "127.0.0.1", port: firstPeerPort + member - 1)
    }

    func data(of member: Int) -> URL { folder.appendingPathComponent("member-\(member)") }

    /// Refuses a folder that holds an ensemble of another size.
    func prepare() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("member-") }
        guard found.isEmpty || found.count == count else {
            throw StartError(
                "\(folder.path) holds an ensemble of \(found.count) members; "
                    + "start it with --members \(found.count) or give another --data")
        }
    }

    func start(_ member: Int) throws {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments =
            [
                "serve", "--id", "\(member)", "--data", data(of: member).path,
                "--client-address", clientAddress(of: member).description,
                "--peer-address", peerAddress(of: member).description, "--bootstrap", "--exit-with-parent",
            ] + members.flatMap { ["--member", "\($0)=\(peerAddress(of: $0))"] } + arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let lines = LineBuffer()
        let onLine = onLine
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            for line in lines.append(data) { onLine(member, line) }
        }
        process.terminationHandler = { [weak self] process in
            guard let self else { return }
            processes.withLock { if $0[member] === process { $0[member] = nil } }
            onExit(member, process.terminationStatus)
        }
        try process.run()
        processes.withLock { $0[member] = process }
    }

    func isRunning(_ member: Int) -> Bool {
        processes.withLock { $0[member]?.isRunning ?? false }
    }

    func send(_ signal: Int32, to member: Int) {
        guard let process = processes.withLock({ $0[member] }) else { return }
        _ = kill(process.processIdentifier, signal)
    }

    /// Asks every member to end, and ends those that have not within `grace`.
    func stop(grace: Duration = .seconds(5)) async {
        for member in members { send(SIGTERM, to: member) }
        let deadline = ContinuousClock.now + grace
        while members.contains(where: isRunning), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        for member in members { send(SIGKILL, to: member) }
    }

    private static func executable() throws -> URL {
        let link = "/proc/self/exe"
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link) {
            return URL(fileURLWithPath: path)
        }
        guard let path = Bundle.main.executablePath else { throw StartError("cannot tell where roost itself is") }
        return URL(fileURLWithPath: path)
    }
}

/// Cuts what arrives in pieces into lines.
private final class LineBuffer: Sendable {
    private let rest = Mutex(Data())

    func append(_ data: Data) -> [String] {
        rest.withLock { rest in
            rest.append(data)
            var lines: [String] = []
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                rest.removeSubrange(rest.startIndex...end)
            }
            return lines
        }
    }
}
