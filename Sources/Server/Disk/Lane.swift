import Journal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A thread that carries out jobs in the order given.
///
/// The queue needs no bound of its own: the journal has at most one flush under way, and at most one step each of a
/// preparation, of either snapshot and of a removal.
final class Lane: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `waiting` and `isClosing` are touched only with `mutex` held; `thread` is written
    // in `init` before anybody else has the object, and read by `close`, which is called once; all else is immutable.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [DiskJob] = []
    private var isClosing = false
    private let directory: Int32
    private let openFilesMax: Int
    private let completion: FileDisk.Completion
    private var thread: pthread_t?

    init(directory: Int32, openFilesMax: Int, completion: @escaping FileDisk.Completion) throws(DiskError) {
        self.directory = directory
        self.openFilesMax = openFilesMax
        self.completion = completion
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        try start()
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    private func start() throws(DiskError) {
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        // The thread owns the lane until it ends.
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(&thread, nil, laneMain, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw SystemCall.error("start of a thread", "", code: code)
        }
        self.thread = thread
    }

    func submit(_ job: DiskJob) {
        pthread_mutex_lock(mutex)
        precondition(!isClosing, "a job for a closed disk")
        waiting.append(job)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Returns when all jobs are done and the thread has ended.
    func close() {
        pthread_mutex_lock(mutex)
        isClosing = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        if let thread { pthread_join(thread, nil) }
    }

    /// All that waits; nil when the lane closes and nothing does.
    private func take() -> [DiskJob]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isClosing { return nil }
            pthread_cond_wait(condition, mutex)
        }
        defer { waiting.removeAll(keepingCapacity: true) }
        return waiting
    }

    fileprivate func run() {
        var files = OpenFiles(directory: directory, countMax: openFilesMax)
        while let jobs = take() {
            for job in jobs {
                var result: Result<Void, DiskError> = .success(())
                do throws(DiskError) {
                    for operation in job.operations { try files.perform(operation) }
                } catch { result = .failure(error) }
                completion(job.ticket, result)
            }
        }
    }
}

#if canImport(Darwin)
private func laneMain(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Lane>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
#else
private func laneMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Lane>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
#endif
