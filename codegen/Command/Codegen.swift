import ArgumentParser
import CodegenCore
import Foundation

/// The command line of the generator.
@main
struct Codegen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codegen",
        abstract: "Compiles .proto files to Swift messages and service stubs.",
        usage: "codegen [<options>] [<file.proto> ...]",
        discussion: """
            Without arguments it compiles every file below proto/ into Sources/Messages and Sources/Stubs. Only files \
            that changed are written; generated files that nothing generates any more are removed.

            Examples:

              codegen --messages-out Sources/Bookshop --stubs-out Sources/Bookshop
                  messages and stubs of proto/ in one module, Bookshop
              codegen --type-prefix bookshop.v1= --access-level package
                  types of the package bookshop.v1 without a prefix, for the modules of one Swift package
              codegen --proto-path proto --proto-path vendor --module google/type=GoogleTypes bookshop.proto
                  one file; what it imports from vendor/google/type is in the module GoogleTypes

            protobuf's well-known types need not be on the proto path: they come with this package, as the modules \
            WellKnownTypes and Descriptors, and are generated only if they are named.
            """)

    @Option(help: "Where imports are looked for; may be given several times. (default: proto)")
    var protoPath: [String] = []

    @Option(help: "The directory of the generated messages.")
    var messagesOut = "Sources/Messages"

    @Option(help: "The directory of the generated service stubs.")
    var stubsOut = "Sources/Stubs"

    @Flag(help: "Write nothing; name the files that differ and exit with 1 if there are any.")
    var check = false

    @Flag(help: "Write nothing; print what was resolved, one line a definition.")
    var printSchema = false

    @Option(
        help: ArgumentHelp(
            "Write a FileDescriptorSet of the files, as protoc does, to this file instead of Swift.", valueName: "file")
    )
    var descriptorSetOut: String?

    @Flag(help: "With --descriptor-set-out: also the files that these import, each after its imports.")
    var includeImports = false

    @Flag(help: "With --descriptor-set-out: where everything stands, and the comments.")
    var includeSourceInfo = false

    @Flag(help: "With --descriptor-set-out: also the options that are for reading the source only.")
    var retainOptions = false

    @Option(
        help: ArgumentHelp(
            "What the Swift types of a package begin with instead of the package's name; may be given several times.",
            valueName: "package=prefix"))
    var typePrefix: [TypePrefix] = []

    @Option(help: "Who may use what is generated: public, package or internal.")
    var accessLevel = AccessLevel.public

    @Option(
        help: ArgumentHelp(
            "The module that the messages become part of. (default: the last part of --messages-out)",
            valueName: "name"))
    var moduleName: String?

    @Option(
        help: ArgumentHelp(
            "The module of what an imported file or folder declares; may be given several times.",
            valueName: "path=module"))
    var module: [ModuleMapping] = []

    @Argument(help: "The files to compile, relative to a proto path. Without any: all files below the proto paths.")
    var files: [String] = []

    func run() throws {
        let roots = protoPath.isEmpty ? ["proto"] : protoPath
        let provider = ProtoPath(roots: roots)
        let paths = files.isEmpty ? try ownFiles(provider) : files.map(provider.importPath)
        let compilation = Compiler.compile(paths, from: provider, keepsSourceOptions: retainOptions)
        for diagnostic in compilation.diagnostics { writeError(diagnostic.rendered) }
        guard let schema = compilation.schema else {
            let count = compilation.diagnostics.count { $0.severity == .error }
            writeError("\(count) error\(count == 1 ? "" : "s")\n")
            throw ExitCode(1)
        }
        if let descriptorSetOut {
            let set = try DescriptorSet.make(
                schema, includesImports: includeImports, includesSourceInfo: includeSourceInfo)
            try writeFile(descriptorSetOut, set)
            return
        }
        if printSchema {
            print(SchemaText.render(schema), terminator: "")
            return
        }
        try generate(schema)
    }

    private func generate(_ schema: Schema) throws {
        var differs = false
        for (directory, wanted) in try outputs(of: schema) {
            let output = OutputDirectory(path: directory)
            let plan = OutputPlan(wanted: wanted, existing: try output.existing(), removesStale: files.isEmpty)
            if check {
                for path in plan.paths { writeError("\(directory)/\(path) differs\n") }
            } else {
                try output.apply(plan)
            }
            differs = differs || !plan.isEmpty
        }
        if check, differs {
            writeError("run 'swift run codegen' and commit what it writes\n")
            throw ExitCode(1)
        }
    }

    /// What is generated, by directory and by path in it.
    private func outputs(of schema: Schema) throws -> [(directory: String, files: [String: String])] {
        let messages = URL(fileURLWithPath: messagesOut).standardizedFileURL
        var options = RenderOptions(moduleName: moduleName ?? messages.lastPathComponent)
        for item in typePrefix { options.typePrefixes[item.package] = item.prefix }
        options.access = accessLevel
        options.modules = module
        options.stubsShareModule = messages == URL(fileURLWithPath: stubsOut).standardizedFileURL
        let messageFiles = try Renderer(schema, options: options).messageFiles()
        let stubFiles = try StubRenderer(schema, options: options).files()
        if options.stubsShareModule { return [(messagesOut, try byName(messageFiles + stubFiles))] }
        return [(messagesOut, try byName(messageFiles)), (stubsOut, try byName(stubFiles))]
    }

    /// Every file on the proto path but those that come with this package.
    private func ownFiles(_ provider: ProtoPath) throws -> [String] {
        let builtIn = Set(WellKnownFiles.paths)
        return try provider.allFiles().filter { !builtIn.contains($0) }
    }
}

extension AccessLevel: ExpressibleByArgument {}

extension ModuleMapping: ExpressibleByArgument {
    /// `path=module`, as it is given on the command line.
    public init?(argument: String) {
        let parts = argument.split(separator: "=")
        guard parts.count == 2 else { return nil }
        self.init(path: String(parts[0]), module: String(parts[1]))
    }
}

/// `package=prefix`, as it is given on the command line.
struct TypePrefix: ExpressibleByArgument {
    var package: String
    var prefix: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        package = String(parts[0])
        prefix = String(parts[1])
    }
}

/// Generated files by name.
private func byName(_ files: [RenderedFile]) throws -> [String: String] {
    var texts: [String: String] = [:]
    for file in files where texts.updateValue(file.text, forKey: file.name) != nil {
        throw FileProblem(description: "two .proto files would both become \(file.name); rename one of them")
    }
    return texts
}

/// Writes to standard error.
func writeError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}
