/// A file to be written.
public struct RenderedFile: Sendable, Equatable {
    /// The file's name, without a directory.
    public var name: String
    public var text: String
}

/// Writes a schema's messages and enums as Swift. The same schema and options give the same bytes.
public struct Renderer {
    private let schema: Schema
    private let options: RenderOptions
    private let index: SchemaIndex
    private let extensions: ExtensionNames
    /// The Swift names of the schema's types, for other renderers.
    public let names: TypeNames

    /// - Throws: If two types would have one Swift name.
    public init(_ schema: Schema, options: RenderOptions = RenderOptions()) throws(RenderError) {
        self.schema = schema
        self.options = options
        index = SchemaIndex(schema)
        names = try TypeNames(schema, options: options)
        extensions = ExtensionNames(schema, index: index, types: names)
    }

    /// One file for each requested `.proto` file that declares a message, an enum or an extension, `Descriptors.swift`,
    /// and `Registry.swift`.
    public func messageFiles() -> [RenderedFile] {
        var files: [RenderedFile] = []
        for file in schema.files where file.isRequested && file.declaresSwift {
            files.append(RenderedFile(name: Self.fileName(of: file.path), text: render(file)))
        }
        let descriptors = DescriptorsRenderer(schema: schema, access: options.access)
        files.append(RenderedFile(name: "Descriptors.swift", text: descriptors.render()))
        files.append(RenderedFile(name: "Registry.swift", text: registry()))
        return files
    }

    /// `roost/v1/store.proto` becomes `roost_v1_store.pb.swift`.
    public static func fileName(of path: String) -> String {
        let stem = path.hasSuffix(".proto") ? String(path.dropLast(6)) : path
        return stem.replacing("/", with: "_") + ".pb.swift"
    }

    private func render(_ file: FileModel) -> String {
        let table = FileTable(file, index: index)
        let imports = Set((table.namedTypes + file.extensions.map(\.extendee)).compactMap(names.module))
        var source = SourceText(from: file.path, access: options.access, imports: imports.union(["Protobuf"]))
        for model in file.enums {
            source.line()
            EnumRenderer(model, names: names).render(to: &source)
        }
        for message in file.messages {
            source.line()
            MessageRenderer(message, scope: [], index: index, names: names, table: table).render(to: &source)
        }
        ExtensionRenderer(file, index: index, names: names, extensions: extensions, table: table).render(to: &source)
        if !file.messages.isEmpty || !file.extensions.isEmpty {
            source.line()
            table.render(to: &source, names: names)
        }
        return source.text
    }

    private func registry() -> String {
        var messages: [(fullName: String, swiftName: String)] = []
        for file in schema.files where file.isRequested {
            for message in flattened(file.messages) where !message.isMapEntry {
                messages.append((message.fullName, names.name(of: message.fullName)))
            }
        }
        messages.sort { $0.fullName.utf8.lexicographicallyPrecedes($1.fullName.utf8) }
        var source = SourceText(from: nil, access: options.access, imports: ["Protobuf"])
        source.line()
        source.line("/// The generated message types.")
        source.block("public enum MessageRegistry") { source in
            source.line("/// Every message type, in the order of their full names.")
            source.line("public static let all: [any Protobuf.Message.Type] = [")
            source.indented { source in
                for message in messages { source.line("\(message.swiftName).self,") }
            }
            source.line("]")
            source.line()
            source.line("/// The message types by full name, `package.Message`.")
            source.line("public static let byFullName: [Swift.String: any Protobuf.Message.Type] = Swift.Dictionary(")
            source.line("    uniqueKeysWithValues: all.map { ($0.fullName, $0) })")
        }
        return source.text
    }
}

/// Messages and the messages nested in them, each before its own.
func flattened(_ messages: [MessageModel]) -> [MessageModel] {
    messages.flatMap { [$0] + flattened($0.messages) }
}

