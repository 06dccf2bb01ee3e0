/// The children of a znode in one version of the state: that of a reader, or the writer's own.
struct Children {
    private let path: String
    private let root: Node

    init(of path: String, in root: Node) {
        self.path = path
        self.root = root
    }

    /// Calls `body` for those whose names do not come before `name`, in the order of their names' bytes, until it
    /// returns false.
    func walk(from name: String, _ body: (_ name: UnsafeRawBufferPointer, Entry) -> Bool) {
        path.withUTF8Bytes { path in
            name.withUTF8Bytes { name in
                KeySpace.withChildren(of: path, name: name) { key in
                    let prefix = UnsafeRawBufferPointer(rebasing: key[..<(key.count - name.count)])
                    var cursor = MapCursor(root: root)
                    var next = cursor.seek(key)
                    while let entry = next, entry.keyCount > prefix.count, entry.key.starts(with: prefix) {
                        guard body(UnsafeRawBufferPointer(rebasing: entry.key[prefix.count...]), entry) else { return }
                        next = cursor.next()
                    }
                }
            }
        }
    }
}
