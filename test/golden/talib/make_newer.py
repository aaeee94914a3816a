"""Writes golden files of the 40 functions that TA-Lib 0.8 added beside it, over the inputs of make_talib.py and make_scales.py, and on
prices that begin late; and newer-silences.json, over those of make_silences.py, of the rows that are compared there.

    pip install -r ../requirements.txt && python make_newer.py

Values are kept to 12 digits. Where TA-Lib's running sums are off by more than 1e-9 from exact arithmetic on the same doubles, a case has
that instead, and says so in `instead`. Another function is one more line in FUNCTIONS.
"""

import json
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import talib
from newer import NEWER
from talib import abstract

HERE = Path(__file__).parent
DATA = {
    name: SimpleNamespace(**{key: np.array(column, float) for key, column in columns.items()})
    for file in ('data.json', 'scales-data.json', 'silences-data.json')
    for name, columns in json.loads((HERE / file).read_text()).items()
}
HL, HLC, HLCV, CV = 'high, low', 'high, low, close', 'high, low, close, volume', 'close, volume'
MATYPES = [k for k in range(14) if k != 11]

# name: [(inputs, parameter sets)]
FUNCTIONS = {
    'ac': [(HL, [(5, 34, 5), (20, 3, 2)])],
    'adr': [(HL, [(1,), (14,)])],
    'ao': [(HL, [(5, 34), (34, 5), (2, 3)])],
    'cmf': [(HLCV, [(2,), (20,)])],
    'cmou': [('close', [(2,), (14,)])],
    'coppock': [('close', [(10, 11, 14), (1, 5, 2), (4, 14, 3)])],
    'cumsum': [('close', [()]), ('volume', [()])],
    'cvi': [(HL, [(10, 10), (2, 1)])],
    'donchian': [(HL, [(2,), (20,)])],
    'dpo': [('close', [(2,), (3,), (20,)])],
    'efi': [(CV, [(1,), (2,), (13,)])],
    'er': [('close', [(2,), (10,)])],
    'eri': [(HLC, [(1,), (13,)])],
    'fosc': [('close', [(2,), (5,), (14,)])],
    'fractal': [(HL, [(2, 2), (1, 1), (5, 3), (1, 4)])],
    'ha': [('open, high, low, close', [()])],
    'hma': [('close', [(1,), (2,), (3,), (20,), (35,)])],
    'kc': [(HLC, [(20, 10, 2), (5, 14, 1.5)])],
    'kdj': [(HLC, [(9, 3, 3), (5, 3, 4, 0, 1), (5, 1, 2, 13, 12)])],
    'marketfi': [('high, low, volume', [()])],
    'massi': [(HL, [(9, 25), (2, 3)])],
    'nvi': [(CV, [()])],
    'percentile': [('close', [(30, 50), (10, 0), (10, 100), (20, 35), (7, 33.3)])],
    'percentrank': [('close', [(2,), (100,)])],
    'pvi': [(CV, [()])],
    'pvo': [('volume', [(12, 26), (9, 4), (5, 12, 0)])],
    'pvt': [(CV, [()])],
    'qstick': [('open, close', [(1,), (10,)])],
    'rma': [('close', [(1,), (2,), (30,)])],
    'rvi': [('close', [(14, 10), (1, 2), (3, 5)])],
    'rvol': [('volume', [(1,), (20,)])],
    'smi': [(HLC, [(13, 2, 25, 9), (5, 3, 3, 3)])],
    'supertrend': [(HLC, [(10, 3), (7, 1), (2, 0)])],
    'tsi': [('close', [(25, 13), (2, 5)])],
    'vhf': [('close', [(2,), (28,)])],
    'vortex': [(HLC, [(1,), (14,)])],
    'vwap': [(HLCV, [()])],
    'vwma': [(CV, [(1,), (2,), (30,)])],
    'wad': [(HLC, [()])],
    'zlema': [('close', [(1,), (2,), (3,), (30,)])],
}


def window(column, n):
    """Sums of the last n values, exactly; None before."""
    sums, total = [], Fraction(0)
    for i, value in enumerate(column):
        total += value
        if i >= n:
            total -= column[i - n]
        sums.append(total if i >= n - 1 else None)
    return sums


def fractions(column):
    return [Fraction(float(v)) for v in column]


def late(column, n):
    return [None] * n + column[: len(column) - n]


def over(a, b, scale=1, otherwise=0):
    return [None if x is None or y is None else scale * x / y if y != 0 else otherwise for x, y in zip(a, b)]


def less(a, b):
    return [None if x is None or y is None else x - y for x, y in zip(a, b)]


def sma(column, n):
    first = next((i for i, v in enumerate(column) if v is not None), len(column))
    return [None] * first + [None if s is None else s / n for s in window(column[first:], n)]


def moves(x):
    """Changes, as the doubles they are rounded to, from the second row on."""
    return [0] + fractions(np.diff(x))


def windows_of_moves(x, n, f):
    """Sums of the last n changes; the first row has none."""
    return [None if i < n else s for i, s in enumerate(window([f(m) for m in moves(x)], n))]


