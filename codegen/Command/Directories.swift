import CodegenCore
import Foundation

/// A problem with a file or directory.
struct FileProblem: Error, CustomStringConvertible {
    var description: String
}

/// The directories in which `.proto` files are looked for, in this order.
struct ProtoPath: SourceProvider {
    var roots: [String]

    func read(_ path: String) -> (displayPath: String, bytes: [UInt8])? {
        for root in roots {
            let place = join(root, path)
            if let data = FileManager.default.contents(atPath: place), !isDirectory(place) {
                return (place, Array(data))
            }
        }
        return nil
    }

    /// Every `.proto` file below the roots, as others would import it, in order.
    func allFiles() throws -> [String] {
        var paths: Set<String> = []
        for root in roots {
            guard isDirectory(root) else { throw FileProblem(description: "there is no directory \(root)") }
            for path in try filesBelow(root) where path.hasSuffix(".proto") { paths.insert(path) }
        }
        guard !paths.isEmpty else {
            throw FileProblem(description: "there is no .proto file below \(roots.joined(separator: ", "))")
        }
        return paths.sorted()
    }

    /// The path by which others import the file that a person called `argument`: relative to a root, or with the root.
    func importPath(_ argument: String) -> String {
        if read(argument) != nil { return argument }
        let place = URL(fileURLWithPath: argument).standardizedFileURL.path
        for root in roots {
            let base = URL(fileURLWithPath: root).standardizedFileURL.path
            if place.hasPrefix(base + "/") { return String(place.dropFirst(base.count + 1)) }
        }
        return argument
    }
}

/// A directory that generated files go to.
struct OutputDirectory {
    var path: String

    /// The text of each Swift file below it, by path.
    func existing() throws -> [String: String] {
        guard isDirectory(path) else { return [:] }
        var files: [String: String] = [:]
        for file in try filesBelow(path) where file.hasSuffix(".swift") {
            let data = FileManager.default.contents(atPath: join(path, file)) ?? Data()
            files[file] = String(decoding: data, as: UTF8.self)
        }
        return files
    }

    /// Carries out a plan and tells what it did.
    func apply(_ plan: OutputPlan) throws {
        for (file, text) in plan.writes.sorted(by: { $0.key < $1.key }) {
            let place = URL(fileURLWithPath: join(path, file))
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place, options: .atomic)
            print("wrote \(join(path, file))")
        }
        for file in plan.removals {
            try FileManager.default.removeItem(atPath: join(path, file))
            print("removed \(join(path, file))")
        }
    }
}

/// Writes bytes to a file, which may be a device.
func writeFile(_ path: String, _ bytes: [UInt8]) throws {
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    } catch {
        throw FileProblem(description: "cannot write \(path): \(error.localizedDescription)")
    }
}

private func join(_ directory: String, _ path: String) -> String {
    if directory == "." { return path }
    return directory.hasSuffix("/") ? directory + path : "\(directory)/\(path)"
}

private func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
}

/// The paths of all files below a directory, relative to it, in order.
private func filesBelow(_ directory: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory)
        .filter { !isDirectory(join(directory, $0)) }
        .sorted()
}
