import Descriptors
import Protobuf

/// Why descriptors describe no types.
public enum SchemaError: Error, Hashable, Sendable {
    /// A file holds something else than a descriptor.
    case wire(WireError, file: String)
    /// A field is of a type, or extends one, that none of the files defines.
    case unknownType(String, field: String)
    /// A field lacks a name, a number or a type.
    case incompleteField(String)
}

extension SchemaError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wire(let error, let file): return "\(file): \(error)"
        case .unknownType(let type, let field): return "\(field): no file defines the type \(type)"
        case .incompleteField(let field): return "\(field): the descriptor of the field is not complete"
        }
    }
}

/// Makes a schema of descriptors: first all types without fields, then the fields, which refer to types.
struct SchemaBuilder {
    private var schema = Schema()
    private var enumIndex: [String: Int] = [:]
    /// Whose fields are still to be added.
    private var open: [(message: Int, descriptor: DescriptorProto, features: Features)] = []
    private var extensions: [(scope: String, descriptor: FieldDescriptorProto, features: Features)] = []

    static func build(_ files: [FileDescriptor]) throws(SchemaError) -> Schema {
        var builder = SchemaBuilder()
        var seen: Set<String> = []
        for file in files where seen.insert(file.name).inserted {
            do {
                builder.add(try FileDescriptorProto(decoding: file.encoded))
            } catch {
                throw .wire(error, file: file.name)
            }
        }
        for (message, descriptor, features) in builder.open {
            try builder.addFields(of: descriptor, to: message, features)
        }
        for (scope, descriptor, features) in builder.extensions {
            try builder.addExtension(descriptor, scope, features)
        }
        builder.finish()
        return builder.schema
    }

    // MARK: Types

    private mutating func add(_ file: FileDescriptorProto) {
        let features = Features(file)
        let scope = file.package.map { $0 + "." } ?? ""
        for message in file.messageType { add(message, scope, features) }
        for type in file.enumType { add(type, scope, features) }
        for field in file.extension { extensions.append((scope, field, features)) }
    }

    private mutating func add(_ message: DescriptorProto, _ scope: String, _ outer: Features) {
        let name = scope + (message.name ?? "")
        let features = outer.merging(message.options?.features)
        // Of two types with one name the first counts, as it does for `DescriptorIndex`.
        if schema.messageIndex[name] == nil {
            schema.messageIndex[name] = schema.messages.count
            open.append((schema.messages.count, message, features))
            var type = MessageType(name: name)
            type.oneofs = message.oneofDecl.map { $0.name ?? "" }
            type.isMessageSet = message.options?.messageSetWireFormat ?? false
            schema.messages.append(type)
        }
        let inner = name + "."
        for nested in message.nestedType { add(nested, inner, features) }
        for type in message.enumType { add(type, inner, features) }
        for field in message.extension { extensions.append((inner, field, features)) }
    }

    private mutating func add(_ descriptor: EnumDescriptorProto, _ scope: String, _ outer: Features) {
        let name = scope + (descriptor.name ?? "")
        guard enumIndex[name] == nil else { return }
        enumIndex[name] = schema.enums.count
        var type = EnumType(name: name, isClosed: outer.merging(descriptor.options?.features).isClosed)
        for value in descriptor.value {
            guard let name = value.name, let number = value.number else { continue }
            type.numbers[Array(name.utf8)] = number
            if type.names[number] == nil { type.names[number] = name }
        }
        schema.enums.append(type)
    }

    // MARK: Fields

    private mutating func addFields(
        of descriptor: DescriptorProto, to message: Int, _ features: Features
    ) throws(SchemaError) {
        let type = schema.messages[message].name
        let isMapEntry = descriptor.options?.mapEntry ?? false
        for field in descriptor.field {
            guard let name = field.name else { throw .incompleteField(type) }
            var outer = features
            if let oneof = field.oneofIndex, descriptor.oneofDecl.indices.contains(Int(oneof)) {
                outer = features.merging(descriptor.oneofDecl[Int(oneof)].options?.features)
            }
            // What a map's entry consists of is never between two tags.
            if isMapEntry { outer.isDelimited = false }
            let made = try make(field, name: name, jsonName: field.jsonName ?? name, scope: type + ".", outer)
            schema.messages[message].fields.append(made)
        }
    }

    private mutating func addExtension(
        _ descriptor: FieldDescriptorProto, _ scope: String, _ features: Features
    ) throws(SchemaError) {
        let fullName = scope + (descriptor.name ?? "")
        let extendee = Self.absolute(descriptor.extendee ?? "")
        guard let message = schema.messageIndex[extendee] else { throw .unknownType(extendee, field: fullName) }
        let name = "[\(fullName)]"
        let made = try make(descriptor, name: name, jsonName: name, scope: scope, features)
        schema.messages[message].fields.append(made)
    }

