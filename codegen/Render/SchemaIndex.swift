/// A schema's types by full name, and what follows from how they refer to each other.
struct SchemaIndex {
    private(set) var messages: [String: MessageModel] = [:]
    private(set) var enums: [String: EnumModel] = [:]
    /// By the full name of an enum: the names of its values' cases, as source text.
    private var cases: [String: [String]] = [:]
    /// By the full name of a type: the path of its file.
    private(set) var files: [String: String] = [:]
    /// By the path of a file: its package.
    private var packages: [String: String] = [:]
    /// By the full name of a message: the number of its circle.
    private var circles: [String: Int] = [:]

    init(_ schema: Schema) {
        for file in schema.files {
            packages[file.path] = file.package
            for model in file.enums { add(model, path: file.path) }
            for model in file.messages { add(model, path: file.path) }
        }
        circles = Circles.find(in: messages.mapValues { $0.fields.compactMap(\.heldMessage) })
    }

    /// Whether a field's message contains the message that the field belongs to, so that it must be boxed.
    func isRecursive(_ field: FieldModel, of message: MessageModel) -> Bool {
        guard let target = field.heldMessage, let circle = circles[message.fullName] else { return false }
        return circles[target] == circle
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
        for model in message.enums { add(model, path: path) }
        for model in message.messages { add(model, path: path) }
    }

    /// The Swift name of an enum's first value for which something holds.
    func caseName(of fullName: String, where holds: (EnumModel.ValueModel) -> Bool) -> String? {
        guard let position = enums[fullName]?.values.firstIndex(where: holds) else { return nil }
        return cases[fullName]?[position]
    }

    private mutating func add(_ model: EnumModel, path: String) {
        enums[model.fullName] = model
        cases[model.fullName] = CaseNames(model).values.map(Reserved.quoted)
        files[model.fullName] = path
    }
}

extension FieldModel {
    /// The full name of the message that the field holds by value, so that neither can be stored in the other.
    fileprivate var heldMessage: String? { label == .repeated ? nil : type.messageName }
}
