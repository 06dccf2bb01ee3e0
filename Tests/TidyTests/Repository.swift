import Foundation

/// The working copy that these tests were built from.
enum Repository {
    /// Read once for all tests.
    static let files: [SourceFile] = paths().sorted().compactMap { path in
        guard let data = try? Data(contentsOf: root.appending(path: path)), data.count <= byteCountMax,
            let text = String(data: data, encoding: .utf8)
        else { return nil }
        return SourceFile(path: path, text: text)
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Larger files, and those that are no UTF-8, are nobody's text.
    private static let byteCountMax = 1 << 20

    /// What is committed or could be, from the root.
    private static func paths() -> [String] {
        gitPaths() ?? walkedPaths()
    }

    private static func gitPaths() -> [String]? {
        let git = Process()
        let output = Pipe()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = [
            "git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate",
        ]
        git.standardInput = FileHandle.nullDevice
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil else { return nil }
        let listing = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        return String(decoding: listing, as: UTF8.self).split(separator: "\0").map(String.init)
    }

    /// For a copy without git: everything but hidden folders, in which what was built is kept.
    private static func walkedPaths() -> [String] {
        let walk = FileManager.default.enumerator(
            at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        let prefix = root.path + "/"
        return (walk?.compactMap { $0 as? URL } ?? []).compactMap { url in
            url.path.hasPrefix(prefix) ? String(url.path.dropFirst(prefix.count)) : nil
        }
    }
}
