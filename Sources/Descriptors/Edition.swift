// In the order of time.
extension Edition: Comparable {
    public static func < (left: Edition, right: Edition) -> Bool { left.rawValue < right.rawValue }
}
