/* The limit that generated kernels are measured against: the same algorithm (Threefry2x64-20,
   Box-Muller with the same polynomials, Euler-Maruyama, blocks of 512 paths, structure of arrays)
   written by hand, one fused loop a step, for gcc -O3 -march=native.
   Prints a line a model: its name, then nanoseconds a path-step, the least of many repetitions. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LANES 512
#define PATHS 4096
#define STEPS 252

static inline double as_double(uint64_t w) { double d; memcpy(&d, &w, 8); return d; }
static inline uint64_t as_word(double d) { uint64_t w; memcpy(&w, &d, 8); return w; }
static inline uint64_t rotl(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

#define ROUND(n) a += b; b = rotl(b, n) ^ a;
#define FOUR_A ROUND(16) ROUND(42) ROUND(12) ROUND(31)
#define FOUR_B ROUND(16) ROUND(32) ROUND(24) ROUND(21)
#define KEY(x, y, n) a += x; b += y + n;

__attribute__((always_inline)) static inline void normals(uint64_t k0, uint64_t k1, uint64_t path, uint64_t block, double *first,
                           double *second) {
  uint64_t k2 = 0x1BD11BDAA9FC1A22ull ^ k0 ^ k1;
  uint64_t a = path + k0, b = block + k1;
  FOUR_A KEY(k1, k2, 1) FOUR_B KEY(k2, k0, 2) FOUR_A KEY(k0, k1, 3) FOUR_B KEY(k1, k2, 4)
  FOUR_A KEY(k2, k0, 5)
  double u = as_double((a >> 12) | 0x3ff0000000000000ull) - 0.9999999999999999;
  double turn = fma(as_double((b >> 12) | 0x3ff0000000000000ull), 2.0, -2.5);
  /* log u */
  int64_t e = ((int64_t)as_word(u) - 0x3fe6a09e667f3bcdll) >> 52;
  double ed = as_double((uint64_t)(e + 0x4338000000000000ll)) - 6755399441055744.0;
  double f = as_double(as_word(u) - ((uint64_t)e << 52)) - 1.0;
  double s = f / (f + 2.0), s2 = s * s, s4 = s2 * s2;
  double p6 = fma(0.14810364186169037, s4, fma(0.1531317913111749, s2, 0.18183571003763152));
  double p = fma(p6, s4 * s4,
                 fma(fma(0.22222199100285883, s2, 0.2857142872920501), s4,
                     fma(0.39999999999520114, s2, 0.666666666666671)));
  double h = f * 0.5 * f;
  double t = fma(s, fma(s2, p, h), -h);
  double log_u = fma(ed, 0.6931471805599453, f + fma(ed, 2.3190468138462996e-17, t));
  /* radius with the sign of the half-turn, then both polynomials on half a turn */
  double half = rint(turn), sign = fma(half, -2.0, 1.0);
  double r = sqrt(log_u * -2.0) * sign;
  double v = turn - half, x = v * v, x2 = x * x, x4 = x2 * x2, x8 = x4 * x4;
  double c = fma(3.3472428062046706e-8, x8,
                 fma(fma(fma(-1.0666786377017395e-6, x, 2.5892619310090924e-5), x2,
                         fma(-4.759203748340435e-4, x, 0.006332742747796293)),
                     x4,
                     fma(fma(-0.05724947190230902, x, 0.3195033242380491), x2,
                         fma(-0.9348022005446793, x, 1.0))));
  double q = fma(7.694727119420581e-7, x8,
                 fma(fma(-2.1903185360307856e-5, x, 4.6629968873068494e-4), x4 * x2,
                     fma(fma(-0.007370430478749266, x, 0.08214588656989052), x4,
                         fma(fma(-0.5992645293187381, x, 2.550164039877294), x2,
                             fma(-5.167712780049969, x, 3.141592653589793)))));
  *first = r * fma(v * -4.0, v, 1.0) * c;
  *second = r * v * q;
}

static double gbm(uint64_t seed, double *sum) {
  double dt = 1.0 / STEPS, root = sqrt(dt), mu = 0.03, sigma = 0.2;
  double y[LANES];
  for (int first = 0; first < PATHS; first += LANES) {
    for (int l = 0; l < LANES; l++) y[l] = 100;
    for (int k = 0; k < STEPS; k += 2) {
      for (int l = 0; l < LANES; l++) {
        double z0, z1;
        normals(seed, 0, first + l, k / 2, &z0, &z1);
        double s = y[l];
        s = s + s * mu * dt + s * sigma * (z0 * root);
        y[l] = s + s * mu * dt + s * sigma * (z1 * root);
      }
    }
    for (int l = 0; l < LANES; l++) sum[l] += y[l];
  }
  return sum[0];
}

static double heston(uint64_t seed, double *sum) {
  double dt = 1.0 / STEPS, root = sqrt(dt), carry = 0.03, kappa = 1.6, theta = 0.07, xi = 0.5;
  double rho = -0.75, orthogonal = sqrt(1 - rho * rho), c1 = xi * rho, c2 = xi * orthogonal;
  double x[LANES], v[LANES];
  for (int first = 0; first < PATHS; first += LANES) {
    for (int l = 0; l < LANES; l++) { x[l] = 4.605170185988092; v[l] = 0.1; }
    for (int k = 0; k < STEPS; k++) {
      for (int l = 0; l < LANES; l++) {
        double z0, z1;
        normals(seed, 0, first + l, k, &z0, &z1);
        double positive = v[l] > 0 ? v[l] : 0, volatility = sqrt(positive);
        double w0 = z0 * root, w1 = z1 * root;
        x[l] = fma(volatility, w0, fma(fma(-positive, 0.5, carry), dt, x[l]));
        v[l] = fma(kappa * dt, theta - positive, v[l]) + fma(c1 * volatility, w0, c2 * volatility * w1);
      }
    }
    for (int l = 0; l < LANES; l++) sum[l] += x[l] + v[l];
  }
  return sum[0];
}

static void measure(const char *name, double (*model)(uint64_t, double *)) {
  double best = 1e99, sum[LANES] = {0}, check = 0;
  for (int repetition = 0; repetition < 60; repetition++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    check += model(repetition, sum);
    clock_gettime(CLOCK_MONOTONIC, &b);
    double ns = (b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec);
    if (ns < best) best = ns;
  }
  printf("%s %.3f %g\n", name, best / PATHS / STEPS, check);
}

int main(void) {
  measure("gbm", gbm);
  measure("heston", heston);
  return 0;
}
