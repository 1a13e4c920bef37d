#!/usr/bin/env python3
"""Fits the coefficients of the elementary functions (see elementary.md).

Polynomials are minimax fits by the Remez exchange, rational functions weighted least squares with a
linearised denominator (Sanathanan and Koerner 1963), both in 60-digit arithmetic; coefficients are
then rounded to double. Prints the Java class that holds them, with the largest relative error of
each rounded fit (in exact arithmetic) in its Javadoc. Needs mpmath.

    python3 elementary_fit.py > .../io/pathwise/expr/Coefficients.java   # then format the file
"""

import mpmath as mp

mp.mp.dps = 60
F = mp.mpf


def evaluate(coefficients, x):
    return mp.polyval(coefficients[::-1], x)


def chebyshev_points(low, high, count):
    mid, half = (low + high) / 2, (high - low) / 2
    return [mid + half * mp.cos(mp.pi * (2 * j + 1) / (2 * count)) for j in range(count)][::-1]


def remez(f, weight, low, high, terms):
    """Coefficients c minimising max |weight(x) (f(x) - sum c_i x^i)| over [low, high]."""
    low, high = F(low), F(high)
    half = (high - low) / 2
    reference = [low + half * (1 - mp.cos(mp.pi * j / terms)) for j in range(terms + 1)]
    # End points may be removable singularities of f.
    reference[0] += half / 10**8
    reference[-1] -= half / 10**8
    grid = chebyshev_points(low, high, 24 * terms)
    values = [(x, f(x), weight(x)) for x in grid]
    for _ in range(8):
        rows = [
            [x**i for i in range(terms)] + [(-1) ** j / weight(x)]
            for j, x in enumerate(reference)
        ]
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix([f(x) for x in reference]))
        c = [solution[i] for i in range(terms)]
        error = [w * (v - evaluate(c, x)) for x, v, w in values]
        # One extremum per run of equal sign.
        extrema, best = [], 0
        for i in range(1, len(grid)):
            if (error[i] > 0) != (error[best] > 0):
                extrema.append(best)
                best = i
            elif abs(error[i]) > abs(error[best]):
                best = i
        extrema.append(best)
        while len(extrema) > terms + 1:
            extrema.pop(0 if abs(error[extrema[0]]) < abs(error[extrema[-1]]) else -1)
        if len(extrema) < terms + 1:
            break
        reference = [grid[i] for i in extrema]
    return c


def rational(f, points, n, m):
    """N and D (D_0 = 1) of degrees n and m with N/D close to f, relatively, at the points."""
    values = [f(x) for x in points]
    weights = [1 / v for v in values]
    for _ in range(6):
        rows = [
            [w * x**i for i in range(n + 1)] + [-w * v * x**i for i in range(1, m + 1)]
            for x, v, w in zip(points, values, weights)
        ]
        right = [w * v for v, w in zip(values, weights)]
        c = mp.qr_solve(mp.matrix(rows), mp.matrix(right))[0]
        top = [c[i] for i in range(n + 1)]
        bottom = [F(1)] + [c[n + 1 + i] for i in range(m)]
        weights = [1 / (v * evaluate(bottom, x)) for x, v in zip(points, values)]
    return top, bottom


def rounded(coefficients):
    return [F(float(c)) for c in coefficients]


FIELDS = []


def emit(name, what, coefficients, error=None):
    numbers = ",\n    ".join(repr(float(c)) for c in coefficients)
    note = "" if error is None else f" Relative error {mp.nstr(error, 2)}."
    FIELDS.append(f"  /** {what}{note} */\n  static final double[] {name} = {{\n    {numbers}\n  }};\n")


def fit(name, what, f, weight, whole, low, high, terms):
    """Fits, rounds, and measures whole(x, p) against its truth 1 (relative)."""
    c = rounded(remez(f, weight, low, high, terms))
    points = chebyshev_points(F(low), F(high), 400)
    emit(name, what, c, max(abs(whole(x, evaluate(c, x)) - 1) for x in points))


def exponential():
    bound = mp.log(2) / 2 * (1 + F(10) ** -6)
    f = lambda r: (mp.expm1(r) - r) / r**2 if abs(r) > 1e-15 else F(1) / 2 + r / 6
    fit(
        "EXP",
        "q of e^r = 1 + (r + r^2 q(r)), |r| at most (log 2)/2.",
        f,
        lambda r: abs(r) + F(1) / 1000,
        lambda r, p: (r + r**2 * p) / mp.expm1(r) if abs(r) > 1e-15 else F(1),
        -bound,
        bound,
        10,
    )


def logarithm():
    def truth(z):
        s = mp.sqrt(z)
        return 2 * mp.atanh(s)  # log((1 + s) / (1 - s))

    def residual(z):
        return (truth(z) / mp.sqrt(z) - 2) / z

    def second(z):
        return (truth(z) / (2 * mp.sqrt(z)) - 1 - z / 3) / z**2

    near = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2 * (1 + F(10) ** -6)
    whole = lambda z, p: mp.sqrt(z) * (2 + z * p) / truth(z)
    weight = lambda z: z / 2
    fit("LOG", "p of log m = s (2 + z p(z)), s = (m - 1)/(m + 1), z = s^2, m in [sqrt(1/2), sqrt 2].",
        residual, weight, whole, F(10) ** -12, near, 7)
    fit("LOG1P", "The same p for 1 + y, y in [0, 1].",
        residual, weight, whole, F(10) ** -12, F(1) / 9 * (1 + F(10) ** -6), 10)
    fit("LOG_PRECISE", "q of log m = 2 s (1 + z/3 + z^2 q(z)), m in [sqrt(1/2), sqrt 2].",
        second, lambda z: z**2,
        lambda z, q: 2 * mp.sqrt(z) * (1 + z / 3 + z**2 * q) / truth(z), F(10) ** -8, near, 8)


