import Descriptors

/// Writes the descriptors of a schema's files as data of the program, for server reflection.
struct DescriptorsRenderer {
    let schema: Schema
    let access: AccessLevel

    func render() -> String {
        var source = SourceText(from: nil, access: access, imports: ["Protobuf"])
        source.line()
        source.line("/// The `.proto` files that this module's types come from, and all that they import.")
        source.block("public enum FileDescriptors") { source in
            source.line("/// Each after those that it imports.")
            source.line("public static let all: [Protobuf.FileDescriptor] = [")
            source.indented { source in
                for file in schema.files { render(file, to: &source) }
            }
            source.line("]")
        }
        return source.text
    }

    private func render(_ file: FileModel, to source: inout SourceText) {
        let descriptor = file.descriptor
        let names = (descriptor.dependency + descriptor.optionDependency).map { "\"\($0)\"" }
        source.line("Protobuf.FileDescriptor(")
        source.indented { source in
            source.line("name: \"\(file.path)\",")
            source.line("dependencies: [\(names.joined(separator: ", "))],")
            source.line("text: \"\"\"")
            source.indented { source in
                for line in Self.literal(Self.encoded(descriptor)) { source.line(line) }
                source.line("\"\"\"),")
            }
        }
    }

    private static func encoded(_ descriptor: FileDescriptorProto) -> [UInt8] {
        do {
            return try descriptor.encoded()
        } catch {
            preconditionFailure("a descriptor that the compiler has made cannot be encoded: \(error)")
        }
    }

    /// The lines of a multi-line literal, of which each but the last ends with `\`: each byte as the Unicode scalar of
    /// its value.
    private static func literal(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
            case 0x20..<0x7F: line.append(byte)
            default: line += Array("\\u{\(String(byte, radix: 16))}".utf8)
            }
            if line.count >= 100 {
                lines.append(String(decoding: line, as: UTF8.self) + "\\")
                line = []
            }
        }
        return lines + [String(decoding: line, as: UTF8.self)]
    }
}