/// The table from which the C shim builds the types of one file; `cpb_build` describes its words.
struct FileTable {
    private var messages: [MessageModel]
    /// By full name, those of imported messages after the others.
    private let positions: [String: Int]
    private let closedPositions: [String: Int]
    private var closedEnums: [EnumModel] = []
    private var imports: [String] = []
    private let index: SchemaIndex

    init(_ file: FileModel, index: SchemaIndex) {
        self.index = index
        messages = flattened(file.messages) + file.extensions.map(\.holder)
        var imported: Set<String> = []
        var closed: Set<String> = []
        for field in messages.flatMap(\.fields) {
            switch field.type {
            case .message(let name), .group(let name):
                if index.files[name] != file.path { imported.insert(name) }
            case .enumeration(let name) where index.isClosedEnum(field.type): closed.insert(name)
            default: break
            }
        }
        imports = imported.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        closedEnums = closed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { index.enums[$0] }
        positions = Self.positions(of: messages.map(\.fullName) + imports)
        closedPositions = Self.positions(of: closedEnums.map(\.fullName))
    }

    private static func positions(of names: [String]) -> [String: Int] {
        Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    }

    /// The full names of all types that its fields have.
    var namedTypes: [String] {
        messages.flatMap(\.fields).compactMap { field in
            switch field.type {
            case .message(let name), .group(let name), .enumeration(let name): name
            default: nil
            }
        }
    }

    /// The position of a message in the table.
    func position(of fullName: String) -> Int {
        guard let position = positions[fullName] else {
            preconditionFailure("\(fullName) is not in the table of its file")
        }
        return position
    }

    func render(to source: inout SourceText, names: TypeNames) {
        source.block("private enum _FileLayout") { source in
            source.line("static let file = Protobuf.FileLayout(")
            source.indented { source in
                source.line("words: [")
                source.indented { words(to: &$0) }
                source.line("],")
                source.line("names: \"\"\"")
                source.indented { source in
                    for message in messages {
                        source.line(([message.fullName] + byNumber(message).map(\.field.name)).joined(separator: " "))
                    }
                }
                source.line("    \"\"\"\(imports.isEmpty ? ")" : ",")")
                if imports.isEmpty { return }
                source.line("imports: [")
                source.indented { source in
                    for name in imports { source.line("\(names.name(of: name)).layout,") }
                }
                source.line("])")
            }
        }
    }

    private func words(to source: inout SourceText) {
        source.line("\(messages.count), \(closedEnums.count),")
        for model in closedEnums {
            let values = Set(model.values.map(\.number)).sorted()
            let words = ([UInt32(values.count)] + values.map { UInt32(bitPattern: $0) }).map { "\($0), " }
            source.line("\(words.joined()) // \(model.fullName)")
        }
        for message in messages {
            let layout = StructLayout(message)
            source.line("\(layout.size), \(message.fields.count),  // \(message.fullName)")
            for (position, field) in byNumber(message) {
                let place = layout.places[position]
                let kind = field.type.kind(isClosedEnum: index.isClosedEnum(field.type)) | flags(of: field) << 8
                source.line(
                    "\(field.number), \(kind), \(place.quantifier), \(place.value), \(reference(of: field)),"
                        + "  // \(field.name)")
            }
        }
    }

    private func byNumber(_ message: MessageModel) -> [(position: Int, field: FieldModel)] {
        message.fields.enumerated().map { ($0.offset, $0.element) }.sorted { $0.field.number < $1.field.number }
    }

    private func flags(of field: FieldModel) -> Int {
        (field.label == .repeated ? 1 : 0) + (field.isPacked && field.label == .repeated ? 2 : 0)
            + (field.oneofIndex != nil ? 4 : 0) + (index.mapEntry(of: field) != nil ? 8 : 0)
            + (field.type.isDelimited ? 16 : 0)
    }

    private func reference(of field: FieldModel) -> Int {
        switch field.type {
        case .message(let name), .group(let name): return position(of: name)
        case .enumeration(let name): return closedPositions[name] ?? 0
        default:
            return 0
        }
    }
}
