import Protobuf

/// Some files by what they define: what server reflection is asked for.
public struct DescriptorIndex: Sendable {
    private struct ExtensionKey: Hashable, Sendable {
        var type: String
        var number: Int32
    }

    /// The files, each after those that it imports.
    public let files: [FileDescriptor]
    private var byName: [String: Int] = [:]
    private var bySymbol: [String: Int] = [:]
    private var byExtension: [ExtensionKey: Int] = [:]
    private var extensionsOfType: [String: [Int32]] = [:]
    /// The full names of the services, in the order of the files.
    public private(set) var services: [String] = []

    /// Decodes the files, which takes some milliseconds for some dozens of them. Of two that define the same, the first
    /// counts.
    ///
    /// - Throws: A ``WireError`` if what is in one of them is no descriptor.
    public init(_ files: [FileDescriptor]) throws(WireError) {
        self.files = files
        for (position, file) in files.enumerated() where byName[file.name] == nil {
            byName[file.name] = position
            add(try FileDescriptorProto(decoding: file.encoded), at: position)
        }
    }

    /// The file that others import by this name.
    public func file(named name: String) -> FileDescriptor? { byName[name].map { files[$0] } }

    /// The file that defines a message, enum, enum value, field, oneof, extension, service or method.
    ///
    /// - Parameter symbol: Its full name, for example `roost.v1.Store.Get`, without a leading dot.
    public func file(defining symbol: String) -> FileDescriptor? { bySymbol[symbol].map { files[$0] } }

    /// The file that extends a message type with a field of this number.
    public func file(extending type: String, number: Int32) -> FileDescriptor? {
        byExtension[ExtensionKey(type: type, number: number)].map { files[$0] }
    }

    /// The numbers of all extensions of a message type, in order; empty if there are none.
    public func extensionNumbers(of type: String) -> [Int32] { extensionsOfType[type, default: []].sorted() }

    // MARK: Reading

    private mutating func add(_ file: FileDescriptorProto, at position: Int) {
        let scope = file.package.map { $0 + "." } ?? ""
        for message in file.messageType { add(message, scope, position) }
        for type in file.enumType { add(type, scope, position) }
        for field in file.extension { add(field, scope, position) }
        for service in file.service {
            let name = scope + (service.name ?? "")
            services.append(name)
            define(name, position)
            for method in service.method { define("\(name).\(method.name ?? "")", position) }
        }
    }

    private mutating func add(_ message: DescriptorProto, _ scope: String, _ position: Int) {
        let name = scope + (message.name ?? "")
        define(name, position)
        let inner = name + "."
        for field in message.field { define(inner + (field.name ?? ""), position) }
        for oneof in message.oneofDecl { define(inner + (oneof.name ?? ""), position) }
        for nested in message.nestedType { add(nested, inner, position) }
        for type in message.enumType { add(type, inner, position) }
        for field in message.extension { add(field, inner, position) }
    }

    /// An enum's values are its siblings.
    private mutating func add(_ type: EnumDescriptorProto, _ scope: String, _ position: Int) {
        define(scope + (type.name ?? ""), position)
        for value in type.value { define(scope + (value.name ?? ""), position) }
    }

    private mutating func add(_ field: FieldDescriptorProto, _ scope: String, _ position: Int) {
        define(scope + (field.name ?? ""), position)
        guard let extendee = field.extendee, let number = field.number else { return }
        let type = extendee.hasPrefix(".") ? String(extendee.dropFirst()) : extendee
        let key = ExtensionKey(type: type, number: number)
        guard byExtension[key] == nil else { return }
        byExtension[key] = position
        extensionsOfType[type, default: []].append(number)
    }

    private mutating func define(_ symbol: String, _ position: Int) {
        if bySymbol[symbol] == nil { bySymbol[symbol] = position }
    }
}
