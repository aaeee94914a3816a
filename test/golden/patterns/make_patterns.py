"""Writes the golden files beside it: candles (data.json) and what TA-Lib makes of them (<pattern>.json).

    pip install -r ../requirements.txt && python make_patterns.py

Candles on a coarse grid of whole prices tie all the time, and sums of them have no rounding, so that TA-Lib's running
sums and ours are the same to the bit. Most patterns are rare: out of three million candles those around a few
occurrences of each value of each pattern are taken. A case holds TA-Lib's lookback and its values that are not 0, by row;
`times`, by what prices may be multiplied with TA-Lib giving the same, down to 1e-8 and up to 1e8; `missing`, how many of the
first rows are without values.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import talib
from talib import abstract

HERE = Path(__file__).parent
SEARCHED = 3_000_000
EACH = 6
BEFORE = 16
AFTER = 4
MISSING = 9
NAMES = sorted(talib.get_function_groups()['Pattern Recognition'])
PENETRATIONS = {'CDLABANDONEDBABY': 0.3, 'CDLDARKCLOUDCOVER': 0.5, 'CDLEVENINGDOJISTAR': 0.3, 'CDLEVENINGSTAR': 0.3}
PENETRATIONS |= {'CDLMATHOLD': 0.5, 'CDLMORNINGDOJISTAR': 0.3, 'CDLMORNINGSTAR': 0.3}


def candles(open_, high, low, close):
    return SimpleNamespace(open=open_, high=high, low=low, close=close)


def coarse(rows, seed):
    """Whole prices: many doji, many candles without shadows, gaps, runs of one colour, and flat candles."""
    rng = np.random.default_rng(seed)
    run = np.repeat(rng.choice([-1.0, 1.0], rows), rng.integers(1, 4, rows))[:rows]
    body = run * rng.choice([0, 1, 2, 3, 5, 8, 13], rows, p=[0.18, 0.2, 0.17, 0.15, 0.12, 0.1, 0.08])
    gap = rng.choice([-14, -7, -4, -2, -1, 0, 1, 2, 4, 7, 14], rows)
    upper, lower = (rng.choice([0, 0, 1, 2, 4, 9], rows) for _ in range(2))
    close = np.cumsum(gap + body)
    open_ = close - body
    return candles(open_, np.maximum(open_, close) + upper, np.minimum(open_, close) - lower, close)


def smooth(rows, seed):
    """Prices that never tie."""
    rng = np.random.default_rng(seed)
    open_ = 100 * np.exp(np.cumsum(rng.normal(0, 0.004, rows)))
    close = open_ * (1 + rng.choice([0.1, 1, 1], rows) * rng.normal(0, 0.004, rows))
    high = np.maximum(open_, close) * (1 + rng.exponential(0.002, rows))
    low = np.minimum(open_, close) * (1 - rng.exponential(0.002, rows))
    return candles(*(np.round(a, 9) for a in (open_, high, low, close)))


def run(name, d, *penetration):
    return getattr(talib, name)(d.open, d.high, d.low, d.close, *penetration)


def occurrences(d):
    """Windows of candles around the first occurrences of every value, each moved to a level near 200."""
    pieces = []
    for name in NAMES:
        found = run(name, d)
        for value in sorted(set(found) - {0}):
            for row in np.flatnonzero(found == value)[:EACH]:
                first = max(0, row - BEFORE)
                level = 200 - d.close[first]
                pieces.append([getattr(d, key)[first : row + AFTER] + level for key in ('open', 'high', 'low', 'close')])
    return candles(*(np.concatenate([piece[k] for piece in pieces]) for k in range(4)))


DATA = {'grid': occurrences(coarse(SEARCHED, 7)), 'random': coarse(400, 8), 'smooth': smooth(400, 9)}
DATA['random'].open[200:230] = DATA['random'].high[200:230] = DATA['random'].low[200:230] = DATA['random'].close[200]
DATA['random'].close[200:230] = DATA['random'].close[200]


# Sums of whole prices stay exact; prices that never tie may be rounded.
SCALES = {'grid': (2.0**-34, 5e5), 'random': (2.0**-34, 5e5), 'smooth': (1e-10, 1e6)}


def times(d, factor):
    return candles(*(column * factor for column in (d.open, d.high, d.low, d.close)))


def without(d):
    columns = [np.array(column, float) for column in (d.open, d.high, d.low, d.close)]
    for column in columns:
        column[:MISSING] = np.nan
    return candles(*columns)


def case(name, data, *penetration, missing=0):
    d = without(DATA[data]) if missing else DATA[data]
    lookback = abstract.Function(name).lookback + missing
    found = [int(value) for value in run(name, d, *penetration)]
    for factor in SCALES[data]:
        assert found == list(run(name, times(d, factor), *penetration)), f'{name} depends on the scale'
    assert not any(found[:lookback])
    arguments = ', '.join(['open, high, low, close', *map(str, penetration)])
    return {
        'data': data,
        'times': SCALES[data],
        **({'missing': missing} if missing else {}),
        'expression': f'{name.lower()}({arguments})',
        'lookback': lookback,
        'values': {row: value for row, value in enumerate(found) if value},
    }


def write(name, content):
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')


def plain(column):
    return [int(value) if float(value).is_integer() else float(value) for value in column]


write('data', {name: {key: plain(column) for key, column in vars(d).items()} for name, d in DATA.items()})
for name in NAMES:
    cases = [case(name, data) for data in DATA] + [case(name, 'random', missing=MISSING)]
    if name in PENETRATIONS:
        cases += [case(name, 'grid', PENETRATIONS[name]), case(name, 'grid', 0), case(name, 'grid', 0.75)]
    values = sorted({value for one in cases for value in one['values'].values()})
    assert values, f'{name} does not occur'
    print(name.lower(), values, sum(len(one['values']) for one in cases))
    write(name.lower(), {'cases': cases})
