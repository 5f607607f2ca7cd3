"""How processes of ours live: none longer than the one that started it; the memory of a server."""

import ctypes
import gc
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux sends SIGTERM when the parent dies, even by kill -9; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def settle_memory() -> None:
    """What a server loads stays until it ends: Python need not look through it again and again.
    A page makes some ten thousand objects and drops them; collected every seven hundred, as Python
    does of itself, they cost a twentieth of it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
