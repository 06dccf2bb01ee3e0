import Descriptors
import Protobuf

/// Turns a resolved file into its descriptor, as protoc has it.
struct Describer {
    let file: FileNode
    /// Whether options stay that are for reading the source only (`retention = RETENTION_SOURCE`).
    let keepsSourceOptions: Bool
    /// The paths of the options that were taken out.
    private(set) var stripped: Set<DescriptorPath> = []

    init(_ file: FileNode, keepsSourceOptions: Bool) {
        self.file = file
        self.keepsSourceOptions = keepsSourceOptions
    }

    /// The file's descriptor without its source info.
    mutating func describe() -> FileDescriptorProto {
        var proto = FileDescriptorProto(name: file.syntax.path)
        if !file.package.isEmpty { proto.package = file.package }
        if file.edition == .proto3 { proto.syntax = "proto3" }
        if !file.edition.isSyntax {
            proto.syntax = "editions"
            proto.edition = file.edition
        }
        for (position, item) in file.syntax.imports.enumerated() {
            proto.dependency.append(item.path)
            if item.kind == .isPublic { proto.publicDependency.append(Int32(position)) }
            if item.kind == .isWeak { proto.weakDependency.append(Int32(position)) }
        }
        proto.optionDependency = file.syntax.optionImports.map(\.path)
        for message in file.messages {
            let path = [PathPart.File.message, Int32(proto.messageType.count)]
            proto.messageType.append(describe(message, path))
        }
        for node in file.enums {
            let path = [PathPart.File.enumeration, Int32(proto.enumType.count)]
            proto.enumType.append(describe(node, path))
        }
        for service in file.services {
            let path = [PathPart.File.service, Int32(proto.service.count)]
            proto.service.append(describe(service, path))
        }
        for field in file.extensions {
            let path = [PathPart.File.extension, Int32(proto.extension.count)]
            proto.extension.append(describe(field, path))
        }
        proto.options = options(file.options, [PathPart.File.options])
        return proto
    }

    // MARK: Messages

    private mutating func describe(_ message: MessageNode, _ path: DescriptorPath) -> DescriptorProto {
        var proto = DescriptorProto(name: message.syntax.name.text)
        for field in message.fields {
            let inner = path + [PathPart.Message.field, Int32(proto.field.count)]
            proto.field.append(describe(field, inner))
        }
        for (oneof, set) in zip(message.syntax.oneofs, message.oneofOptions) {
            let inner = path + [PathPart.Message.oneof, Int32(proto.oneofDecl.count), PathPart.Oneof.options]
            proto.oneofDecl.append(OneofDescriptorProto(name: oneof.name.text, options: options(set, inner)))
        }
        if !message.isMapEntry { addSyntheticOneofs(of: message, to: &proto) }
        for inner in message.messages {
            let path = path + [PathPart.Message.message, Int32(proto.nestedType.count)]
            proto.nestedType.append(describe(inner, path))
        }
        for node in message.enums {
            let path = path + [PathPart.Message.enumeration, Int32(proto.enumType.count)]
            proto.enumType.append(describe(node, path))
        }
        for field in message.extensions {
            let inner = path + [PathPart.Message.extension, Int32(proto.extension.count)]
            proto.extension.append(describe(field, inner))
        }
        addRanges(of: message, to: &proto, path)
        proto.reservedName = message.syntax.reservedNames.map(\.text)
        proto.visibility = message.syntax.visibility
        proto.options = options(message.options, path + [PathPart.Message.options])
        if message.isMapEntry { proto.options = MessageOptions(mapEntry: true) }
        return proto
    }

    /// A proto3 field that is declared `optional` is in a oneof of its own, whose name is nobody else's.
    private func addSyntheticOneofs(of message: MessageNode, to proto: inout DescriptorProto) {
        guard file.isProto3 else { return }
        var taken = Set(message.fields.map(\.syntax.name.text) + message.syntax.oneofs.map(\.name.text))
        for (position, field) in message.fields.enumerated() where field.isProto3Optional {
            var name = field.syntax.name.text
            if !name.hasPrefix("_") { name = "_" + name }
            while !taken.insert(name).inserted { name = "X" + name }
            proto.field[position].oneofIndex = Int32(proto.oneofDecl.count)
            proto.oneofDecl.append(OneofDescriptorProto(name: name))
        }
    }

    private mutating func addRanges(of message: MessageNode, to proto: inout DescriptorProto, _ path: DescriptorPath) {
        for (range, set) in zip(message.extensionRanges, message.rangeOptions) {
            let position = Int32(proto.extensionRange.count)
            let inner = path + [PathPart.Message.extensionRange, position, PathPart.Range.options]
            proto.extensionRange.append(
                DescriptorProto.ExtensionRange(
                    start: Int32(range.first), end: Int32(range.last + 1), options: options(set, inner)))
        }
        for range in message.reservedRanges {
            proto.reservedRange.append(
                DescriptorProto.ReservedRange(start: Int32(range.first), end: Int32(range.last + 1)))
        }
    }

