"""What a unary call costs a server: ours, ours with TLS, and gRPC for C++, loaded by h2load in turn.

    python compare.py --ours DIR --cpp DIR [--rounds 3] [--requests 200000]

64 bytes there and back, 4 connections with 32 streams each, one event loop on one processor, the load from another one.
Prints a table: requests a second, and the server's processor time for each. `make benchmark-rpc` builds what it takes.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

# A Payload with one part of 64 bytes, behind the prefix of a message.
PART = b"\x0a\x40" + b"x" * 64
MESSAGE = b"\0" + len(PART).to_bytes(4, "big") + PART


def pinned(command, processor):
    return ["taskset", "-c", str(processor), *map(str, command)] if os.cpu_count() > 1 else list(map(str, command))


class Server:
    def __init__(self, name, command, scheme="http"):
        self.name, self.scheme = name, scheme
        self.process = subprocess.Popen(
            pinned(command, 0), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r"listening on (\d+)", self.process.stdout.readline()).group(1))
        self.costs, self.rates = [], []

    def seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def load(self, requests, body):
        before = self.seconds()
        told = subprocess.run(
            pinned(["h2load", "-n", requests, "-c", 4, "-m", 32, "-t", 1, "-d", body,
                    "-H", "content-type: application/grpc", "-H", "te: trailers",
                    f"{self.scheme}://127.0.0.1:{self.port}/roost.test.Echo/Unary"], 1),
            capture_output=True, text=True, check=True).stdout
        succeeded = int(re.search(r"(\d+) succeeded", told).group(1))
        assert succeeded == requests, told
        return (self.seconds() - before) / requests * 1e6, float(re.search(r"([\d.]+) req/s", told).group(1))

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="where roost and echo-server are")
    parser.add_argument("--cpp", type=pathlib.Path, help="where the C++ server is; without it only ours are measured")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        body = pathlib.Path(folder) / "body"
        body.write_bytes(MESSAGE)
        subprocess.run([options.ours / "roost", "certs", "--out", folder, "--member", "1=localhost"], check=True,
                       stdout=subprocess.DEVNULL)
        files = [f"{folder}/member-1.pem", f"{folder}/member-1-key.pem"]
        servers = [
            Server("Roost's RPC", [options.ours / "echo-server", 0, 1]),
            Server("the same with TLS", [options.ours / "echo-server", 0, 1, *files], scheme="https"),
        ]
        if options.cpp:
            servers.append(Server("gRPC for C++, callbacks", [options.cpp / "echo-cpp"]))
        for server in servers:
            server.load(options.requests // 10, body)
        for _ in range(options.rounds):
            for server in servers:
                cost, rate = server.load(options.requests, body)
                server.costs.append(cost)
                server.rates.append(rate)
        print("| server | requests/s | CPU of the server each | x the first |\n|---|---|---|---|")
        first = statistics.median(servers[0].costs)
        for server in servers:
            cost = statistics.median(server.costs)
            print(f"| {server.name} | {statistics.median(server.rates):,.0f} | {cost:.2f} us | {cost / first:.2f} |")
            server.end()


if __name__ == "__main__":
    main()
