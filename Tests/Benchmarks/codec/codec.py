"""Encoding and decoding, beside swift-protobuf and protobuf for C++.

The three programs take turns; of each figure the fastest of all rounds counts, and the ratios are told. `encode` is
into a buffer that is there already, as RPC layers do it, where a library can; `to-array` makes a new array or string.
"""

import argparse
import subprocess
import sys


def figures(program: str) -> dict[tuple[str, str], tuple[float, int]]:
    """The nanoseconds and bytes of each case and operation, of one run of the program."""
    output = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in output.splitlines()]
    return {(case, operation): (float(time), int(size)) for case, operation, time, size in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--swift", required=True, help="swift-protobuf")
    parser.add_argument("--cpp", required=True, help="protobuf for C++")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    runs: dict[str, list] = {"ours": [], "swift": [], "cpp": []}
    for _ in range(options.rounds):
        for name in runs:
            runs[name].append(figures(getattr(options, name)))

    print(f"{'case':16} {'operation':9} {'bytes':>6} {'ours ns':>9} {'swift ns':>9} {'C++ ns':>9} "
          f"{'swift/ours':>10} {'ours/C++':>9}")
    for key in runs["ours"][0]:
        sizes = {run[key][1] for run in runs["ours"] + runs["swift"] + runs["cpp"]}
        if len(sizes) != 1:
            print(f"{key}: the programs disagree about the message: {sizes} bytes")
            return 1
        ours, swift, cpp = (min(run[key][0] for run in runs[name]) for name in runs)
        print(f"{key[0]:16} {key[1]:9} {sizes.pop():6} {ours:9.0f} {swift:9.0f} {cpp:9.0f} "
              f"{swift / ours:10.2f} {ours / cpp:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
