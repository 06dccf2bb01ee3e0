import CNghttp2

/// Where in memory lies what is touched when something is sent on a stream.
///
/// To tell a thousand quiet streams of an event is above all to wait for memory: each has a dozen objects that no cache
/// of the processor holds any more, and most are found only through the one before. Whoever tells many keeps their
/// footprints in one array, and has that of a stream to come fetched while it tells another: then the waits are beside
/// each other, and beside work.
///
/// The objects may be gone meanwhile. Nothing is read by fetching, so that is harmless.
public struct Footprint {
    private var native = rh2_footprint()

    public init() {}

    /// Adds the first bytes of an object.
    public mutating func add(_ object: AnyObject, byteCount: Int) {
        rh2_footprint_add(&native, Unmanaged.passUnretained(object).toOpaque(), byteCount)
    }

    /// Adds an array's own words, which lie before its elements, and the first of those.
    public mutating func add(_ array: [some Any]) {
        let wordBytes = 32
        array.withUnsafeBytes { elements in
            guard let base = elements.baseAddress else { return }
            rh2_footprint_add(&native, base - wordBytes, wordBytes + min(elements.count, 16))
        }
    }

    /// Adds what belongs to a stream, on the stream's event loop.
    public mutating func add(_ stream: ServerStream) {
        let core = stream.core
        guard let pump = core.connection.pump, let session = pump.session else { return }
        add(core, byteCount: 128)
        add(core.connection, byteCount: 256)
        add(pump, byteCount: 192)
        rh2_footprint_add_stream(&native, session, core.stream)
    }

    /// Begins to fetch all of it into the processor's caches, and does not wait for that.
    public mutating func prefetch() {
        // Mutating only so that it is not copied.
        rh2_prefetch(&native)
    }
}
