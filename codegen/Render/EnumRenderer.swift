/// Writes one enum.
///
/// An open enum has a case `unrecognized` for numbers without a name, so that a `switch` handles them knowingly.
struct EnumRenderer {
    private let model: EnumModel
    private let name: String
    private let names: CaseNames
    /// By number: the position of the first value that has it. The others are aliases.
    private let firsts: [Int32: Int]

    init(_ model: EnumModel, names: TypeNames) {
        self.model = model
        name = names.localName(of: model.fullName)
        self.names = CaseNames(model)
        firsts = Dictionary(model.values.enumerated().map { ($0.element.number, $0.offset) }) { first, _ in first }
    }

    func render(to source: inout SourceText) {
        source.documentation(model.comment, isDeprecated: model.isDeprecated)
        source.block("public enum \(name): Protobuf.Enumeration") { source in
            for (value, caseName) in zip(model.values, names.values) {
                source.documentation(value.comment, isDeprecated: value.isDeprecated)
                if let original = firstCase(numbered: value.number), original != caseName {
                    source.line("public static var \(Reserved.quoted(caseName)): Self { .\(original) }")
                } else {
                    source.line("case \(Reserved.quoted(caseName))")
                }
            }
            if !model.isClosed {
                source.line("/// A number that this program has no name for.")
                source.line("case unrecognized(Swift.Int32)")
            }
            source.line()
            let initial = model.isClosed ? model.values.first?.number ?? 0 : 0
            source.line("public init() { self = .\(firstCase(numbered: initial) ?? "unrecognized(0)") }")
            source.line()
            initializer(to: &source)
            source.line()
            rawValue(to: &source)
        }
    }

    private func initializer(to source: inout SourceText) {
        source.block("public init\(model.isClosed ? "?" : "")(rawValue: Swift.Int32)") { source in
            source.line("switch rawValue {")
            for (number, caseName) in distinct { source.line("case \(number): self = .\(caseName)") }
            source.line(model.isClosed ? "default: return nil" : "default: self = .unrecognized(rawValue)")
            source.line("}")
        }
    }

    private func rawValue(to source: inout SourceText) {
        source.block("public var rawValue: Swift.Int32") { source in
            source.line("switch self {")
            for (number, caseName) in distinct { source.line("case .\(caseName): return \(number)") }
            if !model.isClosed { source.line("case .unrecognized(let number): return number") }
            source.line("}")
        }
    }

    /// The values without aliases.
    private var distinct: [(number: Int32, caseName: String)] {
        zip(model.values, names.values).compactMap { value, caseName in
            firstCase(numbered: value.number) == caseName ? (value.number, Reserved.quoted(caseName)) : nil
        }
    }

    private func firstCase(numbered number: Int32) -> String? {
        firsts[number].map { names.values[$0] }
    }
}
