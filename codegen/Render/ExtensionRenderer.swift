/// Writes the extensions that a file declares, as properties of the messages that they extend.
///
/// A message keeps its extensions among its unknown fields. Each extension has a message of its own, of which it is the
/// only field: what is unknown to the extended message is decoded and encoded by that. In a message set, each is an
/// item with a number and a message of its own.
struct ExtensionRenderer {
    private let file: FileModel
    private let index: SchemaIndex
    private let names: TypeNames
    private let extensions: ExtensionNames
    private let table: FileTable

    init(_ file: FileModel, index: SchemaIndex, names: TypeNames, extensions: ExtensionNames, table: FileTable) {
        self.file = file
        self.index = index
        self.names = names
        self.extensions = extensions
        self.table = table
    }

    func render(to source: inout SourceText) {
        for item in file.extensions {
            source.line()
            source.block("extension \(names.name(of: item.extendee))") { properties(of: item, to: &$0) }
        }
        if file.extensions.isEmpty { return }
        source.line()
        source.block("private enum _Extensions") { source in
            for (position, item) in file.extensions.enumerated() {
                if position > 0 { source.line() }
                messageRenderer(of: item).render(to: &source)
            }
        }
    }

    private func messageRenderer(of item: ExtensionModel) -> MessageRenderer {
        MessageRenderer(item.holder, scope: [], index: index, names: names, table: table)
    }

    private func properties(of item: ExtensionModel, to source: inout SourceText) {
        let holder = messageRenderer(of: item)
        let (value, type, _) = holder.declaration(.field(0))
        let name = extensions.name(of: item)
        let (reader, setter) =
            item.isInMessageSet ? ("messageSetItem", "setMessageSetItem") : ("extensionField", "setExtensionField")
        let read = "try self.\(reader)(\(names.name(of: item.fullName)).self, number: \(item.field.number))"
        source.documentation(
            item.field.comment.isEmpty ? ["The extension `\(item.fullName)`."] : item.field.comment,
            isDeprecated: item.field.isDeprecated)
        source.line("///")
        source.line("/// It throws if what the message holds under the number \(item.field.number) is no such value.")
        source.block("public var \(Reserved.quoted(name)): \(type)") { source in
            source.line("get throws(Protobuf.WireError) { \(read).\(value) }")
        }
        if let fallback = holder.members.defaults[0] {
            source.line()
            source.line("/// ``\(name)``, or its default where it is not set.")
            source.block("public var \(extensions.defaultName(of: item)): \(holder.type(item.field.type))") { source in
                source.line("get throws(Protobuf.WireError) { \(read).\(fallback) }")
            }
        }
        source.line()
        source.line("/// Sets ``\(name)``. It throws if the value cannot be encoded.")
        source.block(
            "public mutating func \(extensions.setterName(of: item))(_ value: \(type)) throws(Protobuf.WireError)"
        ) { source in
            source.line("var field = \(names.name(of: item.fullName))()")
            source.line("field.\(value) = value")
            source.line("try self.\(setter)(field, number: \(item.field.number))")
        }
    }
}

/// The Swift names of a schema's extensions.
///
/// An extension from the package of what it extends has its own name, after those of the messages that it is declared
/// in; one from another package has that package's name before it, as it would have to be written in a `.proto` file.
struct ExtensionNames {
    private var names: [String: String] = [:]

    init(_ schema: Schema, index: SchemaIndex, types: TypeNames) {
        var taken: [String: Set<String>] = [:]
        for file in schema.files {
            for item in file.extensions {
                guard let extendee = index.messages[item.extendee] else { continue }
                let package = index.package(of: item.extendee)
                var path = item.fullName
                if package == file.package, !file.package.isEmpty {
                    path = String(path.dropFirst(file.package.count + 1))
                }
                var name = Words.lowerCamel(path.replacing(".", with: "_"))
                if Reserved.impossible.contains(name) { name += "_" }
                var used = taken[item.extendee] ?? Self.members(of: extendee, types: types)
                while !used.isDisjoint(with: [name, Self.setter(name), Self.fallback(name)]) { name += "_" }
                used.formUnion([name, Self.setter(name), Self.fallback(name)])
                taken[item.extendee] = used
                names[item.fullName] = name
            }
        }
    }

    func name(of item: ExtensionModel) -> String {
        guard let name = names[item.fullName] else { preconditionFailure("no extension \(item.fullName)") }
        return name
    }

    func setterName(of item: ExtensionModel) -> String { Self.setter(name(of: item)) }
    func defaultName(of item: ExtensionModel) -> String { Self.fallback(name(of: item)) }

    private static func setter(_ name: String) -> String { "set" + name.prefix(1).uppercased() + name.dropFirst() }
    private static func fallback(_ name: String) -> String { name + "OrDefault" }

    /// The names that an extended message's own members have.
    private static func members(of message: MessageModel, types: TypeNames) -> Set<String> {
        let nested = types.typesNested(in: message)
        let members = MemberNames(message, types: nested)
        return Reserved.members.union(nested).union(members.fields).union(members.oneofs)
            .union(members.defaults.compactMap { $0 })
    }
}

extension ExtensionModel {
    /// A message of which the extension is the only field. An item of a message set may have a number that no field can
    /// have; there the field's number is 1.
    var holder: MessageModel {
        var field = field
        if isInMessageSet { field.number = 1 }
        return MessageModel(name: field.name, fullName: fullName, fields: [field], oneofs: [], messages: [], enums: [])
    }
}

extension FileModel {
    /// Whether anything of it becomes Swift.
    var declaresSwift: Bool { !messages.isEmpty || !enums.isEmpty || !extensions.isEmpty }
}
