#!/usr/bin/env python3
"""Prints reference values of the elementary functions for the accuracy test.

One line a point: function,x,y,high,low with hexadecimal doubles; high + low is the value rounded to
more than 100 bits (y is 0 for functions of one argument). Computed in 60 digits with mpmath.

    python3 elementary_reference.py > .../src/test/resources/io/pathwise/expr/elementary-reference.csv
"""

import random

import mpmath as mp

mp.mp.dps = 60
F = mp.mpf
RANDOM = random.Random(20110101)


def quantile(p):
    nearer = min(p, 1 - p)
    if nearer == F(1) / 2:
        return F(0)
    log = -mp.log(nearer)
    x = (F(1) / 2 - nearer) * mp.sqrt(2 * mp.pi)
    if nearer < 0.05:
        x = mp.sqrt(2 * log - mp.log(2 * mp.pi) - mp.log(1 + 2 * log))
    for _ in range(30):
        step = (mp.erfc(x / mp.sqrt(2)) / 2 - nearer) / (
            mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
        )
        x += step
        if abs(step) < F(10) ** -50 * x:
            break
    return -x if p < F(1) / 2 else x


FUNCTIONS = {
    "exp": mp.exp,
    "log": mp.log,
    "sin": mp.sin,
    "cos": mp.cos,
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": lambda x: max(x, 0) + mp.log1p(mp.exp(-abs(x))),
    "erf": mp.erf,
    "normcdf": lambda x: mp.erfc(-x / mp.sqrt(2)) / 2,
    "invnormcdf": quantile,
}


def uniform(low, high, count):
    return [low, high] + [RANDOM.uniform(low, high) for _ in range(count)]


def decades(low, high, count):
    """Points between 10^low and 10^high."""
    return [10.0 ** RANDOM.uniform(low, high) for _ in range(count)]


def near(centre, count):
    return [centre * (1 + RANDOM.uniform(-1, 1) * 2.0 ** -RANDOM.randint(2, 50)) for _ in range(count)]


def signed(points):
    return [RANDOM.choice((-1, 1)) * x for x in points]


ANGLES = (
    uniform(-1e5, 1e5, 60)
    + uniform(-7, 7, 60)
    + uniform(-1e9, 1e9, 40)
    + [k * 1.5707963267948966 for k in range(1, 60, 3)]
    + [RANDOM.randint(1, 60000) * 1.5707963267948966 for _ in range(20)]
    + signed(decades(-300, 0, 20))
)
POINTS = {
    "exp": uniform(-708, 709.78, 120) + uniform(-1, 1, 60) + signed(decades(-300, 0, 20)),
    "log": decades(-307.6, 308.2, 100) + uniform(0.5, 2, 50) + near(1.0, 50),
    "sin": ANGLES,
    "cos": ANGLES,
    "tanh": uniform(-22, 22, 80) + uniform(-1, 1, 80) + signed(decades(-300, 0, 40)),
    "sigmoid": uniform(-708, 40, 100) + uniform(-4, 4, 100),
    "softplus": uniform(-708, 40, 100) + uniform(-4, 4, 80) + decades(1, 300, 20),
    "erf": uniform(-6, 6, 80) + uniform(-1.2, 1.2, 80) + signed(decades(-300, 0, 40)),
    "normcdf": uniform(-37.5, 9, 100) + uniform(-8, 0, 60) + uniform(-2, 2, 60),
    "invnormcdf": decades(-300, -0.31, 90)
    + uniform(0.001, 0.999, 90)
    + [1 - 2.0 ** -RANDOM.uniform(1, 53) for _ in range(40)]
    + near(0.5, 20),
}


def line(name, x, y, value):
    high = float(value)
    low = float(value - F(high))
    print(f"{name},{x.hex()},{y.hex()},{high.hex()},{low.hex()}")


def main():
    for name, f in FUNCTIONS.items():
        for x in POINTS[name]:
            line(name, float(x), 0.0, f(F(x)))
    for _ in range(220):
        log = RANDOM.uniform(-1, 1) * 10 ** RANDOM.uniform(-3, 2.8)
        x = float(mp.exp(log))
        y = RANDOM.uniform(-700, 700) / float(mp.log(F(x)))
        line("pow", x, y, mp.exp(F(y) * mp.log(F(x))))


if __name__ == "__main__":
    main()
