import Coordination

/// The replicated state's reasons. (`Reason` alone is also a nested type's name elsewhere, and the module cannot
/// qualify it.)
typealias StateReason = Reason
