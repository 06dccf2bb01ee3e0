/// Why a schema cannot be rendered.
public struct RenderError: Error, CustomStringConvertible, Equatable {
    /// The full name of what cannot be rendered.
    public var name: String
    public var reason: String

    public var description: String { "\(name): \(reason)" }
}

/// The Swift names of a schema's types.
public struct TypeNames: Sendable {
    /// By full name: the path of Swift types, outermost first.
    private var paths: [String: [String]] = [:]
    /// By full name of a message: the names of the types declared directly in it, oneofs included.
    private var nested: [String: Set<String>] = [:]
    /// By full name of a message: the Swift names of its oneofs' enums.
    private var oneofs: [String: [String]] = [:]
    /// By full name: the module of a type that is not generated in this run.
    private var modules: [String: String] = [:]
    private let moduleName: String
    /// Names that would hide what generated code refers to.
    private let reserved: Set<String>

    /// - Throws: If two top-level types of different packages would have one name.
    public init(_ schema: Schema, options: RenderOptions = RenderOptions()) throws(RenderError) {
        moduleName = options.moduleName
        reserved = Reserved.types.union(schema.files.compactMap { options.mapping(of: $0)?.module })
            .union([options.moduleName])
        var owners: [String: String] = [:]
        for file in schema.files {
            let prefix = options.prefix(of: file)
            let module = options.mapping(of: file)?.module
            for (name, fullName) in file.messages.map({ ($0.name, $0.fullName) })
                + file.enums.map({ ($0.name, $0.fullName) })
            {
                let swiftName = typeName(prefix + name)
                if let module {
                    modules[fullName] = module
                } else if let owner = owners.updateValue(fullName, forKey: swiftName) {
                    throw RenderError(name: fullName, reason: "would be \(swiftName) in Swift, as \(owner) is")
                }
                paths[fullName] = [swiftName]
            }
            for message in file.messages { add(message, module: module) }
            for (position, item) in file.extensions.enumerated() where file.isRequested {
                paths[item.fullName] = ["_Extensions", "E\(position)"]
            }
        }
    }

    /// The Swift name of a message or enum, for example `CreateRequest` or `Outer.Inner`; with its module if it is not
    /// generated in this run, `WellKnownTypes.GoogleProtobufAny`.
    ///
    /// - Precondition: The schema has a type of this full name.
    public func name(of fullName: String) -> String {
        let name = path(of: fullName).joined(separator: ".")
        return modules[fullName].map { "\($0).\(name)" } ?? name
    }

    /// The Swift name of a message or enum with its module.
    func qualifiedName(of fullName: String) -> String {
        modules[fullName] == nil ? "\(moduleName).\(name(of: fullName))" : name(of: fullName)
    }

    /// The module of a type that is not generated in this run.
    func module(of fullName: String) -> String? { modules[fullName] }

    /// The name by which code inside the given messages (full names) refers to a type.
    func reference(to fullName: String, within scope: [String]) -> String {
        let first = path(of: fullName)[0]
        let isHidden = scope.contains { nested[$0, default: []].contains(first) }
        return isHidden ? qualifiedName(of: fullName) : name(of: fullName)
    }

    /// The last component of a type's name.
    func localName(of fullName: String) -> String {
        let path = path(of: fullName)
        return path[path.count - 1]
    }

    private func path(of fullName: String) -> [String] {
        guard let path = paths[fullName] else { preconditionFailure("no type \(fullName) in the schema") }
        return path
    }

    /// The name of the enum that stands for a oneof.
    func oneofName(_ index: Int, of message: MessageModel) -> String {
        oneofs[message.fullName, default: []][index]
    }

    /// The names of the types declared directly in a message.
    func typesNested(in message: MessageModel) -> Set<String> { nested[message.fullName, default: []] }

