import CodegenCore

/// Two files, of which the first may import the second.
private struct Files: SourceProvider {
    let bytes: [[UInt8]]

    func read(_ path: String) -> (displayPath: String, bytes: [UInt8])? {
        switch path {
        case "a.proto": ("a.proto", bytes[0])
        case "b.proto" where bytes.count > 1: ("b.proto", bytes[1])
        default: nil
        }
    }
}

/// The input is a `.proto` file, or two with a zero byte between them. Whatever it is, there is either a schema or an
/// error that says where; and of a schema there are descriptors and Swift.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let files = Files(bytes: input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init))
    let compilation = Compiler.compile(["a.proto"], from: files)
    for diagnostic in compilation.diagnostics {
        precondition(!diagnostic.rendered.isEmpty)
    }
    guard let schema = compilation.schema else {
        precondition(!compilation.diagnostics.isEmpty, "no schema, and nobody says why")
        return 0
    }
    do {
        let set = try DescriptorSet.make(schema, includesImports: true, includesSourceInfo: true)
        precondition(!set.isEmpty)
        let renderer = try Renderer(schema)
        precondition(renderer.messageFiles().allSatisfy { !$0.text.isEmpty })
        let stubs = try StubRenderer(schema).files()
        precondition(stubs.allSatisfy { !$0.text.isEmpty })
    } catch is RenderError {
        return 0
    } catch {
        preconditionFailure("a schema that cannot be described: \(error)")
    }
    return 0
}
