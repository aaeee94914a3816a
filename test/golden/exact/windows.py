"""What windowed functions are in exact arithmetic on the same doubles, for the scripts beside it.

Each takes the bars and the parameters of a case and returns a column of fractions per output, None where there is no value.
"""

from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60


def decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def root(x):
    return Fraction(decimal(x).sqrt())


def arctan(x):
    """Halves the angle until the series is short."""
    halvings = 10
    for _ in range(halvings):
        x = x / (1 + (1 + x * x).sqrt())
    terms = (x ** (2 * k + 1) / (2 * k + 1) * (-1) ** k for k in range(12))
    return sum(terms) * 2**halvings


def fractions(column):
    return [Fraction(float(v)) for v in column]


def over(columns, period, function, first=0):
    """`function` of each full window of the columns, which begin at row `first`."""
    rows = len(columns[0])
    return [
        None if i < first + period - 1 else function(*(c[i - period + 1 : i + 1] for c in columns)) for i in range(rows)
    ]


def mean(window):
    return sum(window) / len(window)


def variance(window):
    middle = mean(window)
    return sum((x - middle) ** 2 for x in window) / len(window)


def distance(window):
    middle = mean(window)
    return sum(abs(x - middle) for x in window) / len(window)


def line(window):
    """Slope and height at the oldest row."""
    n = len(window)
    middle = Fraction(n - 1, 2)
    slope = sum((k - middle) * v for k, v in enumerate(window)) / sum((k - middle) ** 2 for k in range(n))
    return slope, mean(window) - slope * middle


def spread(x, y):
    mx, my = mean(x), mean(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y))


def correlation(x, y):
    both = spread(x, x) * spread(y, y)
    return 0 if both == 0 else Fraction(decimal(spread(x, y)) / decimal(both).sqrt())


def regression(x, y):
    own = spread(x, x)
    return 0 if own == 0 else spread(x, y) / own


def returns(column):
    values = fractions(column)
    return [None] + [0 if a == 0 else (b - a) / a for a, b in zip(values, values[1:])]


def angle(slope):
    return Fraction(arctan(decimal(slope)) * 180 / (4 * arctan(Decimal(1))))


def on_close(function):
    return lambda d, n, *rest: [over([fractions(d.close)], n, lambda w: function(w, *rest))]


def exact_line(height):
    return lambda d, n: [over([fractions(d.close)], n, lambda w: height(*line(w), n))]


exact_var = on_close(variance)
exact_stddev = on_close(lambda w, nbdev=1: Fraction(nbdev) * root(variance(w)))
exact_avgdev = on_close(distance)
exact_linearreg = exact_line(lambda slope, start, n: start + slope * (n - 1))
exact_linearreg_slope = exact_line(lambda slope, start, n: slope)
exact_linearreg_intercept = exact_line(lambda slope, start, n: start)
exact_linearreg_angle = exact_line(lambda slope, start, n: angle(slope))
exact_tsf = exact_line(lambda slope, start, n: start + slope * n)


def exact_bbands(d, period, up, down):
    close = fractions(d.close)
    return [
        over([close], period, lambda w: mean(w) + Fraction(up) * root(variance(w))),
        over([close], period, mean),
        over([close], period, lambda w: mean(w) - Fraction(down) * root(variance(w))),
    ]


def exact_cci(d, period):
    def cci(window):
        deviation = distance(window)
        return Fraction(0) if deviation == 0 else (window[-1] - mean(window)) / (Fraction(15, 1000) * deviation)

    return [over([fractions((d.high + d.low + d.close) / 3)], period, cci)]


def exact_correl(x, y):
    return lambda d, n: [over([fractions(getattr(d, x)), fractions(getattr(d, y))], n, correlation)]


def exact_beta(x, y):
    return lambda d, n: [over([returns(getattr(d, x)), returns(getattr(d, y))], n, regression, 1)]