    private func make(
        _ descriptor: FieldDescriptorProto, name: String, jsonName: String, scope: String, _ outer: Features
    ) throws(SchemaError) -> Field {
        let place = scope + (descriptor.name ?? "")
        guard let number = descriptor.number, number > 0, let type = descriptor.type else {
            throw .incompleteField(place)
        }
        let features = outer.merging(descriptor.options?.features)
        let kind = try kind(type, Self.absolute(descriptor.typeName ?? ""), place)
        let isMessage = if case .message = kind { true } else { false }
        let isRepeated = descriptor.label == .repeated
        let isPackable = isRepeated && kind.wireType != 2
        let isExtension = descriptor.extendee != nil
        let isInOneof = descriptor.oneofIndex != nil
        return Field(
            name: name, jsonName: jsonName, number: Int(number), kind: kind,
            cardinality: isRepeated ? .repeated : .singular,
            hasPresence: !isRepeated && (isMessage || isInOneof || isExtension || features.hasPresence),
            isRequired: descriptor.label == .required || features.isRequired && !isRepeated && !isInOneof,
            isPacked: isPackable && (descriptor.options?.packed ?? features.isPacked),
            isDelimited: type == .group || isMessage && features.isDelimited,
            oneof: descriptor.proto3Optional == true ? nil : descriptor.oneofIndex.map { Int($0) })
    }

    private func kind(
        _ type: FieldDescriptorProto.Type_, _ typeName: String, _ place: String
    ) throws(SchemaError) -> FieldKind {
        switch type {
        case .double: return .double
        case .float: return .float
        case .int32: return .int32
        case .int64: return .int64
        case .uint32: return .uint32
        case .uint64: return .uint64
        case .sint32: return .sint32
        case .sint64: return .sint64
        case .fixed32: return .fixed32
        case .fixed64: return .fixed64
        case .sfixed32: return .sfixed32
        case .sfixed64: return .sfixed64
        case .bool: return .bool
        case .string: return .string
        case .bytes: return .bytes
        case .enum:
            guard let position = enumIndex[typeName] else { throw .unknownType(typeName, field: place) }
            return .enumeration(position)
        case .message, .group:
            guard let position = schema.messageIndex[typeName] else { throw .unknownType(typeName, field: place) }
            return .message(position)
        }
    }

    private static func absolute(_ name: String) -> String { name.hasPrefix(".") ? String(name.dropFirst()) : name }

    // MARK: Finishing

    /// Sorts the fields, finds the maps and the well-known types.
    private mutating func finish() {
        let mapEntries = Set(open.filter { $0.descriptor.options?.mapEntry ?? false }.map(\.message))
        for index in schema.messages.indices {
            var type = schema.messages[index]
            type.fields.sort { $0.number < $1.number }
            for position in type.fields.indices {
                var field = type.fields[position]
                if case .message(let entry) = field.kind, mapEntries.contains(entry), isWholeEntry(entry) {
                    field.cardinality = .map
                    field.isDelimited = false
                }
                // A oneof that the message does not have is none.
                if let oneof = field.oneof, !type.oneofs.indices.contains(oneof) { field.oneof = nil }
                type.fields[position] = field
                type.fieldByNumber[field.number] = position
            }
            for (position, field) in type.fields.enumerated() { type.fieldByName[Array(field.name.utf8)] = position }
            for (position, field) in type.fields.enumerated() {
                type.fieldByName[Array(field.jsonName.utf8)] = position
            }
            type.form = Self.form(of: type)
            schema.messages[index] = type
        }
    }

    private func isWholeEntry(_ entry: Int) -> Bool {
        schema.messages[entry].fields.map(\.number).sorted() == [1, 2]
    }

    private static func form(of type: MessageType) -> MessageForm {
        guard type.name.hasPrefix("google.protobuf.") else { return .fields }
        switch type.name.dropFirst("google.protobuf.".count) {
        case "Any": return .any
        case "Timestamp": return .timestamp
        case "Duration": return .duration
        case "FieldMask": return .fieldMask
        case "Value": return .value
        case "DoubleValue", "FloatValue", "Int64Value", "UInt64Value", "Int32Value", "UInt32Value", "BoolValue",
            "StringValue", "BytesValue", "Struct", "ListValue":
            // Other descriptors than protobuf's own could say anything.
            return type.fields.count == 1 ? .firstField : .fields
        default: return .fields
        }
    }
}

/// What editions differ in, as far as JSON is concerned.
struct Features {
    var hasPresence: Bool
    var isRequired = false
    var isClosed: Bool
    var isPacked: Bool
    var isDelimited = false

    /// What holds in a file.
    init(_ file: FileDescriptorProto) {
        let edition = file.edition ?? (file.syntax == "proto3" ? .proto3 : .proto2)
        hasPresence = edition != .proto3
        isClosed = edition < .proto3
        isPacked = edition >= .proto3
        self = merging(file.options?.features)
    }

    /// These features, but for what `set` changes.
    func merging(_ set: FeatureSet?) -> Features {
        guard let set else { return self }
        var result = self
        if let presence = set.fieldPresence {
            result.hasPresence = presence != .implicit
            result.isRequired = presence == .legacyRequired
        }
        if let type = set.enumType { result.isClosed = type == .closed }
        if let encoding = set.repeatedFieldEncoding { result.isPacked = encoding == .packed }
        if let encoding = set.messageEncoding { result.isDelimited = encoding == .delimited }
        return result
    }
}
