"""Conformity and sampling with scipy, as a program that knows numpy is written: vectorised where that can be. Prints name, CPU seconds, result."""
import time
import numpy as np
from scipy import integrate, optimize, special, stats

values = np.linspace(-3, 3, 10_000)
qualities = 0.0005 * np.arange(1, 201)


def conformance():
    return (special.ndtr((1 - values) / 0.2) - special.ndtr((-1 - values) / 0.2)).sum()


def conformance_t():
    return (special.stdtr(7, (1 - values) / 0.2) - special.stdtr(7, (-1 - values) / 0.2)).sum()


def false_acceptance(a, sd=0.5, um=0.1):
    def f(eta):
        return np.exp(-0.5 * (eta / sd) ** 2) / (sd * np.sqrt(2 * np.pi)) * (special.ndtr((a - eta) / um) - special.ndtr((-a - eta) / um))
    return 2 * integrate.quad(f, 1, 1 + 12 * sd, points=[1 + 4 * um], epsabs=0, epsrel=1e-10, limit=200)[0]


def guard_band():
    return optimize.brentq(lambda w: false_acceptance(1 - w) - 0.001, -0.4, 0.9, xtol=1e-12)


def oc_binomial():
    return stats.binom.cdf(14, 500, qualities).sum()


def oc_hypergeometric():
    return stats.hypergeom.cdf(14, 20_000, np.round(qualities * 20_000).astype(int), 500).sum()


def oc_double():
    d = np.arange(8, 11)
    first = stats.binom.cdf(7, 315, qualities)
    middle = stats.binom.pmf(d[:, None], 315, qualities)
    accepted = first + (middle * stats.binom.cdf(18 - d[:, None], 315, qualities)).sum(axis=0)
    asn = 315 + 315 * middle.sum(axis=0)
    return (accepted + 1e-6 * asn).sum()


def design_attributes():
    """The search of AcceptanceSampling::find.plan: one more item or one more nonconforming allowed at a time."""
    n, c = 1, 0
    while True:
        if special.bdtr(c, n, 0.01) < 0.95:
            c += 1
            n = max(n, c + 1)
        elif special.bdtr(c, n, 0.03) > 0.10:
            n += 1
        else:
            return n


def design_variables():
    """k from the noncentral t quantile at the producer's point, n by bisection."""
    good, bad = stats.norm.isf(0.01), stats.norm.isf(0.03)

    def constant(n):
        return special.nctdtrit(n - 1, np.sqrt(n) * good, 0.05) / np.sqrt(n)

    low, high = 2, 1000
    while high - low > 1:
        n = (low + high) // 2
        if 1 - special.nctdtr(n - 1, np.sqrt(n) * bad, np.sqrt(n) * constant(n)) <= 0.10:
            high = n
        else:
            low = n
    return high + constant(high)


for name, work in [("conformance-1e4", conformance), ("conformance-t-1e4", conformance_t), ("global-risk", lambda: false_acceptance(0.95)), ("guard-band", guard_band),
                   ("oc-binomial-200", oc_binomial), ("oc-hypergeometric-200", oc_hypergeometric), ("oc-double-200", oc_double), ("design-attributes", design_attributes), ("design-variables", design_variables)]:
    start = time.process_time()
    count = 0
    while time.process_time() - start < 0.3:
        result = work()
        count += 1
    count = max(1, count // 6)
    times = []
    for _ in range(9):
        before = time.process_time()
        for _ in range(count):
            result = work()
        times.append((time.process_time() - before) / count)
    print(f"{name} {sorted(times)[4]:.4g} {result:.12g}")
