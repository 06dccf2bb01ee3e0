import Descriptors

// From linked nodes to the schema that the renderers read.

extension Resolver {
    /// The schema of what was resolved without errors.
    func schema(keepsSourceOptions: Bool) -> Schema {
        var needed = Set(files.indices.filter { files[$0].isRequested })
        for file in files.reversed() where needed.contains(file.index) {
            for case let imported? in file.imports + file.optionImports { needed.insert(imported.index) }
        }
        return Schema(
            files: files.filter { needed.contains($0.index) }.map { model($0, keepsSourceOptions: keepsSourceOptions) })
    }

    private func model(_ file: FileNode, keepsSourceOptions: Bool) -> FileModel {
        var model = FileModel(
            path: file.syntax.path, package: file.package, syntax: file.isProto3 ? .proto3 : .proto2,
            dependencies: file.syntax.imports.map(\.path), messages: file.messages.map(model),
            enums: file.enums.map(model), services: file.services.map(model), isRequested: file.isRequested)
        model.extensions = extensions(of: file)
        var describer = Describer(file, keepsSourceOptions: keepsSourceOptions)
        model.descriptor = describer.describe()
        model.sourceInfo = SourceCodeInfo(of: file, stripped: describer.stripped)
        return model
    }

    private func extensions(of file: FileNode) -> [ExtensionModel] {
        var nodes = file.extensions
        forEachMessage(of: file) { nodes += $0.extensions }
        return nodes.compactMap { node in
            guard let extendee = node.message else { return nil }
            return ExtensionModel(
                fullName: node.fullName, extendee: extendee.fullName, isInMessageSet: extendee.isMessageSet,
                field: model(node))
        }
    }

    private func model(_ message: MessageNode) -> MessageModel {
        MessageModel(
            name: message.syntax.name.text, fullName: message.fullName, fields: message.fields.map(model),
            oneofs: message.syntax.oneofs.map { OneofModel(name: $0.name.text, comment: $0.comment) },
            messages: message.messages.map(model), enums: message.enums.map(model), isMapEntry: message.isMapEntry,
            isDeprecated: message.options.isTrue("deprecated"), comment: message.syntax.comment)
    }

    private func model(_ field: FieldNode) -> FieldModel {
        let syntax = field.syntax
        let label: FieldModel.Label = field.isRepeated ? .repeated : field.isRequired ? .required : .singular
        return FieldModel(
            name: syntax.name.text, jsonName: field.jsonName, number: syntax.number.value, label: label,
            type: modelType(field), hasPresence: field.hasPresence, oneofIndex: syntax.oneofIndex,
            isPacked: field.isPacked, defaultValue: field.defaultValue,
            isDeprecated: field.options.isTrue("deprecated"), comment: syntax.comment)
    }

    private func modelType(_ field: FieldNode) -> FieldType {
        switch field.type {
        case .scalar(let type): return type
        case .message(let message):
            return field.isDelimited ? .group(message.fullName) : .message(message.fullName)
        case .enumeration(let node): return .enumeration(node.fullName)
        case .unknown: preconditionFailure("a field without a type, and no error was reported")
        }
    }

    private func model(_ node: EnumNode) -> EnumModel {
        let values = zip(node.syntax.values, node.valueOptions).map { value, options in
            EnumModel.ValueModel(
                name: value.name.text, number: Int32(value.number.value), isDeprecated: options.isTrue("deprecated"),
                comment: value.comment)
        }
        return EnumModel(
            name: node.syntax.name.text, fullName: node.fullName, values: values, isClosed: node.isClosed,
            isDeprecated: node.options.isTrue("deprecated"), comment: node.syntax.comment)
    }

    private func model(_ service: ServiceNode) -> ServiceModel {
        let methods = service.methods.map { method in
            let syntax = method.syntax
            guard let input = method.input, let output = method.output else {
                preconditionFailure("a method without types, and no error was reported")
            }
            return ServiceModel.MethodModel(
                name: syntax.name.text, inputType: input.fullName, outputType: output.fullName,
                isClientStreaming: syntax.isClientStreaming, isServerStreaming: syntax.isServerStreaming,
                isDeprecated: method.options.isTrue("deprecated"), comment: syntax.comment)
        }
        return ServiceModel(
            name: service.syntax.name.text, fullName: service.fullName, methods: methods,
            isDeprecated: service.options.isTrue("deprecated"), comment: service.syntax.comment)
    }
}
