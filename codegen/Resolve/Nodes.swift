import Descriptors

// The definitions of all files of a run, linked to each other. They live as long as the `Resolver` that owns them.

/// An option's values by its plain name, as they are written.
typealias OptionValues = [String: OptionValue]

/// What is set on one element.
struct SetOptions {
    var values: OptionValues = [:]
    /// All of them, custom ones included; nil if there are none.
    var message: MessageValue?

    /// The features that are set, all else nil.
    var features: FeatureSet? {
        for entry in message?.ordered ?? [] where entry.field.syntax.name.text == "features" && !entry.field.isExtension
        {
            if case .message(let value)? = entry.contents.first {
                return try? FeatureSet(decoding: value.fields.encoded())
            }
        }
        return nil
    }

    func isTrue(_ name: String) -> Bool { values.isTrue(name) }
    subscript(name: String) -> OptionValue? { values[name] }
}

final class FileNode {
    let syntax: FileSyntax
    /// The position in ``Resolver/files``; a file comes after everything that it imports.
    let index: Int
    let isRequested: Bool
    /// Whether nobody asked for it: the built-in options. What it defines gives way to what others define.
    let isImplicit: Bool
    /// The files that it imports, in source order; nil where there is none to be had.
    let imports: [FileNode?]
    /// The same of those that it imports for options alone.
    let optionImports: [FileNode?]
    /// The indexes of the files whose definitions it can name: itself, its imports, and what these import publicly.
    private(set) var visible: Set<Int> = []
    /// The indexes of the files of which it can name the extensions alone.
    private(set) var visibleForOptions: Set<Int> = []
    /// The indexes of the files that define something it names.
    var used: Set<Int> = []
    /// Whether definitions that it can name may be missing, so that an unknown name is no news.
    var seesIncomplete: Bool
    var messages: [MessageNode] = []
    var enums: [EnumNode] = []
    var services: [ServiceNode] = []
    var extensions: [FieldNode] = []
    var options = SetOptions()
    var features: Features
    /// By the place of an option: the numbers that its name leads to.
    var optionPaths: [Place: DescriptorPath] = [:]
    /// What it sets, for checks that need every file's options.
    var optionUses: [OptionUse] = []

    init(
        syntax: FileSyntax, index: Int, isRequested: Bool, isImplicit: Bool, imports: [FileNode?],
        optionImports: [FileNode?]
    ) {
        self.isImplicit = isImplicit
        self.syntax = syntax
        self.index = index
        self.isRequested = isRequested
        self.imports = imports
        self.optionImports = optionImports
        features = Features(edition: syntax.edition)
        seesIncomplete = syntax.isIncomplete || (imports + optionImports).contains { $0 == nil }
        visible = [index]
        for case let file? in imports {
            visible.formUnion(file.reexported)
            seesIncomplete = seesIncomplete || file.exportsIncomplete
        }
        for case let file? in optionImports {
            visibleForOptions.formUnion(file.reexported)
            seesIncomplete = seesIncomplete || file.exportsIncomplete
        }
    }

    /// The indexes of this file and of those that it imports publicly, theirs included.
    private(set) lazy var reexported: Set<Int> = {
        var result: Set<Int> = [index]
        for (file, syntax) in zip(imports, syntax.imports) where syntax.kind == .isPublic {
            if let file { result.formUnion(file.reexported) }
        }
        return result
    }()

    private lazy var exportsIncomplete: Bool = {
        if syntax.isIncomplete { return true }
        return zip(imports, syntax.imports).contains { file, syntax in
            syntax.kind == .isPublic && (file?.exportsIncomplete ?? true)
        }
    }()

    var package: String { syntax.package?.text ?? "" }
    var edition: Edition { syntax.edition }
    var isProto3: Bool { edition == .proto3 }
    var isLite: Bool {
        if case .identifier("LITE_RUNTIME")? = options["optimize_for"]?.kind { true } else { false }
    }

    func location(_ range: SourceRange) -> SourceLocation { SourceLocation(file: syntax.source, range: range) }
}

final class MessageNode {
    let syntax: MessageSyntax
    let fullName: String
    unowned let file: FileNode
    var fields: [FieldNode] = []
    var messages: [MessageNode] = []
    var enums: [EnumNode] = []
    var extensions: [FieldNode] = []
    var options = SetOptions()
    /// By position in the syntax.
    var oneofOptions: [SetOptions] = []
    var rangeOptions: [SetOptions] = []
    var features: Features

    init(syntax: MessageSyntax, fullName: String, file: FileNode) {
        self.syntax = syntax
        self.fullName = fullName
        self.file = file
        features = file.features
    }

