/// What a target must not do, because other code counts on it.
enum Discipline {
    /// The same inputs give the same outputs in another process: no I/O, clocks, threads, chance or hash order.
    case pure
    /// As pure, but for what it may import: the simulator itself, which runs everything from one seed.
    case simulation
    /// Runs in the simulator and on real threads: no clocks, chance or hash order of its own.
    case simulated
    case free
}

/// A folder of sources that is one module.
struct Target {
    let name: String
    let folder: String
    /// The modules of ours that it builds on. It may also import what these build on in turn.
    let arrows: [String]
    /// The C module that it alone may import.
    var shim: String?
    /// Packages' modules, by name or by prefix (`NIO*`).
    var packages: [String] = []
    var discipline = Discipline.free
    /// Whether it has to do with files, processes or sockets, and so may import the system's modules.
    var usesSystem = true
}

/// The layout: which module builds on which. To let a target import more, say so here, in the open.
enum Architecture {
    static let collections = [
        "Collections", "DequeModule", "OrderedCollections", "HashTreeCollections", "HeapModule", "BitCollections",
        "BasicContainers",
    ]
    static let system = ["Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl", "Darwin", "os", "Android"]

    static let targets = [
        Target(
            name: "ByteString", folder: "Sources/ByteString", arrows: [], packages: collections, discipline: .pure,
            usesSystem: false),
        Target(name: "CProtobuf", folder: "Sources/CProtobuf", arrows: []),
        Target(name: "CNghttp2", folder: "Sources/CNghttp2", arrows: []),
        Target(name: "COpenSSL", folder: "Sources/COpenSSL", arrows: []),
        Target(name: "CChecksum", folder: "Sources/CChecksum", arrows: []),
        Target(
            name: "Protobuf", folder: "Sources/Protobuf", arrows: ["ByteString"], shim: "CProtobuf",
            usesSystem: false),
        Target(name: "WellKnownTypes", folder: "Sources/WellKnownTypes", arrows: ["Protobuf"]),
        Target(name: "Messages", folder: "Sources/Messages", arrows: ["WellKnownTypes"], usesSystem: false),
        Target(name: "Descriptors", folder: "Sources/Descriptors", arrows: ["Protobuf"], usesSystem: false),
        Target(
            name: "ProtobufJSON", folder: "Sources/ProtobufJSON", arrows: ["Descriptors"], usesSystem: false),
        Target(
            name: "RPC", folder: "Sources/RPC", arrows: ["Protobuf"], shim: "CNghttp2",
            packages: ["NIO*", "Logging", "CoreMetrics", "Tracing"]),
        Target(
            name: "Credentials", folder: "Sources/Credentials", arrows: ["RPC"], shim: "COpenSSL"),
        Target(name: "Stubs", folder: "Sources/Stubs", arrows: ["Messages", "RPC"], usesSystem: false),
        Target(
            name: "Consensus", folder: "Sources/Consensus", arrows: ["ByteString"], packages: collections,
            discipline: .pure, usesSystem: false),
        Target(
            name: "Coordination", folder: "Sources/Coordination", arrows: ["Messages"], packages: collections,
            discipline: .pure, usesSystem: false),
        Target(
            name: "Replica", folder: "Sources/Replica", arrows: ["Consensus", "Coordination"], packages: collections,
            discipline: .pure, usesSystem: false),
        Target(
            name: "Journal", folder: "Sources/Journal", arrows: ["Consensus"], shim: "CChecksum",
            packages: collections, discipline: .simulated),
        Target(
            name: "Driver", folder: "Sources/Driver", arrows: ["Replica", "Journal"], packages: collections,
            discipline: .simulated),
        Target(
            name: "Server", folder: "Sources/Server",
            arrows: ["Client", "Credentials", "Descriptors", "Driver", "Stubs"],
            packages: collections + ["NIO*", "Logging"]),
        Target(
            name: "Client", folder: "Sources/Client", arrows: ["Stubs"],
            packages: collections + ["Logging", "NIO*"]),
        Target(
            name: "roost", folder: "Sources/roost", arrows: ["Server", "Client", "Credentials"],
            packages: collections + ["ArgumentParser", "Logging", "NIO*"]),
        Target(
            name: "Simulation", folder: "Sources/simulate", arrows: ["Driver"], packages: collections,
            discipline: .simulation, usesSystem: false),
        Target(
            name: "simulate", folder: "Sources/simulate/Command", arrows: ["Simulation"], packages: ["ArgumentParser"]),
        Target(name: "CodegenCore", folder: "codegen", arrows: ["Descriptors"], packages: collections),
        Target(
            name: "codegen", folder: "codegen/Command", arrows: ["CodegenCore"], packages: ["ArgumentParser"]),
        Target(name: "CompileProtos", folder: "codegen/Plugin", arrows: [], packages: ["PackagePlugin"]),
        // Packages of their own, to be copied.
        Target(
            name: "examples", folder: "codegen/Examples", arrows: ["RPC", "WellKnownTypes"],
            packages: ["PackageDescription", "GuestbookAPI", "Logging", "NIO*"]),
    ]

