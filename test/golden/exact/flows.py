"""MFI in whole numbers, of prices as the decimals that they are printed as; ADOSC, RSI and the directional functions in 400 bits."""

from fractions import Fraction

import gmpy2
from gmpy2 import mpfr

from . import cycles  # noqa: F401 - sets the precision


def doubles(column):
    return [mpfr(float(v)) for v in column]


def whole(*columns):
    """All columns as integers of one unit, 10^-k."""
    texts = [[Fraction(repr(float(v))) for v in c] for c in columns]
    unit = 1
    for c in texts:
        for v in set(c):
            if unit % v.denominator:
                unit = unit * v.denominator // gmpy2.gcd(unit, v.denominator)
    return [[int(v * int(unit)) for v in c] for c in texts]


def mfi(high, low, close, volume, n):
    """Of sums that are whole numbers; where nothing flowed 0."""
    high, low, close = whole(high, low, close)
    (volume,) = whole(volume)
    price = [a + b + c for a, b, c in zip(high, low, close)]
    inward, outward = [0], [0]
    for i in range(1, len(price)):
        flow = price[i] * volume[i]
        inward.append(inward[-1] + (flow if price[i] > price[i - 1] else 0))
        outward.append(outward[-1] + (flow if price[i] < price[i - 1] else 0))
    for i in range(len(price)):
        if i < n:
            yield None
            continue
        gained, lost = inward[i] - inward[i - n], outward[i] - outward[i - n]
        yield (100 * gained / (gained + lost) if gained + lost else 0.0,)


def adosc(high, low, close, volume, fast, slow):
    high, low, close, volume = (doubles(c) for c in (high, low, close, volume))
    weights = [mpfr(2) / (n + 1) for n in (fast, slow)]
    total = mpfr(0)
    averages = None
    for i, (h, l, c, v) in enumerate(zip(high, low, close, volume)):
        if h > l:
            total += ((c - l) - (h - c)) / (h - l) * v
        averages = [w * total + (1 - w) * a for w, a in zip(weights, averages)] if averages else [total, total]
        yield (averages[0] - averages[1],) if i >= max(fast, slow) - 1 else None


def rsi(x, n):
    """RSI and CMO; 0 where nothing has moved."""
    x = doubles(x)
    gain = loss = mpfr(0)
    for i in range(len(x)):
        change = x[i] - x[i - 1] if i > 0 else mpfr(0)
        up, down = max(change, mpfr(0)), max(-change, mpfr(0))
        if i <= n:
            gain, loss = gain + up / n, loss + down / n
        else:
            gain, loss = (gain * (n - 1) + up) / n, (loss * (n - 1) + down) / n
        both = gain + loss
        yield None if i < n else (100 * gain / both, 100 * (gain - loss) / both) if both else (mpfr(0), mpfr(0))


def directional(high, low, close, n):
    """(plus, minus, dx, adx, adxr): dx of no movement is the one before, in adx's seed 0."""
    high, low, close = (doubles(c) for c in (high, low, close))
    plus = minus = reach = dx = average = mpfr(0)
    seeded, past = 0, []
    for i in range(len(high)):
        if i > 0:
            up, down = high[i] - high[i - 1], low[i - 1] - low[i]
            keep = 1 if i < n else 1 - mpfr(1) / n
            plus = plus * keep + (up if up > 0 and up > down else 0)
            minus = minus * keep + (down if down > 0 and down > up else 0)
            reach = reach * keep + (max(high[i], close[i - 1]) - min(low[i], close[i - 1]))
        if i < n:
            yield None
            continue
        p, m = (100 * plus / reach, 100 * minus / reach) if reach else (mpfr(0), mpfr(0))
        moved = p + m > 0
        if moved:
            dx = 100 * abs(p - m) / (p + m)
        if seeded < n:
            average += (dx if moved else 0) / n
            seeded += 1
        elif moved:
            average += (dx - average) / n
        if seeded == n:
            past.append(average)
        adxr = (average + past[-n]) / 2 if len(past) >= n else None
        yield p, m, dx, average if seeded == n else None, adxr
