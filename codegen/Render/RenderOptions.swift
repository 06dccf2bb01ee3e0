/// Who may use the generated declarations.
public enum AccessLevel: String, Sendable, CaseIterable {
    case `public`, package, `internal`
}

/// The module that the Swift types of some files are in, because they were generated elsewhere.
public struct ModuleMapping: Sendable, Equatable {
    /// The path of a file as others import it, `google/type/date.proto`, or of a folder of files, `google/type`.
    public var path: String
    /// The name of the Swift module.
    public var module: String
    /// What the names of its top-level types begin with; nil if it was generated with the same options as this run.
    var typePrefix: String?

    public init(path: String, module: String) {
        self.init(path: path, module: module, typePrefix: nil)
    }

    init(path: String, module: String, typePrefix: String?) {
        self.path = path
        self.module = module
        self.typePrefix = typePrefix
    }

    func covers(_ file: String) -> Bool { file == path || file.hasPrefix(path.hasSuffix("/") ? path : path + "/") }

    /// The types that come with this package.
    static let builtIn: [ModuleMapping] =
        WellKnownFiles.paths.map { ModuleMapping(path: $0, module: "WellKnownTypes", typePrefix: "GoogleProtobuf") }
        + [ModuleMapping(path: DescriptorOptions.path, module: "Descriptors", typePrefix: "")]
}

/// How generated Swift is named, and what it may use. Deterministic: it depends on the schema and the options alone.
public struct RenderOptions: Sendable {
    /// What the names of a package's top-level types begin with, by package. The default for a package that is not
    /// here is its name, with the first letter of each part made capital.
    public var typePrefixes: [String: String]
    /// The module that the generated messages become part of.
    public var moduleName: String
    /// Whether the stubs become part of that module, too.
    public var stubsShareModule = false
    /// Who may use what is generated.
    public var access = AccessLevel.public
    /// Where the types of imported files are that are not generated in this run. Of several that cover a file the one
    /// with the longest path counts.
    public var modules: [ModuleMapping] = []

    /// - Parameters:
    ///   - typePrefixes: By default Roost's own types have plain names (`CreateRequest`); all others carry their
    ///     package's name: `GoogleProtobufAny`, `GoogleRpcStatus`.
    ///   - moduleName: By which a type is named where another of the same name hides it.
    public init(typePrefixes: [String: String] = ["roost.v1": ""], moduleName: String = "Messages") {
        self.typePrefixes = typePrefixes
        self.moduleName = moduleName
    }

    /// Where the types of a file are; nil if they belong to the module that is generated.
    func mapping(of file: FileModel) -> ModuleMapping? {
        if file.isRequested { return nil }
        let own = modules.filter { $0.covers(file.path) }.max { $0.path.utf8.count < $1.path.utf8.count }
        return own ?? ModuleMapping.builtIn.first { $0.path == file.path }
    }

    /// What the names of a file's top-level types begin with.
    func prefix(of file: FileModel) -> String {
        if let prefix = mapping(of: file)?.typePrefix { return prefix }
        if let prefix = typePrefixes[file.package] { return prefix }
        return file.package.split(whereSeparator: { $0 == "." || $0 == "_" })
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
