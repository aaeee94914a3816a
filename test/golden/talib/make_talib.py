"""Writes the golden files beside it: inputs (data.json) and what TA-Lib makes of them (<function>.json).

    pip install -r ../requirements.txt && python make_talib.py

A case with `exact` holds, beside TA-Lib's values, those of exact arithmetic on the same doubles: where TA-Lib's own
rounding shows, we are compared with these. Another function is one more line in FUNCTIONS.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import talib

sys.path.insert(0, str(Path(__file__).parent.parent))
from exact.windows import exact_bbands, exact_cci, exact_stddev, exact_var  # noqa: E402

ROWS = 300
HERE = Path(__file__).parent


def bars(seed, price, step, tick=None, flat=(), volume=1000.0):
    """A random walk of closes with highs and lows around it; `flat` stretches repeat one price."""
    rng = np.random.default_rng(seed)
    close = price * np.exp(np.cumsum(rng.normal(0, step, ROWS)))
    high = close * (1 + rng.exponential(step, ROWS))
    low = close * (1 - rng.exponential(step, ROWS))
    open_ = low + (high - low) * rng.random(ROWS)
    amount = volume * rng.exponential(1, ROWS)
    if tick is not None:
        open_, high, low, close = (np.round(a / tick) * tick for a in (open_, high, low, close))
        amount = np.round(amount, 3)
    high, low = np.maximum.reduce([open_, high, close]), np.minimum.reduce([open_, low, close])
    for first, last in flat:
        for column in (open_, high, low, close):
            column[first:last] = close[first]
    amount[ROWS // 2 : ROWS // 2 + 3] = 0
    return SimpleNamespace(open=open_, high=high, low=low, close=close, volume=amount)


DATA = {
    'walk': bars(1, 100.0, 0.004),
    'ticks': bars(2, 50.0, 0.003, tick=0.1, flat=((60, 75), (130, 175), (250, 256)), volume=5.0),
    'tiny': bars(3, 1e-8, 0.01, volume=1e9),
    'huge': bars(4, 1e8, 0.004, flat=((80, 110),), volume=1e6),
}


# name: (inputs, parameter sets, TA-Lib, exact arithmetic)
FUNCTIONS = {
    'sma': ('close', [(2,), (14,), (50,)], lambda d, n: talib.SMA(d.close, n), None),
    'ema': ('close', [(2,), (14,), (50,)], lambda d, n: talib.EMA(d.close, n), None),
    'bbands': (
        'close',
        [(20, 2, 2), (5, 1.5, 2.5)],
        lambda d, n, up, down: talib.BBANDS(d.close, n, up, down),
        exact_bbands,
    ),
    'rsi': ('close', [(2,), (14,), (21,)], lambda d, n: talib.RSI(d.close, n), None),
    'macd': (
        'close',
        [(12, 26, 9), (10, 4, 20), (5, 5, 2)],
        lambda d, fast, slow, signal: talib.MACD(d.close, fast, slow, signal),
        None,
    ),
    'adx': ('high, low, close', [(2,), (14,), (20,)], lambda d, n: talib.ADX(d.high, d.low, d.close, n), None),
    'plus_di': ('high, low, close', [(1,), (2,), (14,)], lambda d, n: talib.PLUS_DI(d.high, d.low, d.close, n), None),
    'minus_di': ('high, low, close', [(1,), (2,), (14,)], lambda d, n: talib.MINUS_DI(d.high, d.low, d.close, n), None),
    'stoch': (
        'high, low, close',
        [(5, 3, 3), (14, 3, 3), (1, 1, 1)],
        lambda d, k, slow, n: talib.STOCH(d.high, d.low, d.close, k, slow, 0, n, 0),
        None,
    ),
    'cci': ('high, low, close', [(2,), (14,), (21,)], lambda d, n: talib.CCI(d.high, d.low, d.close, n), exact_cci),
    'mfi': (
        'high, low, close, volume',
        [(2,), (14,), (20,)],
        lambda d, n: talib.MFI(d.high, d.low, d.close, d.volume, n),
        None,
    ),
    'roc': ('close', [(1,), (10,)], lambda d, n: talib.ROC(d.close, n), None),
    'mom': ('close', [(1,), (10,)], lambda d, n: talib.MOM(d.close, n), None),
    'ultosc': (
        'high, low, close',
        [(7, 14, 28), (9, 3, 3), (1, 2, 3)],
        lambda d, *periods: talib.ULTOSC(d.high, d.low, d.close, *periods),
        None,
    ),
    'willr': ('high, low, close', [(2,), (14,), (28,)], lambda d, n: talib.WILLR(d.high, d.low, d.close, n), None),
    'trange': ('high, low, close', [()], lambda d: talib.TRANGE(d.high, d.low, d.close), None),
    'atr': ('high, low, close', [(1,), (14,), (20,)], lambda d, n: talib.ATR(d.high, d.low, d.close, n), None),
    'natr': ('high, low, close', [(1,), (14,), (20,)], lambda d, n: talib.NATR(d.high, d.low, d.close, n), None),
    'obv': ('close, volume', [()], lambda d: talib.OBV(d.close, d.volume), None),
    'max': ('high', [(2,), (14,), (50,)], lambda d, n: talib.MAX(d.high, n), None),
    'min': ('low', [(2,), (14,), (50,)], lambda d, n: talib.MIN(d.low, n), None),
    'var': ('close', [(1,), (5,), (20,)], lambda d, n: talib.VAR(d.close, n), exact_var),
    'stddev': ('close', [(2,), (20, 2.5)], lambda d, n, nbdev=1: talib.STDDEV(d.close, n, nbdev), exact_stddev),
    'typprice': ('high, low, close', [()], lambda d: talib.TYPPRICE(d.high, d.low, d.close), None),
}


def plain(column):
    """Numbers as JSON has them: null for NaN, whole numbers without a point."""
    numbers = (None if v is None or v != v else float(v) for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def case(data, name):
    inputs, parameter_sets, function, exact = FUNCTIONS[name]
    for parameters in parameter_sets:
        made = function(DATA[data], *parameters)
        one = {
            'data': data,
            'expression': f"{name}({', '.join([inputs, *map(str, parameters)])})",
            'outputs': [plain(column) for column in (made if isinstance(made, (tuple, list)) else [made])],
        }
        if exact is not None:
            one['exact'] = [plain(column) for column in exact(DATA[data], *parameters)]
        yield one


def write(name, content):
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')


write('data', {name: {key: plain(column) for key, column in vars(d).items()} for name, d in DATA.items()})
for name in FUNCTIONS:
    write(name, {'cases': [one for data in DATA for one in case(data, name)]})
