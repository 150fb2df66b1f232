#!/usr/bin/env python3
"""The vectorised numpy program: mass calibration and gauge block of JCGM 101 9.3 and 9.5. usage: montecarlo_numpy.py mass|gauge TRIALS"""
import sys, time
import numpy as np


def mass(g, m):
    m_rc, dm = g.normal(100000, 0.05, m), g.normal(1.234, 0.02, m)
    rho_a, rho_w, rho_r = g.uniform(1.1, 1.3, m), g.uniform(7000, 9000, m), g.uniform(7950, 8050, m)
    return (m_rc + dm) * (1 + (rho_a - 1.2) * (1 / rho_w - 1 / rho_r)) - 100000


def ctrap(g, a, b, d, m):
    a_s = (a - d) + 2 * d * g.random(m)
    return a_s + ((a + b) - 2 * a_s) * g.random(m)


def gauge(g, m):
    ls, d = 50000623 + 25 * g.standard_t(18, m), 215 + 6 * g.standard_t(24, m)
    d1, d2 = 4 * g.standard_t(5, m), 7 * g.standard_t(8, m)
    alpha, theta0 = g.uniform(9.5e-6, 1.35e-5, m), g.normal(-0.1, 0.2, m)
    delta = 0.5 * np.sin(2 * np.pi * g.random(m))
    da, dt = ctrap(g, -1e-6, 1e-6, 1e-7, m), ctrap(g, -0.05, 0.05, 0.025, m)
    return ls + d + d1 + d2 - ls * (da * (theta0 + delta) + alpha * dt) - 50000000


def run(model, m, p):
    y = model(np.random.Generator(np.random.SFC64(1)), m)
    mean, u = y.mean(), y.std(ddof=1)
    q = int(round(p * m))
    r = (m - q) // 2
    # The two tails alone are sorted.
    y.partition([m - q, q])
    low, high = np.sort(y[:m - q]), np.sort(y[q:])
    widths = high - low
    k = int(np.argmin(widths))
    return mean, u, (low[r], high[r]), (low[k], high[k])


name, m = sys.argv[1], int(sys.argv[2])
model, p = (mass, 0.95) if name == 'mass' else (gauge, 0.99)
run(model, 100000, p)
best = 1e9
for _ in range(5):
    t = time.process_time()
    result = run(model, m, p)
    best = min(best, time.process_time() - t)
print(f'numpy {np.__version__} {name} {m}: cpu {best:.3f} s; {result}')
