/// A schema's types by full name, and what follows from how they refer to each other.
struct SchemaIndex {
    private(set) var messages: [String: MessageModel] = [:]
    private(set) var enums: [String: EnumModel] = [:]
    /// By the full name of a type: the path of its file.
    private(set) var files: [String: String] = [:]
    /// By the path of a file: its package.
    private var packages: [String: String] = [:]
    /// By the full name of a message: those it holds by value, so that they cannot be stored in each other.
    private var held: [String: [String]] = [:]

    init(_ schema: Schema) {
        for file in schema.files {
            packages[file.path] = file.package
            for model in file.enums { add(model, path: file.path) }
            for model in file.messages { add(model, path: file.path) }
        }
    }

    /// Whether a field's message contains the message that the field belongs to, so that it must be boxed.
    func isRecursive(_ field: FieldModel, of message: MessageModel) -> Bool {
        guard field.label != .repeated, let target = field.type.messageName else { return false }
        var seen: Set<String> = []
        var open = [target]
        while let next = open.popLast() {
            if next == message.fullName { return true }
            if seen.insert(next).inserted { open += held[next, default: []] }
        }
        return false
    }

    /// The package of the file that declares a type; nil if there is no such type.
    func package(of fullName: String) -> String? { files[fullName].flatMap { packages[$0] } }

    /// The entry type of a map field; nil for every other field.
    func mapEntry(of field: FieldModel) -> MessageModel? {
        guard field.label == .repeated, case .message(let name) = field.type, let entry = messages[name],
            entry.isMapEntry
        else { return nil }
        return entry
    }

    func isClosedEnum(_ type: FieldType) -> Bool {
        guard case .enumeration(let name) = type else { return false }
        return enums[name]?.isClosed ?? false
    }

    private mutating func add(_ message: MessageModel, path: String) {
        messages[message.fullName] = message
        files[message.fullName] = path
        held[message.fullName] = message.fields.compactMap { field in
            field.label == .repeated ? nil : field.type.messageName
        }
        for model in message.enums { add(model, path: path) }
        for model in message.messages { add(model, path: path) }
    }

    private mutating func add(_ model: EnumModel, path: String) {
        enums[model.fullName] = model
        files[model.fullName] = path
    }
}
