/// Field numbers and positions that lead from a file's descriptor to a part of it.
typealias DescriptorPath = [Int32]

/// Where a part of the file's descriptor stands, with the comments around it.
struct LocationSyntax: Sendable {
    /// For an option: the path of the options message; what the option sets is known only when names are looked up.
    var path: DescriptorPath
    var range: SourceRange
    var leading: String?
    var trailing: String?
    var detached: [String] = []
    /// Whether `path` lacks the part that an option's name leads to.
    var isOption = false
}

/// The field numbers of the descriptor messages, of which paths are made.
enum PathPart {
    enum File {
        static let package: Int32 = 2
        static let dependency: Int32 = 3
        static let message: Int32 = 4
        static let enumeration: Int32 = 5
        static let service: Int32 = 6
        static let `extension`: Int32 = 7
        static let options: Int32 = 8
        static let publicDependency: Int32 = 10
        static let weakDependency: Int32 = 11
        static let syntax: Int32 = 12
        static let optionDependency: Int32 = 15
    }

    enum Message {
        static let name: Int32 = 1
        static let field: Int32 = 2
        static let message: Int32 = 3
        static let enumeration: Int32 = 4
        static let extensionRange: Int32 = 5
        static let `extension`: Int32 = 6
        static let options: Int32 = 7
        static let oneof: Int32 = 8
        static let reservedRange: Int32 = 9
        static let reservedName: Int32 = 10
    }

    enum Range {
        static let start: Int32 = 1
        static let end: Int32 = 2
        static let options: Int32 = 3
    }

    enum Field {
        static let name: Int32 = 1
        static let extendee: Int32 = 2
        static let number: Int32 = 3
        static let label: Int32 = 4
        static let type: Int32 = 5
        static let typeName: Int32 = 6
        static let defaultValue: Int32 = 7
        static let options: Int32 = 8
        static let jsonName: Int32 = 10
    }

    enum Oneof {
        static let name: Int32 = 1
        static let options: Int32 = 2
    }

    enum Enumeration {
        static let name: Int32 = 1
        static let value: Int32 = 2
        static let options: Int32 = 3
        static let reservedRange: Int32 = 4
        static let reservedName: Int32 = 5
    }

    /// Of an enum's value: name, number and options; of a service: name, methods and options.
    enum Member {
        static let name: Int32 = 1
        static let number: Int32 = 2
        static let method: Int32 = 2
        static let options: Int32 = 3
    }

    enum Method {
        static let name: Int32 = 1
        static let input: Int32 = 2
        static let output: Int32 = 3
        static let options: Int32 = 4
        static let clientStreaming: Int32 = 5
        static let serverStreaming: Int32 = 6
    }
}

/// The position of a location in ``FileSyntax/locations``.
typealias Place = Int

extension Parser {
    /// Begins a location at the current token, or at `start`. They are listed in the order in which they begin.
    mutating func begin(_ path: DescriptorPath, at start: SourceRange? = nil) -> Place {
        let start = start?.start ?? current.range.start
        file.locations.append(LocationSyntax(path: path, range: SourceRange(start: start, end: start)))
        return file.locations.count - 1
    }

    /// Ends a location after the last token that was read. As protoc has it, an empty file ends before it begins.
    mutating func end(_ place: Place) {
        file.locations[place].range.end = hasRead ? previous.range.end : 0
    }

    /// A location that is one range.
    mutating func record(_ path: DescriptorPath, _ range: SourceRange) {
        file.locations.append(LocationSyntax(path: path, range: range))
    }

    /// Reads the comments after the declaration that ends with the token read last, and gives the location what
    /// belongs to it: those before it, and the one right after it.
    mutating func attachComments(to place: Place?) {
        let gap = commentsBeforeCurrent(isFirst: false)
        if let place {
            file.locations[place].leading = upcoming.leading
            file.locations[place].detached = upcoming.detached
            file.locations[place].trailing = gap.trailing
            upcoming.detached = gap.detached
        } else if matches(previous, "}") {
            upcoming.detached = gap.detached
        } else {
            upcoming.detached += gap.detached
        }
        upcoming.leading = gap.leading
    }

    /// The comments in the gap before the current token.
    func commentsBeforeCurrent(isFirst: Bool) -> GapComments {
        let start = isFirst ? 0 : previous.range.end
        let next = atEnd ? nil : source.bytes[current.range.start]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let skipped = isFirst && source.bytes.starts(with: mark) ? mark.count : start
        return GapComments(
            in: source, gap: SourceRange(start: skipped, end: current.range.start), isFirst: isFirst, next: next)
    }

    /// The lines of the comment before the current statement.
    var comment: [String] { upcoming.leading?.commentLines ?? [] }
}
