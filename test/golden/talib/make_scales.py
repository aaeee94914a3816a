"""Writes scales.json beside it: every function of TA-Lib but the patterns on prices around 1e-8 and around 1e8.

    pip install -r ../requirements.txt && python make_scales.py

Prices lie on a coarse tick, so that ties are common, stand still for long, jump by a fifth between bars, and trade without
volume now and then. data.json holds the same kinds one at a time; here the thresholds of TA-Lib that know no scale
(1e-14 counts as zero) come into play. The bars are data `small` and `large` of data.json, appended if they are not there.
"""

import json
from pathlib import Path

import numpy as np
import talib
from talib import abstract

ROWS = 240
HERE = Path(__file__).parent
BAR, RANGE, CLOSE = ('high', 'low', 'close'), ('high', 'low'), ('close',)
OHLC = ('open', *BAR)
WHOLE = ('minindex', 'maxindex', 'minmaxindex', 'ht_trendmode')


def bars(seed, tick, level, amount):
    """Whole numbers of ticks around `level`."""
    rng = np.random.default_rng(seed)
    steps = rng.integers(-3, 4, ROWS)
    for first, last in ((40, 52), (90, 150), (200, 204)):
        steps[first:last] = 0
    steps[[60, 170]] = level // 5
    steps[[75, 185]] = -level // 5
    close = level + np.cumsum(steps)
    open_ = close - np.where(np.abs(steps) > 9, 0, steps) + rng.integers(-1, 2, ROWS)
    high = np.maximum(open_, close) + rng.integers(0, 3, ROWS)
    low = np.minimum(open_, close) - rng.integers(0, 3, ROWS)
    for first, last in ((42, 52), (92, 150)):
        open_[first:last] = high[first:last] = low[first:last] = close[first:last]
    volume = rng.integers(0, 9, ROWS) * amount
    names = ('open', 'high', 'low', 'close')
    return {name: column * tick for name, column in zip(names, (open_, high, low, close))} | {'volume': volume}


DATA = {'small': bars(11, 2.0**-40, 10_000, 1e9), 'large': bars(12, 5e5, 200, 1e6)}

# name: (inputs, parameter sets)
FUNCTIONS = {
    'accbands': (BAR, [(14,)]), 'ad': ((*BAR, 'volume'), [()]), 'adosc': ((*BAR, 'volume'), [(3, 10)]),
    'adx': (BAR, [(7,)]), 'adxr': (BAR, [(7,)]), 'apo': (CLOSE, [(5, 12, 1), (5, 12, 0)]), 'aroon': (RANGE, [(14,)]),
    'aroonosc': (RANGE, [(14,)]), 'atr': (BAR, [(14,)]), 'avgdev': (CLOSE, [(14,)]), 'avgprice': (OHLC, [()]),
    'bbands': (CLOSE, [(20, 2, 2)]), 'beta': (RANGE, [(5,)]), 'bop': (OHLC, [()]), 'cci': (BAR, [(14,)]),
    'cmo': (CLOSE, [(14,)]), 'correl': (RANGE, [(20,)]), 'dema': (CLOSE, [(9,)]), 'dx': (BAR, [(14,)]),
    'ema': (CLOSE, [(14,)]), 'ht_dcperiod': (CLOSE, [()]), 'ht_dcphase': (CLOSE, [()]), 'ht_phasor': (CLOSE, [()]),
    'ht_sine': (CLOSE, [()]), 'ht_trendline': (CLOSE, [()]), 'ht_trendmode': (CLOSE, [()]), 'imi': (('open', 'close'), [(14,)]),
    'kama': (CLOSE, [(14,)]), 'linearreg': (CLOSE, [(14,)]), 'linearreg_angle': (CLOSE, [(14,)]),
    'linearreg_intercept': (CLOSE, [(14,)]), 'linearreg_slope': (CLOSE, [(14,)]), 'ma': (CLOSE, [(9, k) for k in range(9)]),
    'macd': (CLOSE, [(12, 26, 9)]), 'macdext': (CLOSE, [(12, 1, 26, 1, 9, 1), (12, 0, 26, 0, 9, 0)]), 'macdfix': (CLOSE, [(9,)]),
    'mama': (CLOSE, [(0.5, 0.05)]), 'max': (('high',), [(14,)]), 'maxindex': (('high',), [(14,)]), 'medprice': (RANGE, [()]),
    'mfi': ((*BAR, 'volume'), [(14,)]), 'midpoint': (CLOSE, [(14,)]), 'midprice': (RANGE, [(14,)]), 'min': (('low',), [(14,)]),
    'minindex': (('low',), [(14,)]), 'minmax': (CLOSE, [(14,)]), 'minmaxindex': (CLOSE, [(14,)]), 'minus_di': (BAR, [(14,)]),
    'minus_dm': (RANGE, [(14,)]), 'mom': (CLOSE, [(10,)]), 'natr': (BAR, [(14,)]), 'obv': (('close', 'volume'), [()]),
    'plus_di': (BAR, [(14,)]), 'plus_dm': (RANGE, [(14,)]), 'ppo': (CLOSE, [(5, 12, 1), (5, 12, 0)]), 'roc': (CLOSE, [(10,)]),
    'rocp': (CLOSE, [(10,)]), 'rocr': (CLOSE, [(10,)]), 'rocr100': (CLOSE, [(10,)]), 'rsi': (CLOSE, [(14,), (2,)]),
    'sar': (RANGE, [(0.02, 0.2)]), 'sarext': (RANGE, [(0, 0.01, 0.03, 0.02, 0.2, 0.01, 0.03, 0.1)]), 'sma': (CLOSE, [(14,)]),
    'stddev': (CLOSE, [(20,)]), 'stoch': (BAR, [(5, 3, 3)]), 'stochf': (BAR, [(5, 3, 0)]), 'stochrsi': (CLOSE, [(14, 5, 3, 0)]),
    'sum': (CLOSE, [(14,)]), 't3': (CLOSE, [(5, 0.7)]), 'tema': (CLOSE, [(9,)]), 'trange': (BAR, [()]), 'trima': (CLOSE, [(14,)]),
    'trix': (CLOSE, [(9,)]), 'tsf': (CLOSE, [(14,)]), 'typprice': (BAR, [()]), 'ultosc': (BAR, [(7, 14, 28)]), 'var': (CLOSE, [(20,)]),
    'wclprice': (BAR, [()]), 'willr': (BAR, [(14,)]), 'wma': (CLOSE, [(14,)]),
    **{name: (RANGE, [()]) for name in ('add', 'sub', 'mult', 'div')},
    **{name: (CLOSE, [()]) for name in ('atan', 'ceil', 'cos', 'floor', 'ln', 'log10', 'sin', 'sqrt', 'tan', 'tanh')},
    **{name: (('low / high',), [()]) for name in ('acos', 'asin', 'cosh', 'exp', 'sinh')},
}  # fmt: skip


def column(d, name):
    return d['low'] / d['high'] if name == 'low / high' else d[name]


def plain(values):
    numbers = (None if v != v else float(f'{v:.12g}') for v in values)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]
