import Logging

extension Logger {
    /// For what may fail again and again without anybody needing to know.
    static var silent: Logger { Logger(label: "roost.silent") { _ in SwiftLogNoOpLogHandler() } }
}