def trigonometric():
    z1 = (mp.pi / 4 * (1 + F(10) ** -6)) ** 2
    tiny = F(10) ** -8
    fit("SIN", "p of sin r = r + r z p(z), z = r^2, |r| at most pi/4.",
        lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z,
        lambda z: z, lambda z, p: (1 + z * p) * mp.sqrt(z) / mp.sin(mp.sqrt(z)), tiny, z1, 6)
    fit("COS", "p of cos r = 1 - z/2 + z^2 p(z), z = r^2, |r| at most pi/4.",
        lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2,
        lambda z: z**2, lambda z, p: (1 - z / 2 + z**2 * p) / mp.cos(mp.sqrt(z)), tiny, z1, 6)
    sin_pi = lambda z: mp.sin(mp.pi * mp.sqrt(z)) / mp.sqrt(z)
    cos_pi = lambda z: mp.cos(mp.pi * mp.sqrt(z)) / (1 - 4 * z)
    quarter = F(1) / 4
    fit("SIN_HALF_TURN", "p of sin(pi v) = v p(z), z = v^2, |v| at most 1/2.",
        sin_pi, lambda z: 1 / sin_pi(z), lambda z, p: p / sin_pi(z), tiny, quarter, 9)
    fit("COS_HALF_TURN", "p of cos(pi v) = (1 - 4 z) p(z), z = v^2, |v| at most 1/2.",
        cos_pi, lambda z: 1 / cos_pi(z), lambda z, p: p / cos_pi(z), tiny, quarter - tiny, 9)


TAIL_CENTRE = F(5)


def normal_distribution():
    def scaled_tail(t):
        z = TAIL_CENTRE * (1 + t) / (1 - t)
        return (1 + F("0.8") * z) * mp.erfc(z / mp.sqrt(2)) / 2 * mp.exp(z * z / 2)

    top = (F(39) - TAIL_CENTRE) / (F(39) + TAIL_CENTRE)
    fit("NORMAL_TAIL",
        "p of Phi(-z) = exp(-z^2/2) p(t)/(1 + 0.8 z), t = (z - 5)/(z + 5), z in [0, 39].",
        scaled_tail, lambda t: 1 / scaled_tail(t), lambda t, p: p / scaled_tail(t), F(-1), top, 23)
    ratio = lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z)
    fit("ERF", "p of erf(x) = x p(z), z = x^2, |x| at most 1.",
        ratio, lambda z: 1 / ratio(z), lambda z, p: p / ratio(z), F(10) ** -8, F(1), 13)


def upper_quantile(p):
    """x > 0 with Phi(-x) = p < 1/2."""
    log = -mp.log(p)
    x = (F(1) / 2 - p) * mp.sqrt(2 * mp.pi)
    if p < 0.05:
        x = mp.sqrt(2 * log - mp.log(2 * mp.pi) - mp.log(1 + 2 * log))
    for _ in range(30):
        step = (mp.erfc(x / mp.sqrt(2)) / 2 - p) / (mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi))
        x += step
        if abs(step) < F(10) ** -50 * x:
            break
    return x


def quantile():
    edge = F("0.16")
    points = chebyshev_points(-edge / 1000, edge, 60)
    central = lambda v: upper_quantile(F(1) / 2 - mp.sqrt(edge - v)) / mp.sqrt(edge - v)
    emit_rational("QUANTILE_CENTRE", "x = q N(v)/D(v), v = 0.16 - q^2, q = u - 1/2, |q| at most 0.4",
                  central, points, 7, 6)
    low, high, centre = F("1.5"), F("26.63"), F(4)
    to_t = lambda x: (x - centre) / (x + centre)
    points = [centre * (1 + t) / (1 - t) - low
              for t in chebyshev_points(to_t(low), to_t(high), 90)]
    emit_rational("QUANTILE_TAIL", "x = -N(v)/D(v), v = sqrt(-log u) - 1.5, u at most 0.1",
                  lambda v: upper_quantile(mp.exp(-((v + low) ** 2))), points, 11, 10)


def emit_rational(name, what, f, points, n, m):
    top, bottom = (rounded(c) for c in rational(f, points, n, m))
    error = max(abs(evaluate(top, x) / evaluate(bottom, x) / f(x) - 1) for x in points)
    emit(name + "_TOP", f"N of {what}.", top, error)
    emit(name + "_BOTTOM", f"D of {what}.", bottom)


def main():
    exponential()
    logarithm()
    trigonometric()
    normal_distribution()
    quantile()
    print("package io.pathwise.expr;\n")
    print("/**\n * Polynomial coefficients, constant term first. Printed by"
          " {@code docs/derivations/elementary_fit.py};\n * the relative errors are those of the"
          " fits after rounding the coefficients.\n */")
    print("final class Coefficients {\n")
    print("\n".join(FIELDS))
    print("  private Coefficients() {}\n}")


if __name__ == "__main__":
    main()
