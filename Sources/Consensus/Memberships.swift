/// The configuration as the log tells it. An entry that changes it counts from the moment it is in the log, committed
/// or not (thesis, section 4.1), and no longer once it is truncated.
struct Memberships: Sendable {
    /// As of the log's base.
    private var base: Configuration
    /// By ascending index, all after the log's base.
    private var changes: [(index: LogIndex, configuration: Configuration)] = []

    init(base: Configuration) { self.base = base }

    var current: Configuration { changes.last?.configuration ?? base }
    /// Where the current configuration stands in the log; zero if it is older than the log.
    var currentIndex: LogIndex { changes.last?.index ?? .zero }

    func configuration(at index: LogIndex) -> Configuration {
        changes.last { $0.index <= index }?.configuration ?? base
    }

    /// Those that may be in effect for a member of whose log nothing but what is up to `index` is sure.
    func configurations(from index: LogIndex) -> [Configuration] {
        [configuration(at: index)] + changes.filter { $0.index > index }.map(\.configuration)
    }

    mutating func append(_ configuration: Configuration, at index: LogIndex) {
        changes.append((index, configuration))
    }

    /// - Returns: whether the current configuration changed.
    mutating func truncate(from index: LogIndex) -> Bool {
        let count = changes.count
        changes.removeAll { $0.index >= index }
        return changes.count != count
    }

    mutating func compact(through index: LogIndex) {
        guard changes.contains(where: { $0.index <= index }) else { return }
        base = configuration(at: index)
        changes.removeAll { $0.index <= index }
    }

    mutating func restart(with configuration: Configuration) {
        base = configuration
        changes = []
    }
}
