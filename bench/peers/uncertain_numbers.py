"""The budgets of bench/UncertainNumbers by the Python package `uncertainties` (Debian: python3-uncertainties). One line each: name, microseconds of CPU, a figure to compare."""
import math
import time
import uncertainties
from uncertainties import ufloat


def report(name, times, work):
    for _ in range(max(1, times // 4)):
        figure = work()
    best = math.inf
    for _ in range(5):
        before = time.process_time()
        for _ in range(max(1, times // 4)):
            figure = work()
        best = min(best, (time.process_time() - before) / max(1, times // 4) * 1e6)
    print(name, f"{best:.3f}", repr(figure))


def gauge_block():
    ls, d0, d1, d2 = ufloat(50000623, 25), ufloat(215, 5.8), ufloat(0, 3.9), ufloat(0, 6.7)
    da, th, de = ufloat(0, 1e-6 / math.sqrt(3)), ufloat(-0.1, 0.2), ufloat(0, 0.5 / math.sqrt(2))
    al, dt = ufloat(1.15e-5, 2e-6 / math.sqrt(3)), ufloat(0, 0.05 / math.sqrt(3))
    nu = {ls: 18, d0: 24, d1: 5, d2: 8, da: 50, dt: 2}
    y = ls + d0 + d1 + d2 - ls * (da * (th + de) + al * dt)
    u = y.s
    return u, u ** 4 / sum(c ** 4 / nu[x] for x, c in y.error_components().items() if x in nu)


def mean(n):
    x = [ufloat(1.0 + i, 0.5 + i % 3) for i in range(n)]
    y = sum(x) / n
    sorted(y.error_components().items(), key=lambda c: -abs(c[1]))
    return y.s


print("#", "uncertainties", uncertainties.__version__)
report("h1", 4000, lambda: sum(gauge_block()))
report("mean-1000", 40, lambda: mean(1000))
report("mean-10000", 4, lambda: mean(10000))
