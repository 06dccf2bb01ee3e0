/// Where `.proto` files come from.
public protocol SourceProvider {
    /// The file that others import as `path`: its bytes, and the path to tell people; nil if there is none.
    func read(_ path: String) -> (displayPath: String, bytes: [UInt8])?
}

/// What compiling some files came to.
public struct Compilation: Sendable {
    /// The resolved files; nil if there are errors.
    public var schema: Schema?
    /// Every error and warning of the run: files in dependency order, each file's by place.
    public var diagnostics: [Diagnostic]
}

/// Reads `.proto` files as protoc does.
public enum Compiler {
    /// Compiles `paths`, each as other files would import it, and all that they import.
    ///
    /// - Parameter keepsSourceOptions: Whether descriptors keep options that are for reading the source only.
    public static func compile(
        _ paths: [String], from provider: some SourceProvider, keepsSourceOptions: Bool = false
    ) -> Compilation {
        let log = DiagnosticLog()
        var loader = Loader(provider: provider, log: log)
        let files = loader.load(paths)
        let resolver = Resolver(files: files, log: log)
        defer { resolver.dismantle() }
        resolver.resolve()
        let order = files.map(\.syntax.source.displayPath)
        return Compilation(
            schema: log.errorCount == 0 ? resolver.schema(keepsSourceOptions: keepsSourceOptions) : nil,
            diagnostics: log.sorted(paths: order))
    }
}

/// Loads files and what they import.
struct Loader<Provider: SourceProvider> {
    let provider: Provider
    let log: DiagnosticLog
    private var files: [FileNode] = []
    private var nodes: [String: FileNode] = [:]

    /// A file whose imports are being loaded.
    private struct Frame {
        var syntax: FileSyntax
        var nextImport = 0
    }

    init(provider: Provider, log: DiagnosticLog) {
        self.provider = provider
        self.log = log
    }

    /// The files of `paths` and of everything they import, each after what it imports. The file that defines protobuf's
    /// own options is always among them.
    mutating func load(_ paths: [String]) -> [FileNode] {
        let requested = Set(paths)
        for path in paths where nodes[path] == nil {
            if let syntax = read(path) {
                load(Frame(syntax: syntax), requested: requested)
            } else {
                log.add(Diagnostic(.error, path: path, message: "there is no such file on the proto path"))
            }
        }
        if nodes[DescriptorOptions.path] == nil {
            finish(DescriptorOptions.syntax, isRequested: false, isImplicit: true)
        }
        return files
    }

    /// Loads without recursion, so that the length of a chain of imports does not matter.
    private mutating func load(_ root: Frame, requested: Set<String>) {
        var stack = [root]
        while let frame = stack.last {
            let imports = frame.syntax.imports + frame.syntax.optionImports
            guard frame.nextImport < imports.count else {
                stack.removeLast()
                finish(frame.syntax, isRequested: requested.contains(frame.syntax.path))
                continue
            }
            let item = imports[frame.nextImport]
            stack[stack.count - 1].nextImport += 1
            guard nodes[item.path] == nil else { continue }
            let location = SourceLocation(file: frame.syntax.source, range: item.range)
            if let start = stack.firstIndex(where: { $0.syntax.path == item.path }) {
                let cycle = stack[start...].map(\.syntax.path) + [item.path]
                log.error("the file imports itself: " + cycle.joined(separator: " -> "), at: location)
            } else if let syntax = read(item.path) {
                stack.append(Frame(syntax: syntax))
            } else {
                let reason = Self.isPlain(item.path) ? "was not found on the proto path" : Self.pathRule
                log.error("the import \"\(item.path)\" \(reason)", at: location)
            }
        }
    }

    private mutating func finish(_ syntax: FileSyntax, isRequested: Bool, isImplicit: Bool = false) {
        var seen: Set<String> = []
        for item in syntax.imports + syntax.optionImports where !seen.insert(item.path).inserted {
            log.error(
                "\"\(item.path)\" is imported twice", at: SourceLocation(file: syntax.source, range: item.range))
        }
        let node = FileNode(
            syntax: syntax, index: files.count, isRequested: isRequested, isImplicit: isImplicit,
            imports: syntax.imports.map { nodes[$0.path] }, optionImports: syntax.optionImports.map { nodes[$0.path] })
        files.append(node)
        nodes[syntax.path] = node
    }

    private func read(_ path: String) -> FileSyntax? {
        guard Self.isPlain(path) else { return nil }
        guard let (displayPath, bytes) = provider.read(path) else {
            if path == DescriptorOptions.path { return DescriptorOptions.syntax }
            return WellKnownFiles.text(path).map { text in
                Parser.parse(path: path, source: SourceFile(displayPath: "built-in " + path, bytes: text), log: log)
            }
        }
        return Parser.parse(path: path, source: SourceFile(displayPath: displayPath, bytes: bytes), log: log)
    }

    private static var pathRule: String { "is not a plain path: '\\', '//', '.' and '..' are not allowed in it" }

    /// Whether the path stays below the proto path and has only one spelling.
    private static func isPlain(_ path: String) -> Bool {
        guard !path.isEmpty, !path.utf8.contains(0), !path.contains("\\") else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".."
        }
    }
}
