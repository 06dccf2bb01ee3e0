"""The message classes of .proto files, and the program that does with messages what Roost does.

That is the executable `wire-testee`, which decodes what it is sent and encodes it again.
"""

import fnmatch
import glob
import os
import struct
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc_tools import protoc

from corpus import standard_error_in

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
PROTO = os.path.join(ROOT, "proto")
WELL_KNOWN = os.path.join(ROOT, "codegen", "Protos")
TEST_PROTO = os.path.join(ROOT, "Tests", "TestMessages", "Protos")


def load_messages(directories, skipped=""):
    """Every message class of the directories' files, by full name, in a pool of its own."""
    pool = descriptor_pool.DescriptorPool()
    files = {}
    own = []
    for directory in directories:
        names = sorted(
            os.path.relpath(path, directory)
            for path in glob.glob(os.path.join(directory, "**", "*.proto"), recursive=True)
            # Python has descriptors of its own; its proto2 strings are no strings.
            if not path.endswith("/descriptor.proto")
        )
        names = [name for name in names if not fnmatch.fnmatch(name, skipped)]
        own += names
        with tempfile.NamedTemporaryFile() as output, tempfile.NamedTemporaryFile() as errors:
            with standard_error_in(errors.name):
                roots = [f"-I{directory}", f"-I{WELL_KNOWN}"]
                status = protoc.main(
                    ["protoc", *roots, "--include_imports", f"--descriptor_set_out={output.name}", *names])
            assert status == 0, f"protoc refuses a file of {directory}: {errors.read().decode()}"
            described = descriptor_pb2.FileDescriptorSet.FromString(output.read())
        files.update({file.name: file for file in described.file})
    added = set()

    def add(file):
        for dependency in file.dependency:
            add(files[dependency])
        if file.name not in added:
            added.add(file.name)
            pool.Add(file) if hasattr(pool, "Add") else pool.AddSerializedFile(file.SerializeToString())

    for file in files.values():
        add(file)
    classes = {}

    def collect(descriptor):
        if not descriptor.GetOptions().map_entry:
            classes[descriptor.full_name] = message_factory.GetMessageClass(descriptor)
        for nested in descriptor.nested_types:
            collect(nested)

    for name in own:
        for descriptor in pool.FindFileByName(name).message_types_by_name.values():
            collect(descriptor)
    return classes


class Testee:
    __test__ = False

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def transcode(self, name, data):
        """The message encoded again, and None; or None, and why it was refused."""
        return self.ask(b"w", name, data)

    def json(self, name, data):
        """An encoded message as JSON, and None; or None, and why it was refused."""
        return self.ask(b"j", name, data)

    def json_by_name(self, name, data):
        """The same, without the use of a Swift type."""
        return self.ask(b"n", name, data)

    def message(self, name, text):
        """The message that JSON says, encoded, and None; or None, and why it was refused."""
        return self.ask(b"m", name, text)

    def ask(self, task, name, data):
        name = name.encode()
        self.process.stdin.write(task + struct.pack(">I", len(name)) + name + struct.pack(">I", len(data)) + data)
        self.process.stdin.flush()
        head = self.process.stdout.read(5)
        assert len(head) == 5, f"the testee died of {name} {data.hex()}"
        payload = self.process.stdout.read(struct.unpack(">I", head[1:])[0])
        return (payload, None) if head[0] == 0 else (None, payload.decode())


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def unknown_record(number, wire_type, value):
    if wire_type == 0:
        payload = varint(value)
    elif wire_type == 1:
        payload = struct.pack("<Q", value)
    elif wire_type == 5:
        payload = struct.pack("<I", value & 0xFFFFFFFF)
    elif wire_type == 2:
        payload = varint(value % 40) + bytes(value % 40)
    else:
        payload = varint(1 << 3) + varint(value) + varint(number << 3 | 4)
    return varint(number << 3 | wire_type) + payload


def canonical(value):
    return value.SerializeToString(deterministic=True)
