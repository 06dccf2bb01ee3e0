import Testing

/// What a reviewer should not have to look for, on the repository as it stands.
@Suite struct TidyTests {
    @Test func `modules import only what is below them`() { check(ImportRule()) }

    @Test func `the C libraries are named by their own modules only`() { check(LibraryRule()) }

    @Test func `pure and simulated code has no clock, no unseeded chance and no thread`() { check(PurityRule()) }

    @Test func `no result depends on the order of a hash table`() { check(OrderRule()) }

    @Test func `files are short`() { check(FileLengthRule()) }

    @Test func `functions are short`() { check(FunctionLengthRule()) }

    @Test func `lines are short`() { check(LineWidthRule()) }

    @Test func `types are named for what they are`() { check(TypeNameRule()) }

    @Test func `what the compiler cannot check has its proof beside it`() { check(ProofRule()) }

    @Test func `nothing is marked as unfinished`() { check(MarkerRule()) }

    @Test func `no file names a place on one machine`() { check(PlaceRule()) }

    @Test func `the rules see the repository`() {
        let paths = Set(Repository.files.map(\.path))
        #expect(paths.isSuperset(of: ["Package.swift", "Makefile", "Tests/TidyTests/TidyTests.swift"]))
        for target in Architecture.targets {
            #expect(
                Repository.files.contains { $0.isIn(target.folder) },
                "Architecture.swift: \(target.folder) has no files; remove the target \(target.name)")
        }
    }

    /// Reports each violation at its place.
    private func check(_ rule: some Rule) {
        for violation in rule.violations(in: Repository.files) {
            let location = SourceLocation(
                fileID: "Roost/" + (violation.path.split(separator: "/").last ?? ""),
                filePath: Repository.root.appending(path: violation.path).path, line: max(violation.line, 1), column: 1)
            Issue.record(Comment(rawValue: violation.description), sourceLocation: location)
        }
    }
}
