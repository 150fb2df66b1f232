"""What a vectorised numpy program takes for the same work as bench/Stability: CPU time, one thread, median of several runs.

    python3 stability.py [--mtie]      --mtie also runs the naive sliding window, about a minute
"""
import statistics
import sys
import time

import numpy as np

COUNT = 1_000_000


def record():
    """The same record as bench/Stability: a 64-bit linear congruential generator, summed."""
    y = np.empty(COUNT)
    a, c, s, mask = 6364136223846793005, 1442695040888963407, 1, (1 << 64) - 1
    for i in range(COUNT):
        s = (a * s + c) & mask
        y[i] = (s >> 11) / 9007199254740992.0 - 0.5
    return y


def oadev(y, octaves):
    """Overlapping Allan deviation from prefix sums of frequency."""
    x = np.concatenate(([0.0], np.cumsum(y)))[:COUNT]
    result = []
    for m in octaves:
        d = x[2 * m:] - 2 * x[m:-m] + x[:-2 * m]
        result.append(np.sqrt(np.dot(d, d) / (2.0 * m * m * len(d))))
    return result


def mdev(y, octaves):
    x = np.concatenate(([0.0], np.cumsum(y)))[:COUNT]
    s = np.concatenate(([0.0], np.cumsum(x)))
    result = []
    for m in octaves:
        d = s[3 * m:] - 3 * s[2 * m:-m] + 3 * s[m:-2 * m] - s[:-3 * m]
        result.append(np.sqrt(np.dot(d, d) / (2.0 * m ** 4 * len(d))))
    return result


def ohdev(y, octaves):
    x = np.concatenate(([0.0], np.cumsum(y)))[:COUNT]
    result = []
    for m in octaves:
        d = x[3 * m:] - 3 * x[2 * m:-m] + 3 * x[m:-2 * m] - x[:-3 * m]
        result.append(np.sqrt(np.dot(d, d) / (6.0 * m * m * len(d))))
    return result


def totdev(y, octaves):
    x = np.concatenate(([0.0], np.cumsum(y)))[:COUNT]
    n = len(x)
    e = np.concatenate((2 * x[0] - x[1:-1][::-1], x, 2 * x[-1] - x[1:-1][::-1]))
    result = []
    for m in octaves:
        d = e[n - 1 - m:2 * n - 3 - m] - 2 * e[n - 1:2 * n - 3] + e[n - 1 + m:2 * n - 3 + m]
        result.append(np.sqrt(np.dot(d, d) / (2.0 * m * m * (n - 2))))
    return result


def mtie(x, octaves):
    """Every window looked through."""
    result = []
    for m in octaves:
        widest = 0.0
        # In blocks, so that a view of all windows does not have to be held.
        for start in range(0, len(x) - m, 4096):
            w = np.lib.stride_tricks.sliding_window_view(x[start:start + 4096 + m], m + 1)
            widest = max(widest, float((w.max(axis=1) - w.min(axis=1)).max()))
        result.append(widest)
    return result


def measure(name, runs, work):
    times, result = [], None
    for _ in range(runs):
        before = time.process_time()
        result = work()
        times.append(time.process_time() - before)
    print(f"{name} {statistics.median(times):.4g} {sum(result):.12g}", flush=True)


def main():
    y = record()
    octaves = [1 << k for k in range(19)]
    thirds = [m for m in octaves if 3 * m < COUNT]
    measure("oadev-octaves-1e6", 9, lambda: oadev(y, octaves))
    measure("mdev-octaves-1e6", 9, lambda: mdev(y, thirds))
    measure("ohdev-octaves-1e6", 9, lambda: ohdev(y, thirds))
    measure("totdev-octaves-1e6", 9, lambda: totdev(y, octaves))
    if "--mtie" in sys.argv:
        x = np.concatenate(([0.0], np.cumsum(y)))[:COUNT // 2]
        measure("mtie-octaves-5e5", 1, lambda: mtie(x, [1 << k for k in range(19) if 1 << k < len(x)]))


main()
