import Descriptors

// What a `.proto` file says, before any name in it is looked up.

/// A name, possibly dotted, possibly with a leading dot, and where it stands.
struct Name: Sendable {
    var text: String
    var range: SourceRange
}

/// An integer that has been read, and where it stands.
struct Number: Sendable {
    var value: Int
    var range: SourceRange
}

/// One file.
struct FileSyntax: Sendable {
    var source: SourceFile
    /// The path by which other files import it.
    var path: String
    var edition = Edition.proto2
    var package: Name?
    var imports: [ImportSyntax] = []
    /// The files of which only options may be used.
    var optionImports: [ImportSyntax] = []
    var options: [OptionSyntax] = []
    /// The definitions outside of any message, and the `extend` blocks.
    var definitions = DefinitionsSyntax()
    var services: [ServiceSyntax] = []
    /// Where its parts stand, in the order of their beginnings, those around before those inside.
    var locations: [LocationSyntax] = []
    /// Whether something in it could not be read, so that definitions may be missing.
    var isIncomplete = false
}

/// `import "path";`
struct ImportSyntax: Sendable {
    enum Kind: Sendable { case normal, isPublic, isWeak, isOption }

    var kind: Kind
    var path: String
    var range: SourceRange
}

/// The types and extensions that a file or a message contains.
struct DefinitionsSyntax: Sendable {
    var messages: [MessageSyntax] = []
    var enums: [EnumSyntax] = []
    var extensions: [ExtensionSyntax] = []
}

/// A message, a group's message, or the entry type of a map.
struct MessageSyntax: Sendable {
    enum Kind: Sendable { case message, group, mapEntry }

    var kind = Kind.message
    var name: Name
    var visibility: SymbolVisibility?
    var comment: [String] = []
    var fields: [FieldSyntax] = []
    var oneofs: [OneofSyntax] = []
    var definitions = DefinitionsSyntax()
    var extensionRanges: [RangeSyntax] = []
    var reservedRanges: [RangeSyntax] = []
    var reservedNames: [Name] = []
    var options: [OptionSyntax] = []
}

/// `first` or `first to last`, both included.
struct RangeSyntax: Sendable {
    var first: Int
    var last: Int
    /// Whether the last was written as `max`.
    var isOpen = false
    var range: SourceRange
    var options: [OptionSyntax] = []
}

struct OneofSyntax: Sendable {
    var name: Name
    var comment: [String]
    var options: [OptionSyntax] = []
}

enum TypeSyntax: Sendable {
    case scalar(FieldType)
    case named(Name)
}

struct FieldSyntax: Sendable {
    enum Label: String { case optional, required, repeated }

    var label: Label?
    var type: TypeSyntax
    var typeRange: SourceRange
    var name: Name
    var number: Number
    var isGroup = false
    var isMap = false
    /// The position of its oneof in the message's ``MessageSyntax/oneofs``.
    var oneofIndex: Int?
    var options: [OptionSyntax] = []
    var comment: [String]
}

/// A field declared in `extend extendee { ... }`.
struct ExtensionSyntax: Sendable {
    var extendee: Name
    var field: FieldSyntax
}

struct EnumSyntax: Sendable {
    struct Value: Sendable {
        var name: Name
        var number: Number
        var options: [OptionSyntax] = []
        var comment: [String]
    }

    var name: Name
    var visibility: SymbolVisibility?
    var comment: [String]
    var values: [Value] = []
    var reservedRanges: [RangeSyntax] = []
    var reservedNames: [Name] = []
    var options: [OptionSyntax] = []
}

struct ServiceSyntax: Sendable {
    struct Method: Sendable {
        var name: Name
        var input: Name
        var output: Name
        var isClientStreaming = false
        var isServerStreaming = false
        /// Whether it ends with a block, which may be empty.
        var hasBlock = false
        var options: [OptionSyntax] = []
        var comment: [String]
    }

    var name: Name
    var comment: [String]
    var methods: [Method] = []
    var options: [OptionSyntax] = []
}

// MARK: Options

/// `option name = value;`, or one of the options in brackets.
struct OptionSyntax: Sendable {
    struct Part: Sendable {
        /// Without the parentheses of an extension's name.
        var text: String
        var isExtension: Bool
        var range: SourceRange
    }

    var name: [Part]
    var value: OptionValue
    var range: SourceRange
    /// Its locations: several if it is an option of several extension ranges.
    var places: [Place]

    /// The name if it is one plain word.
    var simpleName: String? { name.count == 1 && !name[0].isExtension ? name[0].text : nil }
    var nameRange: SourceRange { name[0].range.joined(name[name.count - 1].range) }
    /// The name as it was written.
    var writtenName: String { Self.written(name[...]) }
    /// The names of the messages that it is a part of.
    var wholeNames: [String] { (1..<max(1, name.count)).map { Self.written(name[..<$0]) } }

    private static func written(_ name: ArraySlice<Part>) -> String {
        name.map { $0.isExtension ? "(\($0.text))" : $0.text }.joined(separator: ".")
    }
}

struct OptionValue: Sendable {
    enum Kind: Sendable {
        case identifier(String)
        case integer(UInt64, isNegative: Bool)
        case float(Double)
        case string([UInt8])
        case message([AggregateField])
        case list([OptionValue])
    }

    var kind: Kind
    var range: SourceRange
}

/// A field of an option's value in text format.
struct AggregateField: Sendable {
    enum FieldName: Sendable {
        case plain(String)
        case `extension`(String)
        /// `[domain/type.name]`: the content of an Any.
        case any(String)
    }

    var name: FieldName
    var range: SourceRange
    var value: OptionValue
}
