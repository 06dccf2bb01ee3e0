import ArgumentParser
import CodegenCore
import Foundation

/// The command line of the generator.
@main
struct Codegen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codegen",
        abstract: "Compiles .proto files to Swift messages and service stubs.",
        discussion: """
            Without arguments it compiles every file below proto/ into Sources/Messages and Sources/Stubs. Only files \
            that changed are written; generated files that nothing generates any more are removed.
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

    @Argument(help: "The files to compile, relative to a proto path. Without any: all files below the proto paths.")
    var files: [String] = []

    func run() throws {
        let roots = protoPath.isEmpty ? ["proto"] : protoPath
        let provider = ProtoPath(roots: roots)
        let paths = files.isEmpty ? try provider.allFiles() : files.map(provider.importPath)
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
        var options = RenderOptions(moduleName: URL(fileURLWithPath: messagesOut).lastPathComponent)
        for item in typePrefix { options.typePrefixes[item.package] = item.prefix }
        let messages = try Renderer(schema, options: options).messageFiles()
        let stubs = try StubRenderer(schema, options: options).files()
        return [(messagesOut, try byName(messages)), (stubsOut, try byName(stubs))]
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
