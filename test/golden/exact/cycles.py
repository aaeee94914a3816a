"""Ehlers' cycle functions as TA-Lib defines them, in 400 bits, on prices as the decimals that they are printed as or as doubles.

Written from the formulas, independently of both implementations; constants are decimals too. A sum of a whole circle of
equal values is 0, and so is what is below 2^-300 of the price: the rest of sines and cosines in 400 bits.
"""

from collections import deque

import gmpy2
from gmpy2 import atan, mpfr, sin

gmpy2.get_context().precision = 400
PI = gmpy2.const_pi()
DEGREES = 180 / PI
NOTHING = mpfr(2) ** -300
LONGEST = 50
D = {text: mpfr(text) for text in ('0.0962', '0.5769', '0.075', '0.54', '0.2', '0.8', '0.33', '0.67', '1.5', '0.015')}
WAVE = [[(sin(2 * PI * k / n), gmpy2.cos(2 * PI * k / n)) for k in range(n)] if n else [] for n in range(LONGEST + 1)]


def decimals(column):
    """Numbers as printed; equal ones are one object."""
    seen = {}
    return [seen.setdefault(v, mpfr(repr(v))) for v in (float(v) for v in column)]


class Cycle:
    """The dominant cycle from row `warm_up` on: everything before is 0."""

    def __init__(self, warm_up):
        self.warm_up = warm_up
        zero = mpfr(0)
        self.smooth, self.detrender, self.quadrature = (deque([zero] * LONGEST, LONGEST) for _ in range(3))
        self.period = self.smooth_period = self.i2 = self.q2 = self.re = self.im = self.i1 = self.q1 = zero
        self.equal = 0

    def transform(self, ring, gain, late=0):
        a, b, c, d = ring[-1 - late], ring[-3 - late], ring[-5 - late], ring[-7 - late]
        return (D['0.0962'] * (a - d) + D['0.5769'] * (b - c)) * gain

    def step(self, x, i):
        value = (4 * x[i] + 3 * x[i - 1] + 2 * x[i - 2] + x[i - 3]) / 10
        self.equal = self.equal + 1 if value == self.smooth[-1] else 1
        self.smooth.append(value)
        gain = D['0.075'] * self.period + D['0.54']
        detrended = self.transform(self.smooth, gain)
        self.detrender.append(detrended if abs(detrended) > abs(value) * NOTHING else mpfr(0))
        self.quadrature.append(self.transform(self.detrender, gain))
        self.i1, self.q1 = self.detrender[-4], self.quadrature[-1]
        ji, jq = self.transform(self.detrender, gain, 3), self.transform(self.quadrature, gain)
        i2 = D['0.2'] * (self.i1 - jq) + D['0.8'] * self.i2
        q2 = D['0.2'] * (self.q1 + ji) + D['0.8'] * self.q2
        self.re = D['0.2'] * (i2 * self.i2 + q2 * self.q2) + D['0.8'] * self.re
        self.im = D['0.2'] * (i2 * self.q2 - q2 * self.i2) + D['0.8'] * self.im
        self.i2, self.q2 = i2, q2
        last = found = self.period
        if self.re != 0 and self.im != 0:
            found = 360 / (atan(self.im / self.re) * DEGREES)
        found = min(found, D['1.5'] * last)
        found = max(found, D['0.67'] * last)
        found = min(max(found, mpfr(6)), mpfr(50))
        self.period = D['0.2'] * found + D['0.8'] * last
        self.smooth_period = D['0.33'] * self.period + D['0.67'] * self.smooth_period


def short(column, fast, slow):
    """Rows of (dcperiod, in phase, quadrature, mama, fama); None before row 32."""
    x = decimals(column)
    fast, slow = mpfr(str(fast)), mpfr(str(slow))
    cycle = Cycle(12)
    phase = mama = fama = mpfr(0)
    for i in range(len(x)):
        if i < 12:
            yield None
            continue
        cycle.step(x, i)
        before, phase = phase, mpfr(0) if cycle.i1 == 0 else atan(cycle.q1 / cycle.i1) * DEGREES
        move = before - phase
        weight = max(fast / move, slow) if move > 1 else fast
        mama = weight * x[i] + (1 - weight) * mama
        fama = weight / 2 * mama + (1 - weight / 2) * fama
        yield (cycle.smooth_period, cycle.i1, cycle.q1, mama, fama) if i >= 32 else None


def long(column):
    """Rows of (dcphase, sine, leading sine, trendline, trendmode); None before row 63."""
    x = decimals(column)
    cycle = Cycle(37)
    trends = deque([mpfr(0)] * 3, 3)
    phase = sine = lead = mpfr(0)
    days, same = 0, 0
    for i in range(len(x)):
        same = same + 1 if i > 0 and x[i] == x[i - 1] else 1
        if i < 37:
            yield None
            continue
        cycle.step(x, i)
        n = int(gmpy2.floor(cycle.smooth_period + mpfr('0.5')))
        last_phase, last_sine, last_lead = phase, sine, lead
        phase, sine, lead = advance(cycle, n, phase)
        mean = mpfr(0)
        if n > 0:
            mean = x[i] if same >= n else sum(x[i - k] for k in range(n)) / n
        trend = (4 * mean + 3 * trends[-1] + 2 * trends[-2] + trends[-3]) / 10
        trends.append(mean)
        crossed = (sine > lead and last_sine <= last_lead) or (sine < lead and last_sine >= last_lead)
        days = 1 if crossed else days + 1
        move = phase - last_phase
        mode = 0 if crossed or days < cycle.smooth_period / 2 else 1
        if D['0.67'] * 360 / cycle.smooth_period < move < D['1.5'] * 360 / cycle.smooth_period:
            mode = 0
        if trend != 0 and abs((cycle.smooth[-1] - trend) / trend) >= D['0.015']:
            mode = 1
        yield (phase, sine, lead, trend, mode) if i >= 63 else None


def advance(cycle, n, phase):
    """Phase, its sine and the sine 45 degrees ahead."""
    real = imaginary = mpfr(0)
    if n < 2 or cycle.equal < n:
        for k, (s, c) in enumerate(WAVE[n]):
            real += s * cycle.smooth[-1 - k]
            imaginary += c * cycle.smooth[-1 - k]
        nothing = abs(cycle.smooth[-1]) * NOTHING
        real, imaginary = (mpfr(0) if abs(v) < nothing else v for v in (real, imaginary))
    if imaginary != 0:
        phase = atan(real / imaginary) * DEGREES
    elif real != 0:
        phase += 90 if real > 0 else -90
    phase += 90 + 360 / cycle.smooth_period
    if imaginary < 0:
        phase += 180
    if phase > 315:
        phase -= 360
    return phase, sin(phase / DEGREES), sin((phase + 45) / DEGREES)
