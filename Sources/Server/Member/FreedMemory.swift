#if canImport(Glibc)
import Glibc
#endif

/// Memory that this process has freed and its allocator keeps.
enum FreedMemory {
    /// Gives back to the system what reading a log and a snapshot has taken: a fifth of the whole for a million znodes.
    /// The allocator keeps it otherwise, in pieces among what lasts, though nothing ever needs as much again. Takes
    /// some ten milliseconds, for which whoever allocates waits.
    static func giveBack() {
        #if canImport(Glibc)
        // Swift's module of glibc does not have it, and other C libraries do not need it.
        guard let library = dlopen(nil, RTLD_LAZY), let symbol = dlsym(library, "malloc_trim") else { return }
        defer { dlclose(library) }
        // glibc declares `int malloc_trim(size_t pad)`.
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
        #endif
    }
}
