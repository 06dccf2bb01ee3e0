/// What a full name stands for.
enum Symbol {
    case package
    case message(MessageNode)
    case enumeration(EnumNode)
    case enumValue(EnumNode)
    case field(FieldNode)
    case oneof
    case service
    case method

    /// Whether a field can have it as its type.
    var isType: Bool {
        switch self {
        case .message, .enumeration: true
        default: false
        }
    }

    /// Whether names can be looked up inside of it.
    var isScope: Bool {
        switch self {
        case .package, .message, .enumeration, .service: true
        default: false
        }
    }
}

/// The names of all files of a run.
struct SymbolTable {
    struct Entry {
        var symbol: Symbol
        /// The file that defines it; of a package, the first that is in it.
        var file: FileNode
        /// Where its name stands.
        var location: SourceLocation
    }

    /// What looking up a name came to.
    enum Lookup {
        case found(Entry)
        /// It is defined in a file that is not imported.
        case notImported(Entry)
        /// The first component was found as an inner scope that lacks the rest, under this full name.
        case shadowed(String)
        case missing
    }

    private var entries: [String: Entry] = [:]
    private var filesOfPackage: [String: Set<Int>] = [:]
    /// The full names of all messages, enums and extensions, in the order of their declaration, for suggestions.
    private(set) var names: [String] = []

    subscript(fullName: String) -> Entry? { entries[fullName] }

    /// Adds a name. If it is taken, gives what it stands for already.
    mutating func declare(_ fullName: String, _ symbol: Symbol, in file: FileNode, at range: SourceRange) -> Entry? {
        if let entry = entries[fullName] { return entry }
        entries[fullName] = Entry(symbol: symbol, file: file, location: file.location(range))
        switch symbol {
        case .message, .enumeration: names.append(fullName)
        case .field(let field) where field.extendee != nil: names.append(fullName)
        default: break
        }
        return nil
    }

    /// Adds a file's package and those around it. If a name is taken by something else, gives that.
    mutating func declarePackage(_ name: Name, in file: FileNode) -> (name: String, entry: Entry)? {
        var fullName = ""
        for component in name.text.split(separator: ".") {
            fullName = fullName.appendingName(String(component))
            filesOfPackage[fullName, default: []].insert(file.index)
            let taken = declare(fullName, .package, in: file, at: name.range)
            if let taken, case .package = taken.symbol { continue }
            if let taken { return (fullName, taken) }
        }
        return nil
    }

    /// Looks `name` up from inside `scope`, a full name whose last component is the element that uses the name.
    ///
    /// The innermost scope is searched first, for the name's first component; where that is found as a scope, the rest
    /// must be in it. With `typesOnly`, something of that name that is no type is passed over.
    func look(up name: String, from scope: String, in file: FileNode, typesOnly: Bool) -> Lookup {
        var hidden: Entry?
        if name.hasPrefix(".") {
            return result(find(String(name.dropFirst()), file, &hidden), hidden)
        }
        let first = name.prefix { $0 != "." }
        let isCompound = first.utf8.count < name.utf8.count
        var scope = scope[...]
        while let dot = scope.lastIndex(of: ".") {
            scope = scope[..<dot]
            guard let entry = find("\(scope).\(first)", file, &hidden) else { continue }
            if !isCompound {
                if typesOnly, !entry.symbol.isType { continue }
                return .found(entry)
            }
            guard entry.symbol.isScope else { continue }
            let fullName = "\(scope).\(name)"
            if let inner = find(fullName, file, &hidden) { return .found(inner) }
            return hidden.map(Lookup.notImported) ?? .shadowed(fullName)
        }
        return result(find(name, file, &hidden), hidden)
    }

    private func result(_ entry: Entry?, _ hidden: Entry?) -> Lookup {
        entry.map(Lookup.found) ?? hidden.map(Lookup.notImported) ?? .missing
    }

    /// What `fullName` stands for, if `file` can see it; if it cannot, that goes to `hidden`.
    private func find(_ fullName: String, _ file: FileNode, _ hidden: inout Entry?) -> Entry? {
        guard let entry = entries[fullName] else { return nil }
        if file.visible.contains(entry.file.index) { return entry }
        if case .field = entry.symbol, file.visibleForOptions.contains(entry.file.index) { return entry }
        if case .package = entry.symbol {
            let files = filesOfPackage[fullName, default: []]
            let isHidden = files.isDisjoint(with: file.visible) && files.isDisjoint(with: file.visibleForOptions)
            return isHidden ? nil : entry
        }
        hidden = entry
        return nil
    }
}
