/// The Swift names that a service's stub declares.
struct ServiceNames {
    /// The namespace of the service's name and methods: `Store`.
    let service: String
    /// By position in the service's methods: `create`.
    let methods: [String]

    /// The protocol that a server implements: `StoreService`.
    var implementation: String { service + "Service" }
    /// The client: `StoreClient`.
    var client: String { service + "Client" }
    /// Everything declared at the top level.
    var all: [String] { [service, implementation, client] }

    init(_ model: ServiceModel, prefix: String, moduleName: String) {
        let name = prefix + model.name
        // A type with its module's name would hide the module.
        let isTaken = Reserved.impossible.contains(name) || Reserved.keywords.contains(name) || name == moduleName
        service = isTaken ? name + "_" : name
        var taken = Self.members
        var names: [String] = []
        for method in model.methods {
            var name = Words.lowerCamel(method.name)
            if let first = name.first, first.isNumber { name = "_" + name }
            if Reserved.impossible.contains(name) { name += "_" }
            while !taken.insert(name).inserted { name += "_" }
            names.append(name)
        }
        methods = names
    }

    /// Names that a stub's own members have.
    private static let members: Set<String> = ["channel", "paths"]
}

/// The names of a schema's services, checked against each other and against those of its messages.
struct ServiceNameTable {
    private var names: [String: ServiceNames] = [:]

    /// - Throws: If a stub's name is taken, so that code which imports messages and stubs could not tell them apart.
    init(_ schema: Schema, types: TypeNames, options: RenderOptions) throws(RenderError) {
        var owners: [String: String] = [:]
        for file in schema.files {
            for fullName in file.messages.map(\.fullName) + file.enums.map(\.fullName)
            where types.module(of: fullName) == nil {
                owners[types.name(of: fullName)] = fullName
            }
        }
        for file in schema.files where options.mapping(of: file) == nil {
            for service in file.services {
                let names = ServiceNames(
                    service, prefix: options.prefix(of: file), moduleName: options.moduleName)
                for name in names.all {
                    if let owner = owners.updateValue(service.fullName, forKey: name) {
                        throw RenderError(
                            name: service.fullName, reason: "its stub would be \(name) in Swift, as \(owner) is")
                    }
                }
                self.names[service.fullName] = names
            }
        }
    }

    subscript(service: ServiceModel) -> ServiceNames {
        guard let names = names[service.fullName] else { preconditionFailure("no service \(service.fullName)") }
        return names
    }
}