def ao(d, fast, slow):
    middle = fractions((d.high + d.low) / 2)
    return less(sma(middle, fast), sma(middle, slow))


def cmf(d, n):
    spread = d.high - d.low
    flow = np.where(spread > 0, ((d.close - d.low) - (d.high - d.close)) / np.where(spread > 0, spread, 1) * d.volume, 0)
    return over(window(fractions(flow), n), window(fractions(d.volume), n))


def dpo(d, n):
    x = fractions(d.close)
    return less(late(x, n // 2 + 1), sma(x, n))


def vortex(d, n):
    low, high, close = (np.concatenate([c[:1], c[:-1]]) for c in (d.low, d.high, d.close))
    reach = np.maximum.reduce([d.high - d.low, abs(d.high - close), abs(d.low - close)])
    first = [None] * n
    total = window(fractions(reach), n)
    return [first + over(window(fractions(abs(m)), n), total)[n:] for m in (d.high - low, d.low - high)]


def rvol(d, n):
    x = fractions(d.volume)
    return [over(x, late(sma(x, n), 1), 1, None)]


def vwma(d, n):
    if n == 1:
        return [fractions(d.close)]
    return [over(window(fractions(d.close * d.volume), n), window(fractions(d.volume), n), 1, None)]


# Functions of a window in exact arithmetic: what TA-Lib's running sums leave behind shows in them.
EXACT = {
    'ac': lambda d, fast, slow, n: [less(ao(d, fast, slow), sma(ao(d, fast, slow), n))],
    'adr': lambda d, n: [sma(fractions(d.high - d.low), n)],
    'ao': lambda d, *periods: [ao(d, *periods)],
    'cmf': lambda d, n: [cmf(d, n)],
    'cmou': lambda d, n: [over(windows_of_moves(d.close, n, lambda m: m), windows_of_moves(d.close, n, abs), 100)],
    'dpo': lambda d, n: [dpo(d, n)],
    'er': lambda d, n: [over([None] * n + fractions(abs(d.close[n:] - d.close[:-n])), windows_of_moves(d.close, n, abs), 1, 1)],
    'qstick': lambda d, n: [sma(fractions(d.close - d.open), n)],
    'rvol': rvol,
    'vortex': vortex,
    'vwma': vwma,
}
RUNNING = 'exact arithmetic: of windows that TA-Lib sums by adding and taking away'
DEAD = 'a window without volume has no average: TA-Lib has the quotient of what its running sums left'
MISSING = 9


def plain(column):
    """Numbers as JSON has them, to 12 digits: null for NaN and infinity, whole numbers without a point."""
    numbers = (None if v is None or not np.isfinite(float(v)) else float(f'{float(v):.12g}') for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def talibs(name, columns, parameters, missing):
    if name == 'kdj':
        # TA-Lib has the types between the periods.
        k, d = parameters[3:] or (13, 13)
        parameters = (parameters[0], parameters[1], k, parameters[2], d)
    if name in ('kc', 'supertrend', 'percentile'):
        parameters = (*parameters[:-1], float(parameters[-1]))
    made = getattr(talib, name.upper())(*columns, *parameters)
    for one in made if isinstance(made, (tuple, list)) else [made]:
        if one.dtype.kind == 'i':
            # TA-Lib has 0 where it has no value.
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, parameters)))
            one = np.where(np.arange(len(one)) < function.lookback + missing, np.nan, one)
        yield one


def off(found, exact):
    pairs = [(a, float(b)) for a, b in zip(found, exact) if b is not None]
    elsewhere = [b is None for b in exact] != list(np.isnan(found))
    return np.inf if elsewhere else max(abs(a - b) / max(1, abs(b)) for a, b in pairs)


def case(data, name, inputs, parameters, missing=0, rows=slice(None)):
    d = DATA[data]
    columns = [np.concatenate([np.full(missing, np.nan), getattr(d, i)[missing:]]) for i in inputs.split(', ')]
    made = list(talibs(name, columns, parameters, missing))
    one = {'data': data, 'expression': f"{name}({', '.join([inputs, *map(str, parameters)])})"}
    if missing:
        one['missing'] = missing
    elif name in EXACT:
        exact = EXACT[name](d, *parameters)
        worst = max(map(off, made, exact))
        if worst > 1e-9:
            one['instead'] = RUNNING if np.isfinite(worst) else DEAD
            if np.isfinite(worst):
                one['talib'] = float(f'{worst:.2g}')
            made = exact
    return one | {'outputs': [plain(np.array(column, object)[rows]) for column in made]}


def write(name, content):
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')


assert set(FUNCTIONS) == NEWER
SERIES = [name for name in DATA if name != 'silences']
for name, calls in FUNCTIONS.items():
    cases = [case(data, name, i, p) for i, sets in calls for data in SERIES for p in sets]
    write(name, {'cases': [*cases, case('walk', name, calls[0][0], calls[0][1][-1], MISSING)]})
rows = json.loads((HERE / 'silences.json').read_text())['rows']
cases = [case('silences', name, i, p, rows=rows) for name, calls in FUNCTIONS.items() for i, sets in calls for p in sets]
write('newer-silences', {'rows': rows, 'cases': cases})
