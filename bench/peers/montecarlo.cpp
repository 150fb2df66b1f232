// The C++ streaming program: xoshiro256++ in lanes, vectorised normals by Box and Muller with polynomials, moments and histogram.
// g++ -O3 -march=native -ffast-math -o montecarlo montecarlo.cpp; ./montecarlo mass|gauge TRIALS
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

constexpr int N = 1024, L = 8, BINS = 1 << 16;
struct Rng {
    uint64_t s[4][L];
    explicit Rng(uint64_t seed) {
        for (auto &w : s) for (auto &v : w) {
            uint64_t z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9; z = (z ^ (z >> 27)) * 0x94D049BB133111EB; v = z ^ (z >> 31);
        }
    }
    void fill(double *out) {
        for (int i = 0; i < N; i += L)
            for (int l = 0; l < L; l++) {
                uint64_t x = s[0][l] + s[3][l], r = ((x << 23) | (x >> 41)) + s[0][l], t = s[1][l] << 17;
                s[2][l] ^= s[0][l]; s[3][l] ^= s[1][l]; s[1][l] ^= s[2][l]; s[0][l] ^= s[3][l]; s[2][l] ^= t;
                s[3][l] = (s[3][l] << 45) | (s[3][l] >> 19);
                r = (r >> 12) | 0x3FF0000000000000; double d; memcpy(&d, &r, 8);
                out[i + l] = d - (1 - 0x1p-53);
            }
    }
};
static inline double bits(uint64_t b) { double d; memcpy(&d, &b, 8); return d; }
static inline uint64_t word(double d) { uint64_t b; memcpy(&b, &d, 8); return b; }
static inline double lnv(double x) {
    uint64_t b = word(x) + (0x4000000000000000 - 0x3FE6A09E667F3BCD), e = b >> 52;
    double m = bits(word(x) + 0x4000000000000000 - (e << 52)), k = bits(e | 0x4330000000000000) - (4503599627370496.0 + 1024);
    double s = (m - 1) / (m + 1), z = s * s;
    double r = ((((((1.479819860511658591e-01 * z + 1.531383769920937332e-01) * z + 1.818357216161805012e-01) * z + 2.222219843214978396e-01) * z
        + 2.857142874366239149e-01) * z + 3.999999999940941908e-01) * z + 6.666666666666735130e-01) * z;
    return k * 0.693147180559945309 + (2 * s + s * r);
}
static inline double expv(double x) {
    double k = __builtin_rint(x * 1.4426950408889634), r = x - k * 6.93147180369123816490e-01 - k * 1.90821492927058770002e-10;
    double p = 1.0 / 479001600;
    for (double c : {1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0}) p = p * r + c;
    return bits(word(p) + ((uint64_t)(int64_t)k << 52));
}
static inline void sincosv(double v, double &s, double &c) {
    double k = __builtin_rint(4 * v), x = (v - 0.25 * k) * 6.283185307179586, z = x * x;
    int64_t q = (int64_t)k;
    double a = x + x * z * (((((1.58969099521155010221e-10 * z - 2.50507602534068634195e-08) * z + 2.75573137070700676789e-06) * z - 1.98412698298579493134e-04) * z
        + 8.33333333332248946124e-03) * z - 1.66666666666666324348e-01);
    double b = 1 + z * (-0.5 + z * (((((-1.13596475577881948265e-11 * z + 2.08757232129817482790e-09) * z - 2.75573143513506633035e-07) * z + 2.48015872894767294178e-05) * z
        - 1.38888888888741095749e-03) * z + 4.16666666666666019037e-02));
    double sn = q & 1 ? b : a, cs = q & 1 ? a : b;
    s = bits(word(sn) ^ ((uint64_t)(q & 2) << 62));
    c = bits(word(cs) ^ ((uint64_t)((q + 1) & 2) << 62));
}
static double U[N], V[N];
static void uniform(Rng &g, double a, double b, double *x) { g.fill(x); for (int i = 0; i < N; i++) x[i] = a + (b - a) * x[i]; }
static void normal(Rng &g, double m, double sd, double *x) {
    g.fill(U);
    for (int i = 0; i < N / 2; i++) {
        double r = sd * std::sqrt(-2 * lnv(U[i])), s, c; sincosv(U[N / 2 + i], s, c);
        x[i] = m + r * c; x[N / 2 + i] = m + r * s;
    }
}
static void student(Rng &g, double x0, double s, double nu, double *x) {
    g.fill(U); g.fill(V);
    for (int i = 0; i < N; i++) { double sn, c; sincosv(V[i], sn, c); x[i] = x0 + s * std::sqrt(nu * (expv(-2 / nu * lnv(U[i])) - 1)) * c; }
}
static void arcsine(Rng &g, double m, double h, double *x) { g.fill(U); for (int i = 0; i < N; i++) { double s, c; sincosv(U[i], s, c); x[i] = m + h * s; } }
static void ctrap(Rng &g, double a, double b, double d, double *x) {
    g.fill(U); g.fill(V);
    for (int i = 0; i < N; i++) { double as = (a - d) + 2 * d * U[i], bs = (a + b) - as; x[i] = as + (bs - as) * V[i]; }
}
static double X[9][N], Y[N];
static void mass(Rng &g) {
    normal(g, 100000, 0.05, X[0]); normal(g, 1.234, 0.02, X[1]); uniform(g, 1.1, 1.3, X[2]); uniform(g, 7000, 9000, X[3]); uniform(g, 7950, 8050, X[4]);
    for (int i = 0; i < N; i++) Y[i] = (X[0][i] + X[1][i]) * (1 + (X[2][i] - 1.2) * (1 / X[3][i] - 1 / X[4][i])) - 100000;
}
static void gauge(Rng &g) {
    student(g, 50000623, 25, 18, X[0]); student(g, 215, 6, 24, X[1]); student(g, 0, 4, 5, X[2]); student(g, 0, 7, 8, X[3]); uniform(g, 9.5e-6, 1.35e-5, X[4]);
    normal(g, -0.1, 0.2, X[5]); arcsine(g, 0, 0.5, X[6]); ctrap(g, -1e-6, 1e-6, 1e-7, X[7]); ctrap(g, -0.05, 0.05, 0.025, X[8]);
    for (int i = 0; i < N; i++) Y[i] = X[0][i] + X[1][i] + X[2][i] + X[3][i] - X[0][i] * (X[7][i] * (X[5][i] + X[6][i]) + X[4][i] * X[8][i]) - 50000000;
}
int main(int argc, char **argv) {
    bool isMass = argc > 1 && !strcmp(argv[1], "mass");
    long m = argc > 2 ? atol(argv[2]) : 10000000, blocks = (m + N - 1) / N;
    double centre = isMass ? 1.234 : 838, u0 = isMass ? 0.0755 : 35.8, low = centre - 12 * u0, scale = BINS / (24 * u0), best = 1e9;
    for (int repeat = 0; repeat < 5; repeat++) {
        clock_t t0 = clock();
        Rng g(1 + repeat);
        std::vector<uint32_t> bins(BINS);
        double s1 = 0, s2 = 0;
        for (long b = 0; b < blocks; b++) {
            isMass ? mass(g) : gauge(g);
            double p1 = 0, p2 = 0;
            for (int i = 0; i < N; i++) { double d = Y[i] - centre; p1 += d; p2 += d * d; }
            s1 += p1; s2 += p2;
            int at[N];
            for (int i = 0; i < N; i++) { double z = (Y[i] - low) * scale; z = z < 0 ? 0 : z > BINS - 1 ? BINS - 1 : z; at[i] = (int)z; }
            for (int i = 0; i < N; i++) bins[at[i]]++;
        }
        double n = (double)blocks * N, mean = centre + s1 / n, u = std::sqrt((s2 - s1 * s1 / n) / (n - 1)), p = isMass ? 0.95 : 0.99;
        std::vector<double> cum(BINS + 1);
        for (int i = 0; i < BINS; i++) cum[i + 1] = cum[i] + bins[i];
        auto q = [&](double r) { int a = 0, b = BINS; while (b - a > 1) { int c = (a + b) / 2; (cum[c] <= r ? a : b) = c; } return low + (a + (bins[a] ? (r - cum[a]) / bins[a] : 0)) / scale; };
        double bl = 0, bw = 1e300;
        for (int i = 0; i < BINS && cum[i] + p * n < n; i++) if (bins[i]) { double a = low + i / scale, w = q(cum[i] + p * n) - a; if (w < bw) bw = w, bl = a; }
        double t = (double)(clock() - t0) / CLOCKS_PER_SEC;
        if (t < best) best = t;
        if (repeat == 4) printf("c++ %s %ld: cpu %.3f s; mean %.9g u %.7g [%.9g, %.9g] shortest [%.9g, %.9g]\n", argv[1], blocks * N, best, mean, u, q((1 - p) / 2 * n), q((1 + p) / 2 * n), bl, bl + bw);
    }
}
