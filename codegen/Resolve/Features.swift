import Descriptors

/// What editions differ in, as it holds for one element.
struct Features {
    var fieldPresence: FeatureSet.FieldPresence
    var enumType: FeatureSet.EnumType
    var repeatedFieldEncoding: FeatureSet.RepeatedFieldEncoding
    var utf8Validation: FeatureSet.Utf8Validation
    var messageEncoding = FeatureSet.MessageEncoding.lengthPrefixed
    var jsonFormat: FeatureSet.JsonFormat
    var namingStyle: FeatureSet.EnforceNamingStyle
    var symbolVisibility: FeatureSet.VisibilityFeature.DefaultSymbolVisibility

    /// What holds in a file that sets nothing.
    init(edition: Edition) {
        let isOld = edition < .proto3
        fieldPresence = edition == .proto3 ? .implicit : .explicit
        enumType = isOld ? .closed : .open
        repeatedFieldEncoding = isOld ? .expanded : .packed
        utf8Validation = isOld ? .none : .verify
        jsonFormat = isOld ? .legacyBestEffort : .allow
        namingStyle = edition < .edition2024 ? .styleLegacy : edition < .unstable ? .style2024 : .style2026
        symbolVisibility = edition < .edition2024 ? .exportAll : .exportTopLevel
    }

    /// These features, but for what `set` changes.
    func merging(_ set: FeatureSet?) -> Features {
        guard let set else { return self }
        var result = self
        result.fieldPresence = set.fieldPresence ?? fieldPresence
        result.enumType = set.enumType ?? enumType
        result.repeatedFieldEncoding = set.repeatedFieldEncoding ?? repeatedFieldEncoding
        result.utf8Validation = set.utf8Validation ?? utf8Validation
        result.messageEncoding = set.messageEncoding ?? messageEncoding
        result.jsonFormat = set.jsonFormat ?? jsonFormat
        result.namingStyle = set.enforceNamingStyle ?? namingStyle
        result.symbolVisibility = set.defaultSymbolVisibility ?? symbolVisibility
        return result
    }
}

extension Resolver {
    /// Works out the features of everything in the file, from the outside in.
    func resolveFeatures(_ file: FileNode) {
        file.features = file.features.merging(file.options.features)
        for field in file.extensions { resolveFeatures(field, within: file.features) }
        for node in file.enums { node.features = file.features.merging(node.options.features) }
        for message in file.messages { resolveFeatures(message, within: file.features) }
        for service in file.services { service.features = file.features.merging(service.options.features) }
    }

    private func resolveFeatures(_ message: MessageNode, within outer: Features) {
        message.features = outer.merging(message.options.features)
        let oneofs = message.oneofOptions.map { message.features.merging($0.features) }
        for field in message.fields {
            let index = field.syntax.oneofIndex
            resolveFeatures(
                field,
                within: index.map { oneofs.indices.contains($0) ? oneofs[$0] : message.features }
                    ?? message.features)
        }
        for field in message.extensions { resolveFeatures(field, within: message.features) }
        for node in message.enums { node.features = message.features.merging(node.options.features) }
        for inner in message.messages { resolveFeatures(inner, within: message.features) }
    }

    /// In proto2 and proto3, other words than features say the same.
    private func resolveFeatures(_ field: FieldNode, within outer: Features) {
        field.features = outer.merging(field.options.features)
        guard field.file.edition.isSyntax else { return }
        if field.syntax.label == .required { field.features.fieldPresence = .legacyRequired }
        if field.isProto3Optional { field.features.fieldPresence = .explicit }
        if field.syntax.isGroup { field.features.messageEncoding = .delimited }
        if field.options["packed"] != nil {
            field.features.repeatedFieldEncoding = field.options.isTrue("packed") ? .packed : .expanded
        }
    }
}
