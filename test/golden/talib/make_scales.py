"""Writes scales.json and scales-data.json beside it: every function of TA-Lib but the patterns, on prices around 1e-8 and 1e8.

    pip install -r ../requirements.txt && python make_scales.py

Prices lie on a coarse tick, so that ties are common, stand still for long, jump by a fifth between bars, and trade without
volume now and then; what TA-Lib takes for zero whatever the scale (1e-14, or 1 for traded value) comes into play. The tick is
such that sums of prices are exact, so that TA-Lib's running sums leave no rounding behind: the other files have that.

Beside `outputs` a case may have `exact`, as in make_talib.py; `instead`, why its outputs are not TA-Lib's; and `apart`, rows
[first, last) in which the values of neither can be right or wrong, and `why`. docs/conformance.md tells all of them.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import talib
from newer import NEWER
from talib import abstract

sys.path.insert(0, str(Path(__file__).parent.parent))
from exact import windows as exact  # noqa: E402

ROWS = 240
HERE = Path(__file__).parent
BAR, RANGE, CLOSE = ('high', 'low', 'close'), ('high', 'low'), ('close',)
OHLC = ('open', *BAR)
STILL = (92, 150)


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
    for first, last in ((42, 52), STILL):
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
    'mama': (CLOSE, [(0.5, 0.05)]), 'mavp': (('close', 'high / low * 9'), [(3, 30, 0)]), 'max': (('high',), [(14,)]), 'maxindex': (('high',), [(14,)]), 'medprice': (RANGE, [()]),
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


PERIODIC = ('avgdev', 'linearreg', 'linearreg_angle', 'linearreg_intercept', 'linearreg_slope', 'tsf')
EXACT = {name: getattr(exact, f'exact_{name}') for name in (*PERIODIC, 'bbands', 'cci', 'stddev', 'var')} | {
    'beta': exact.exact_beta('high', 'low'),
    'correl': exact.exact_correl('high', 'low'),
}


def newest(column, n, best):
    """Rows of the extremes, the newest of equals."""
    rows = [np.nan] * (n - 1)
    return rows + [i - int(np.argmax(best(column[i - n + 1 : i + 1][::-1]))) for i in range(n - 1, ROWS)]


def least(window):
    return -window


def most(window):
    return window


def mfi(d, n):
    """From sums that are exact."""
    price = (d['high'] + d['low'] + d['close']) / 3
    flow = exact.fractions(price * d['volume'])
    rises = [0] + [int(np.sign(b - a)) for a, b in zip(price, price[1:])]
    out = [np.nan] * n
    for i in range(n, ROWS):
        window = range(i - n + 1, i + 1)
        inward = sum(flow[k] for k in window if rises[k] > 0)
        both = sum(flow[k] for k in window if rises[k] != 0)
        out.append(0 if both == 0 else float(100 * inward / both))
    return [out]


def stochrsi(d, n, fastk, fastd, _):
    """Of an index that stands still while the price does."""
    rsi = talib.RSI(d['close'], n)
    for i in range(n + 1, ROWS):
        if d['close'][i] == d['close'][i - 1]:
            rsi[i] = rsi[i - 1]
    bottom, top = talib.MIN(rsi, fastk), talib.MAX(rsi, fastk)
    place = np.where(top == bottom, 0, 100 * (rsi - bottom) / np.where(top == bottom, 1, top - bottom))
    place[np.isnan(bottom)] = np.nan
    average = np.array([np.mean(place[max(0, i - fastd + 1) : i + 1]) if i >= fastd - 1 else np.nan for i in range(ROWS)])
    return [np.where(np.isnan(average), np.nan, place), average]


TIES = 'of equals the newest; TA-Lib takes now the oldest, now the newest'
INSTEAD = {
    'maxindex': (TIES, lambda d, n: [newest(d['high'], n, most)]),
    'minindex': (TIES, lambda d, n: [newest(d['low'], n, least)]),
    'minmaxindex': (TIES, lambda d, n: [newest(d['close'], n, least), newest(d['close'], n, most)]),
    'mfi': ('nothing flows while the price stands still; TA-Lib divides what its running sums have left', mfi),
    'stochrsi': ('the index stands still while the price does; TA-Lib gives the place among its roundings', stochrsi),
}
ZERO_WAVE = 'a cycle of equal prices has no phase: TA-Lib has that of its roundings'
APART = {name: (STILL, ZERO_WAVE) for name in ('ht_dcphase', 'ht_sine', 'ht_trendmode')}


def column(d, name):
    """An input as the expression has it."""
    return eval(name, {}, d)


def plain(values, digits=12):
    numbers = (None if v is None or v != v else float(f'{float(v):.{digits}g}') for v in values)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def talibs(name, columns, parameters):
    if name == 'stoch':
        parameters = [*parameters[:2], 0, parameters[2], 0]
    made = getattr(talib, name.upper())(*columns, *parameters)
    for one in made if isinstance(made, (tuple, list)) else [made]:
        if one.dtype.kind == 'i':
            # TA-Lib has 0 where it has no value.
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, parameters)))
            one = np.where(np.arange(ROWS) < function.lookback, np.nan, one)
        yield one


def case(data, name, inputs, parameters):
    d = DATA[data]
    one = {'data': data, 'expression': f"{name}({', '.join([*inputs, *map(str, parameters)])})"}
    if name in INSTEAD:
        one['instead'], reference = INSTEAD[name]
        return one | {'outputs': [plain(values) for values in reference(d, *parameters)]}
    digits = 17 if name in EXACT else 12
    one['outputs'] = [plain(c, digits) for c in talibs(name, [column(d, i).astype(float) for i in inputs], parameters)]
    if name in EXACT:
        one['exact'] = [plain(c, 17) for c in EXACT[name](SimpleNamespace(**d), *parameters)]
    if name in APART:
        one['apart'], one['why'] = APART[name]
    return one


def write(name, content):
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')


named = {name.lower() for name in talib.get_functions() if not name.startswith('CDL')}
assert named <= set(FUNCTIONS) | NEWER, f'missing: {sorted(named - set(FUNCTIONS) - NEWER)}'
write('scales-data', {name: {key: plain(c, 17) for key, c in d.items()} for name, d in DATA.items()})
cases = [case(data, name, i, p) for name, (i, sets) in FUNCTIONS.items() for p in sets for data in DATA]
write('scales', {'cases': cases})