    /// The target that a file belongs to: the one with the innermost folder.
    static func target(of file: SourceFile) -> Target? {
        targets.filter { file.isIn($0.folder) }.max { $0.folder.count < $1.folder.count }
    }

    /// What the target builds on, directly or through others.
    static func foundations(of target: Target) -> Set<String> {
        var found: Set<String> = []
        var open = target.arrows
        while let name = open.popLast() {
            guard found.insert(name).inserted, let next = targets.first(where: { $0.name == name }) else { continue }
            open += next.arrows
        }
        return found
    }

    /// Whether a target may import a module.
    static func allows(_ target: Target, _ module: String) -> Bool {
        if module == "Swift" || module == "Synchronization" || module == target.shim { return true }
        if system.contains(module) { return target.usesSystem }
        if target.packages.contains(where: { matches(module, pattern: $0) }) { return true }
        return foundations(of: target).contains(module)
    }

    private static func matches(_ module: String, pattern: String) -> Bool {
        pattern.hasSuffix("*") ? module.hasPrefix(pattern.dropLast()) : module == pattern
    }
}

/// Modules import only what is below them.
struct ImportRule: FileRule {
    func applies(to file: SourceFile) -> Bool { file.isSwift && !file.isIn("Tests") && file.path.contains("/") }

    func violations(in file: SourceFile) -> [Violation] {
        guard let target = Architecture.target(of: file) else {
            return [file.violation(line: 1, "a folder that no target of Architecture.swift has; add it there")]
        }
        return file.tokens.indices.compactMap { index in
            guard let module = Self.importedModule(at: index, of: file), !Architecture.allows(target, module) else {
                return nil
            }
            return file.violation(
                line: file.tokens[index].line,
                "\(target.name) must not import \(module); move the code to a target that may, or put a protocol here"
            )
        }
    }

    /// The module that the `import` at `index` names, also in `import struct Module.Name`.
    static func importedModule(at index: Int, of file: SourceFile) -> String? {
        guard file.matches(index, "import"), file.tokens[index].kind == .word, file.text(index - 1) != ".",
            file.isWord(index + 1)
        else { return nil }
        let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        return kinds.contains(file.text(index + 1)) ? file.text(index + 2) : file.text(index + 1)
    }
}

/// The C libraries are named by their shims and the Swift faces of these only.
struct LibraryRule: FileRule {
    func applies(to file: SourceFile) -> Bool {
        (file.isSwift || file.isC) && (file.isIn("Sources") || file.isIn("codegen")) && !file.isGenerated
    }

    func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for (index, token) in file.tokens.enumerated() where token.kind == .word {
            if Self.isProtobufC(index, of: file), !file.isIn("Sources/CProtobuf"), !file.isIn("Sources/Protobuf") {
                found.append(
                    file.violation(
                        line: token.line, "only CProtobuf and Protobuf may name protobuf-c; use Protobuf's types"))
            }
            let isNghttp2 = token.text == "nghttp2" || token.text.lowercased().hasPrefix("nghttp2_")
            if isNghttp2, !file.isIn("Sources/CNghttp2"), !file.isIn("Sources/RPC") {
                found.append(
                    file.violation(line: token.line, "only CNghttp2 and RPC may name nghttp2; use RPC's types"))
            }
        }
        return found
    }

    private static func isProtobufC(_ index: Int, of file: SourceFile) -> Bool {
        let text = file.text(index)
        return text.lowercased().hasPrefix("protobuf_c_") || text.hasPrefix("ProtobufC")
            || file.matches(index, "protobuf", "-", "c", "/")
    }
}