    private mutating func describe(_ field: FieldNode, _ path: DescriptorPath) -> FieldDescriptorProto {
        var proto = FieldDescriptorProto(name: field.syntax.name.text, number: Int32(field.number))
        proto.label = field.isRepeated ? .repeated : .optional
        if field.syntax.label == .required { proto.label = .required }
        switch field.type {
        case .scalar(let type): proto.type = type.descriptorType
        case .message(let message):
            proto.type = field.syntax.isGroup ? .group : .message
            proto.typeName = "." + message.fullName
        case .enumeration(let node):
            proto.type = .enum
            proto.typeName = "." + node.fullName
        case .unknown: preconditionFailure("a field without a type, and no error was reported")
        }
        if field.isExtension { proto.extendee = field.message.map { "." + $0.fullName } }
        proto.defaultValue = field.defaultText
        proto.oneofIndex = field.syntax.oneofIndex.map(Int32.init)
        proto.jsonName = field.jsonName
        if field.isProto3Optional { proto.proto3Optional = true }
        proto.options = options(field.options, path + [PathPart.Field.options])
        return proto
    }

    // MARK: Enums and services

    private mutating func describe(_ node: EnumNode, _ path: DescriptorPath) -> EnumDescriptorProto {
        var proto = EnumDescriptorProto(name: node.syntax.name.text, visibility: node.syntax.visibility)
        for (value, set) in zip(node.syntax.values, node.valueOptions) {
            let inner = path + [PathPart.Enumeration.value, Int32(proto.value.count), PathPart.Member.options]
            proto.value.append(
                EnumValueDescriptorProto(
                    name: value.name.text, number: Int32(value.number.value), options: options(set, inner)))
        }
        for range in node.syntax.reservedRanges {
            proto.reservedRange.append(
                EnumDescriptorProto.EnumReservedRange(start: Int32(range.first), end: Int32(range.last)))
        }
        proto.reservedName = node.syntax.reservedNames.map(\.text)
        proto.options = options(node.options, path + [PathPart.Enumeration.options])
        return proto
    }

    private mutating func describe(_ service: ServiceNode, _ path: DescriptorPath) -> ServiceDescriptorProto {
        var proto = ServiceDescriptorProto(name: service.syntax.name.text)
        for method in service.methods {
            let syntax = method.syntax
            let inner = path + [PathPart.Member.method, Int32(proto.method.count), PathPart.Method.options]
            var described = MethodDescriptorProto(name: syntax.name.text)
            described.inputType = method.input.map { "." + $0.fullName }
            described.outputType = method.output.map { "." + $0.fullName }
            if syntax.isClientStreaming { described.clientStreaming = true }
            if syntax.isServerStreaming { described.serverStreaming = true }
            described.options = options(method.options, inner)
            // To protoc an empty block is a set of options without any.
            if syntax.hasBlock, syntax.options.isEmpty { described.options = MethodOptions() }
            proto.method.append(described)
        }
        proto.options = options(service.options, path + [PathPart.Member.options])
        return proto
    }
}

// MARK: Options

extension Describer {
    /// What is set on an element as an options message; nil if nothing is, or nothing is left.
    private mutating func options<Options: Message>(_ set: SetOptions, _ path: DescriptorPath) -> Options? {
        guard let message = set.message, !message.isEmpty else { return nil }
        let kept = keepsSourceOptions ? message : retained(message, path)
        if kept.isEmpty {
            stripped.insert(path)
            return nil
        }
        if let options = try? Options(decoding: kept.fields.encoded(), limits: .unlimitedDepth) { return options }
        // A file may define protobuf's own options anew, and otherwise: then they are kept as they come.
        var options = Options()
        options.unknownFields = kept.fields
        return options
    }

    /// The message without what is for reading the source only.
    private mutating func retained(_ message: MessageValue, _ path: DescriptorPath) -> MessageValue {
        let result = MessageValue(type: message.type)
        for entry in message.ordered {
            let inner = path + [Int32(entry.field.number)]
            if entry.field.isForSourceOnly {
                stripped.insert(inner)
                continue
            }
            for (position, content) in entry.contents.enumerated() {
                guard case .message(let value) = content, !entry.field.isDelimited else {
                    result.add(content, to: entry.field)
                    continue
                }
                let place = entry.field.isRepeated ? inner + [Int32(position)] : inner
                let kept = retained(value, place)
                if kept.isEmpty, !value.isEmpty, value.type.fullName.isOptionsMessage, !entry.field.isRepeated {
                    stripped.insert(inner)
                } else {
                    result.add(.message(kept), to: entry.field)
                }
            }
        }
        return result
    }
}

extension DecodingLimits {
    /// For what the compiler itself has made; the parser bounds its depth.
    static let unlimitedDepth = DecodingLimits(depthMax: 1000, memoryBytesMax: .max)
}

extension FieldNode {
    fileprivate var isForSourceOnly: Bool {
        if case .identifier("RETENTION_SOURCE")? = options["retention"]?.kind { true } else { false }
    }
}

extension FieldType {
    fileprivate var descriptorType: FieldDescriptorProto.Type_ {
        switch self {
        case .double: .double
        case .float: .float
        case .int32: .int32
        case .int64: .int64
        case .uint32: .uint32
        case .uint64: .uint64
        case .sint32: .sint32
        case .sint64: .sint64
        case .fixed32: .fixed32
        case .fixed64: .fixed64
        case .sfixed32: .sfixed32
        case .sfixed64: .sfixed64
        case .bool: .bool
        case .string: .string
        case .bytes: .bytes
        case .message: .message
        case .group: .group
        case .enumeration: .enum
        }
    }
}