    var isMapEntry: Bool { syntax.kind == .mapEntry }
    var isMessageSet: Bool { options.isTrue("message_set_wire_format") }
    /// The numbers that extensions may have. In a message set, `max` is more than elsewhere.
    var extensionRanges: [RangeSyntax] {
        syntax.extensionRanges.map { range in
            var range = range
            if range.isOpen { range.last = max(range.first, largestNumber) }
            return range
        }
    }
    /// The reserved numbers; of a message set, `max` is more, too.
    var reservedRanges: [RangeSyntax] {
        syntax.reservedRanges.map { range in
            var range = range
            if range.isOpen { range.last = max(range.first, largestNumber) }
            return range
        }
    }
    /// The largest number that a field or an extension of it may have.
    var largestNumber: Int { isMessageSet ? Int(Int32.max) - 1 : Parser.largestFieldNumber }
}

final class EnumNode {
    let syntax: EnumSyntax
    let fullName: String
    unowned let file: FileNode
    var options = SetOptions()
    var valueOptions: [SetOptions] = []
    var features: Features

    init(syntax: EnumSyntax, fullName: String, file: FileNode) {
        self.syntax = syntax
        self.fullName = fullName
        self.file = file
        features = file.features
    }

    var isClosed: Bool { features.enumType == .closed }
}

final class FieldNode {
    enum LinkedType {
        case scalar(FieldType)
        case message(MessageNode)
        case enumeration(EnumNode)
        /// The name could not be resolved, which has been reported.
        case unknown
    }

    let syntax: FieldSyntax
    let fullName: String
    unowned let file: FileNode
    /// The message that contains the field, or that the extension extends; nil for an extension of an unknown message.
    unowned var message: MessageNode?
    let extendee: Name?
    var type = LinkedType.unknown
    var options = SetOptions()
    var features: Features
    /// As an option: the words for what it can be set on; all if there are none.
    var targets: [String] = []
    var jsonName: String
    var defaultValue: FieldModel.DefaultValue?

    init(syntax: FieldSyntax, fullName: String, file: FileNode, message: MessageNode?, extendee: Name?) {
        self.syntax = syntax
        self.fullName = fullName
        self.file = file
        self.message = message
        self.extendee = extendee
        features = file.features
        jsonName = syntax.name.text.defaultJSONName
    }

    var number: Int { syntax.number.value }
    var isExtension: Bool { extendee != nil }
    var isRepeated: Bool { syntax.label == .repeated }
    var isRequired: Bool { !isRepeated && features.fieldPresence == .legacyRequired }
    /// Whether it was declared `optional` in proto3.
    var isProto3Optional: Bool { file.isProto3 && syntax.label == .optional && message?.isMapEntry != true }

    /// Whether "unset" can be told from the default value.
    var hasPresence: Bool {
        if isRepeated { return false }
        if case .message = type { return true }
        return isExtension || syntax.oneofIndex != nil || features.fieldPresence != .implicit
    }

    /// Whether its elements are written packed.
    var isPacked: Bool { isPackable && features.repeatedFieldEncoding == .packed }

    /// Whether its messages are written as groups are.
    var isDelimited: Bool {
        guard case .message(let type) = type, !type.isMapEntry, isExtension || message?.isMapEntry != true else {
            return false
        }
        return features.messageEncoding == .delimited
    }

    /// Whether its elements can be written packed.
    var isPackable: Bool {
        guard isRepeated else { return false }
        return switch type {
        case .scalar(.string), .scalar(.bytes), .message, .unknown: false
        case .scalar, .enumeration: true
        }
    }
}

final class ServiceNode {
    let syntax: ServiceSyntax
    let fullName: String
    unowned let file: FileNode
    var options = SetOptions()
    var methods: [MethodNode] = []
    var features: Features

    init(syntax: ServiceSyntax, fullName: String, file: FileNode) {
        self.syntax = syntax
        self.fullName = fullName
        self.file = file
        features = file.features
    }
}

final class MethodNode {
    let syntax: ServiceSyntax.Method
    let fullName: String
    var input: MessageNode?
    var output: MessageNode?
    var options = SetOptions()

    init(syntax: ServiceSyntax.Method, fullName: String) {
        self.syntax = syntax
        self.fullName = fullName
    }
}

extension OptionValues {
    func isTrue(_ name: String) -> Bool {
        if case .identifier("true")? = self[name]?.kind { true } else { false }
    }
}

extension String {
    /// The JSON name that a field of this name has unless it is given another: `foo_bar` has `fooBar`.
    var defaultJSONName: String {
        var result: [UInt8] = []
        var capitalize = false
        for byte in utf8 {
            if byte == UInt8(ascii: "_") {
                capitalize = true
            } else {
                let isLower = byte.isLetter && !byte.isUpper
                result.append(capitalize && isLower ? byte & ~0x20 : byte)
                capitalize = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `self.name`, or `name` in the unnamed scope.
    func appendingName(_ name: String) -> String { isEmpty ? name : self + "." + name }
}
