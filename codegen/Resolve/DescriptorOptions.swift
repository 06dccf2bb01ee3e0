/// `google/protobuf/descriptor.proto`, which defines protobuf's own options.
///
/// A file need not import it to set them. Where a file does import it and the proto path has it, that file is read and
/// this one is not.
enum DescriptorOptions {
    static let path = "google/protobuf/descriptor.proto"

    static let syntax: FileSyntax = {
        let log = DiagnosticLog()
        let source = SourceFile(displayPath: "built-in " + path, bytes: PackageResources.descriptor_proto)
        let syntax = Parser.parse(path: path, source: source, log: log)
        precondition(log.diagnostics.isEmpty, "the built-in \(path) does not parse")
        return syntax
    }()
}
