/// A schema as plain text, one line a definition: for comparing it with what another compiler made of the same files.
public enum SchemaText {
    /// Every requested file of `schema`. The same schema gives the same text.
    public static func render(_ schema: Schema) -> String {
        var lines: [String] = []
        for file in schema.files where file.isRequested {
            let syntax = file.syntax == .proto2 ? "proto2" : "proto3"
            lines.append("file \(file.path) package=\(file.package) syntax=\(syntax)")
            lines += file.dependencies.map { "  import \($0)" }
            for message in file.messages { append(message, to: &lines) }
            for model in file.enums { append(model, to: &lines) }
            for service in file.services { append(service, to: &lines) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func append(_ message: MessageModel, to lines: inout [String]) {
        let entry = message.isMapEntry ? " entry" : ""
        lines.append(
            "message \(message.fullName)\(entry)\(deprecated(message.isDeprecated))\(comment(message.comment))")
        for field in message.fields {
            var line = "  field \(field.name)=\(field.number) json=\(field.jsonName) \(field.label) \(text(field.type))"
            if field.hasPresence { line += " presence" }
            if let index = field.oneofIndex { line += " oneof=\(index)" }
            if field.isPacked { line += " packed" }
            switch field.defaultValue {
            case .text(let text): line += " default=\(text)"
            case .bytes(let bytes): line += " default=" + bytes.map(hexadecimal).joined()
            case nil: break
            }
            lines.append(line + deprecated(field.isDeprecated) + comment(field.comment))
        }
        for oneof in message.oneofs { lines.append("  oneof \(oneof.name)\(comment(oneof.comment))") }
        for inner in message.messages { append(inner, to: &lines) }
        for inner in message.enums { append(inner, to: &lines) }
    }

    private static func append(_ model: EnumModel, to lines: inout [String]) {
        let closed = model.isClosed ? " closed" : ""
        lines.append("enum \(model.fullName)\(closed)\(deprecated(model.isDeprecated))\(comment(model.comment))")
        for value in model.values {
            lines.append(
                "  value \(value.name)=\(value.number)\(deprecated(value.isDeprecated))\(comment(value.comment))")
        }
    }

    private static func append(_ service: ServiceModel, to lines: inout [String]) {
        lines.append("service \(service.fullName)\(deprecated(service.isDeprecated))\(comment(service.comment))")
        for method in service.methods {
            let input = (method.isClientStreaming ? "stream " : "") + method.inputType
            let output = (method.isServerStreaming ? "stream " : "") + method.outputType
            lines.append(
                "  rpc \(method.name)(\(input)) returns (\(output))\(deprecated(method.isDeprecated))"
                    + comment(method.comment))
        }
    }

    private static func text(_ type: FieldType) -> String {
        switch type {
        case .message(let name): "message:\(name)"
        case .group(let name): "group:\(name)"
        case .enumeration(let name): "enum:\(name)"
        default: "\(type)"
        }
    }

    private static func deprecated(_ isDeprecated: Bool) -> String { isDeprecated ? " deprecated" : "" }

    private static func comment(_ lines: [String]) -> String {
        lines.isEmpty ? "" : " // " + lines.joined(separator: " | ")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
