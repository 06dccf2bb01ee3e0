/// How generated Swift is named. Deterministic: it depends on the schema and the options alone.
public struct RenderOptions: Sendable {
    /// What the names of a package's top-level types begin with, by package. The default for a package that is not
    /// here is its name, with the first letter of each part made capital.
    public var typePrefixes: [String: String]
    /// The module that the generated files become part of.
    public var moduleName: String

    /// - Parameters:
    ///   - typePrefixes: By default Roost's own types have plain names (`CreateRequest`); all others carry their
    ///     package's name: `GoogleProtobufAny`, `GoogleRpcStatus`.
    ///   - moduleName: By which a type is named where another of the same name hides it.
    public init(typePrefixes: [String: String] = ["roost.v1": ""], moduleName: String = "Messages") {
        self.typePrefixes = typePrefixes
        self.moduleName = moduleName
    }

    func prefix(of package: String) -> String {
        if let prefix = typePrefixes[package] { return prefix }
        return package.split(whereSeparator: { $0 == "." || $0 == "_" })
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

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
    private let moduleName: String

    /// - Throws: If two top-level types of different packages would have one name.
    public init(_ schema: Schema, options: RenderOptions = RenderOptions()) throws(RenderError) {
        moduleName = options.moduleName
        var owners: [String: String] = [:]
        for file in schema.files {
            let prefix = options.prefix(of: file.package)
            for (name, fullName) in file.messages.map({ ($0.name, $0.fullName) })
                + file.enums.map({ ($0.name, $0.fullName) })
            {
                let swiftName = Self.typeName(prefix + name)
                if let owner = owners[swiftName] {
                    throw RenderError(name: fullName, reason: "would be \(swiftName) in Swift, as \(owner) is")
                }
                owners[swiftName] = fullName
                paths[fullName] = [swiftName]
            }
            for message in file.messages { add(message) }
        }
    }

    /// The Swift name of a message or enum, for example `CreateRequest` or `Outer.Inner`.
    ///
    /// - Precondition: The schema has a type of this full name.
    public func name(of fullName: String) -> String {
        guard let path = paths[fullName] else { preconditionFailure("no type \(fullName) in the schema") }
        return path.joined(separator: ".")
    }

    /// The name by which code inside the given messages (full names) refers to a type.
    func reference(to fullName: String, within scope: [String]) -> String {
        guard let first = paths[fullName]?.first else { preconditionFailure("no type \(fullName) in the schema") }
        let isHidden = scope.contains { nested[$0, default: []].contains(first) }
        return isHidden ? "\(moduleName).\(name(of: fullName))" : name(of: fullName)
    }

    /// The last component of a type's name.
    func localName(of fullName: String) -> String {
        guard let last = paths[fullName]?.last else { preconditionFailure("no type \(fullName) in the schema") }
        return last
    }

    /// The name of the enum that stands for a oneof.
    func oneofName(_ index: Int, of message: MessageModel) -> String {
        oneofs[message.fullName, default: []][index]
    }

    /// The names of the types declared directly in a message.
    func typesNested(in message: MessageModel) -> Set<String> { nested[message.fullName, default: []] }

    private mutating func add(_ message: MessageModel) {
        let path = paths[message.fullName, default: []]
        var taken: Set<String> = []
        for (name, fullName) in message.messages.filter({ !$0.isMapEntry }).map({ ($0.name, $0.fullName) })
            + message.enums.map({ ($0.name, $0.fullName) })
        {
            let swiftName = Self.typeName(name)
            taken.insert(swiftName)
            paths[fullName] = path + [swiftName]
        }
        var names: [String] = []
        for oneof in message.oneofs {
            var name = Self.typeName(Words.upperCamel(oneof.name))
            if taken.contains(name) { name += "Oneof" }
            while taken.contains(name) { name += "_" }
            taken.insert(name)
            names.append(name)
        }
        nested[message.fullName] = taken
        oneofs[message.fullName] = names
        for inner in message.messages where !inner.isMapEntry { add(inner) }
    }

    private static func typeName(_ name: String) -> String {
        if Reserved.impossible.contains(name) || Reserved.types.contains(name) { return name + "_" }
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
