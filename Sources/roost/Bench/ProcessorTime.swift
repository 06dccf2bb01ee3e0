import Foundation

/// Processor time that processes have used.
enum ProcessorTime {
    /// Seconds of user and system time of another process, with all its threads; nil if it cannot be told: no such
    /// process, or a system without /proc.
    static func of(process: Int32) -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
            let name = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        // Fields 14 and 15 of proc(5), where the first one after the name is field 3.
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The sum over several processes; nil if one of them cannot be told, or there are none.
    static func of(processes: [Int32]) -> Double? {
        guard !processes.isEmpty else { return nil }
        var sum = 0.0
        for process in processes {
            guard let seconds = of(process: process) else { return nil }
            sum += seconds
        }
        return sum
    }

    /// Seconds of user and system time of this process.
    static func own() -> Double {
        var user = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &user) == 0 else { return 0 }
        return Double(user.tv_sec) + Double(user.tv_nsec) / 1e9
    }
}