    private mutating func add(_ message: MessageModel, module: String?) {
        let path = paths[message.fullName, default: []]
        var taken: Set<String> = []
        for (name, fullName) in message.messages.filter({ !$0.isMapEntry }).map({ ($0.name, $0.fullName) })
            + message.enums.map({ ($0.name, $0.fullName) })
        {
            var swiftName = typeName(name)
            while taken.contains(swiftName) { swiftName += "_" }
            taken.insert(swiftName)
            paths[fullName] = path + [swiftName]
            modules[fullName] = module
        }
        var names: [String] = []
        for oneof in message.oneofs {
            var name = typeName(Words.upperCamel(oneof.name))
            if taken.contains(name) { name += "Oneof" }
            while taken.contains(name) { name += "_" }
            taken.insert(name)
            names.append(name)
        }
        nested[message.fullName] = taken
        oneofs[message.fullName] = names
        for inner in message.messages where !inner.isMapEntry { add(inner, module: module) }
    }

    private func typeName(_ name: String) -> String {
        if name.first?.isNumber == true { return "_" + name }
        if Reserved.impossible.contains(name) || reserved.contains(name) { return name + "_" }
        return Reserved.quoted(name)
    }
}

/// The Swift names of a message's properties.
struct MemberNames {
    /// By position in the message's fields. A oneof's member has the name of its case.
    let fields: [String]
    /// By position in the message's oneofs.
    let oneofs: [String]
    /// By position in the message's fields: the property that gives the field's value or its default.
    let defaults: [String?]

    init(_ message: MessageModel, types: Set<String>) {
        var taken = Reserved.members.union(types)
        var cases: [Int: Set<String>] = [:]
        var fields: [String] = []
        for field in message.fields {
            let name = Words.lowerCamel(field.name)
            if let oneof = field.oneofIndex {
                fields.append(
                    Self.unique(name, number: field.number, taken: &cases[oneof, default: Reserved.optionalCases]))
            } else {
                fields.append(Self.unique(name, number: field.number, taken: &taken))
            }
        }
        oneofs = message.oneofs.enumerated().map { index, oneof in
            Self.unique(Words.lowerCamel(oneof.name), number: index, taken: &taken)
        }
        defaults = zip(message.fields, fields).map { field, name in
            if field.defaultValue == nil || field.label == .repeated || field.oneofIndex != nil { return nil }
            return Self.unique("\(name)OrDefault", number: field.number, taken: &taken)
        }
        self.fields = fields
    }

    private static func unique(_ name: String, number: Int, taken: inout Set<String>) -> String {
        var result = name
        if let first = result.first, first.isNumber { result = "_" + result }
        if Reserved.impossible.contains(result) || taken.contains(result) { result += "_" }
        if taken.contains(result) { result += "\(number)" }
        while taken.contains(result) { result += "_" }
        taken.insert(result)
        return result
    }
}

/// The Swift names of an enum's values, by position: without the enum's own name where all of them begin with it.
struct CaseNames {
    let values: [String]

    init(_ model: EnumModel) {
        let stripped = model.values.map { Self.strip(model.name, from: $0.name) }
        let isPrefixed = stripped.allSatisfy { $0 != nil }
        var taken = Reserved.cases
        var names: [String] = []
        for (value, short) in zip(model.values, stripped) {
            var name = Words.lowerCamel(value.name)
            if isPrefixed, let short, !(short.first?.isNumber ?? true) { name = Words.lowerCamel(short) }
            if let first = name.first, first.isNumber { name = "_" + name }
            if Reserved.impossible.contains(name) || taken.contains(name) { name += "_" }
            if taken.contains(name) { name += "\(value.number)".replacing("-", with: "minus") }
            while taken.contains(name) { name += "_" }
            taken.insert(name)
            names.append(name)
        }
        values = names
    }

    /// `READ_LEVEL_LINEARIZABLE` without `ReadLevel` is `LINEARIZABLE`.
    private static func strip(_ name: String, from value: String) -> String? {
        let prefix = name.replacing("_", with: "").lowercased()
        let parts = value.split(separator: "_", omittingEmptySubsequences: true)
        var begin = ""
        for (index, part) in parts.enumerated() {
            begin += part.lowercased()
            if begin == prefix, index + 1 < parts.count { return parts[(index + 1)...].joined(separator: "_") }
        }
        return nil
    }
}
