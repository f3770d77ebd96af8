"""The process of the proxy: `python -m conformance.traffic URL PORT`, started by `forward.Forwarder`."""

from __future__ import annotations

import sys

from conformance.traffic.forward import serve

if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
