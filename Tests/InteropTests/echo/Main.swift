// The echo server comes with the RPC layer.
