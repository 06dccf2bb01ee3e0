/// Code that the simulator runs takes the time and its dice from outside, and code that is pure takes everything so.
struct PurityRule: FileRule {
    func applies(to file: SourceFile) -> Bool {
        file.isSwift && Architecture.target(of: file).map { $0.discipline != .free } ?? false
    }

    func violations(in file: SourceFile) -> [Violation] {
        guard let target = Architecture.target(of: file) else { return [] }
        return file.tokens.indices.compactMap { index in
            guard file.isWord(index) else { return nil }
            let problem =
                clockProblem(index, file) ?? chanceProblem(index, file)
                ?? (target.discipline == .simulated ? nil : threadProblem(index, file))
            return problem.map { file.violation(line: file.tokens[index].line, "\($0) (\(target.name))") }
        }
    }

    private func clockProblem(_ index: Int, _ file: SourceFile) -> String? {
        let isClock =
            ["ContinuousClock", "SuspendingClock", "DispatchTime", "DispatchWallTime"].contains(file.text(index))
            || file.text(index) == "Date" && ["(", "."].contains(file.text(index + 1))
        return isClock ? "`\(file.text(index))` reads a clock; take the time as an argument" : nil
    }

    private func chanceProblem(_ index: Int, _ file: SourceFile) -> String? {
        let text = file.text(index)
        let isMember = file.text(index - 1) == "."
        if text == "SystemRandomNumberGenerator" {
            return "`\(text)` has no seed; take a generator as an argument"
        }
        if isMember, ["random", "randomElement", "shuffle", "shuffled"].contains(text),
            file.text(index + 1) == "(", !hasLabel("using", callAt: index + 1, file)
        {
            return "`.\(text)(` without `using:` has no seed; pass a generator"
        }
        if isMember, text == "hashValue" {
            return "`.hashValue` differs from process to process; compute a digest of the bytes instead"
        }
        if file.matches(index, "Hasher", "("), file.matches(index + 2, ")") {
            return "`Hasher()` is seeded anew in each process; compute a digest of the bytes instead"
        }
        return nil
    }

    private func threadProblem(_ index: Int, _ file: SourceFile) -> String? {
        let text = file.text(index)
        if ["Thread", "DispatchQueue", "DispatchSemaphore", "NSLock", "NSCondition"].contains(text) {
            return "`\(text)` is a thread's; the caller decides what runs where"
        }
        if text == "Task", ["{", "(", ".", "<"].contains(file.text(index + 1)) {
            return "`Task` starts concurrent work; hand the work out as an effect"
        }
        if text == "await", file.text(index - 1) != "." {
            return "`await` gives up the thread; hand the work out as an effect"
        }
        return nil
    }

    private func hasLabel(_ label: String, callAt open: Int, _ file: SourceFile) -> Bool {
        guard let close = file.partner(of: open) else { return false }
        var index = open + 1
        while index < close {
            if file.matches(index, label, ":") { return true }
            index = max(index + 1, file.skippingBrackets(at: index))
        }
        return false
    }
}
