"""Writes the golden files of the overlap, cycle and math functions beside it, from the inputs in data.json.

    pip install -r ../requirements.txt && python make_overlap.py

Integer outputs of TA-Lib are 0 where it has no value; they are written as null there. Where equal values decide, TA-Lib
takes now the oldest, now the newest of them, so MININDEX and its kin are compared on data without ties. While the
price stands still the phase of the cycle is that of rounding errors: compared on data where it does not for long.
"""

import json
from pathlib import Path

import numpy as np
import talib

HERE = Path(__file__).parent
DATA = {
    name: {key: np.array([np.nan if v is None else v for v in column], dtype=float) for key, column in columns.items()}
    for name, columns in json.loads((HERE / 'data.json').read_text()).items()
}
ALL = ['walk', 'ticks', 'tiny', 'huge']
NO_TIES = NO_FLATS = ['walk', 'tiny']
MATYPES = [(period, matype) for matype in range(9) for period in (1, 7)]


def whole(made, lookback):
    """Integers as numbers, without the zeros that stand for no value."""
    return [np.where(np.arange(len(column)) < lookback, np.nan, column) for column in made]


def indices(function):
    return lambda d, n: whole([function(d['high'], n)], n - 1)


def on_close(function):
    return lambda d, *parameters: function(d['close'], *parameters)


def on_range(function):
    return lambda d, *parameters: function(d['high'], d['low'], *parameters)


def unit(function):
    """On values between 0 and 1: the low relative to the high."""
    return lambda d: function(d['low'] / d['high'])


PERIODS = [(2,), (14,), (31,)]
CLOSE, RANGE, BAR, UNIT = 'close', 'high, low', 'high, low, close', 'low / high'
EXTENDED = [
    (0, 0, 0.02, 0.02, 0.2, 0.02, 0.02, 0.2),
    (95, 0.01, 0.03, 0.02, 0.2, 0.01, 0.03, 0.1),
    (-101.5, 0.002, 0.5, 0.4, 0.3, 0.02, 0.5, 0.25),
]

# name: (inputs, parameter sets, TA-Lib, data sets)
FUNCTIONS = {
    'accbands': (BAR, [(2,), (20,)], lambda d, n: talib.ACCBANDS(d['high'], d['low'], d['close'], n), ALL),
    'dema': (CLOSE, PERIODS, on_close(talib.DEMA), ALL),
    'tema': (CLOSE, PERIODS, on_close(talib.TEMA), ALL),
    't3': (CLOSE, [(2, 0.7), (5, 0.7), (14, 0), (11, 1)], on_close(talib.T3), ALL),
    'wma': (CLOSE, PERIODS, on_close(talib.WMA), ALL),
    'trima': (CLOSE, [(2,), (3,), (14,), (31,)], on_close(talib.TRIMA), ALL),
    'kama': (CLOSE, PERIODS, on_close(talib.KAMA), ALL),
    'midpoint': (CLOSE, PERIODS, on_close(talib.MIDPOINT), ALL),
    'midprice': (RANGE, PERIODS, on_range(talib.MIDPRICE), ALL),
    'sar': (RANGE, [(0.02, 0.2), (0.1, 0.15), (0.3, 0.1)], on_range(talib.SAR), ALL),
    'sarext': (RANGE, EXTENDED, on_range(talib.SAREXT), ALL),
    'ht_dcperiod': (CLOSE, [()], on_close(talib.HT_DCPERIOD), ALL),
    'ht_dcphase': (CLOSE, [()], on_close(talib.HT_DCPHASE), NO_FLATS),
    'ht_phasor': (CLOSE, [()], on_close(talib.HT_PHASOR), ['walk', 'ticks', 'tiny']),
    'ht_sine': (CLOSE, [()], on_close(talib.HT_SINE), NO_FLATS),
    'ht_trendline': (CLOSE, [()], on_close(talib.HT_TRENDLINE), ALL),
    'ht_trendmode': (CLOSE, [()], lambda d: whole([talib.HT_TRENDMODE(d['close'])], 63), NO_FLATS),
    'mama': (CLOSE, [(0.5, 0.05), (0.9, 0.2), (0.05, 0.5)], on_close(talib.MAMA), ['walk', 'ticks', 'tiny']),
    'ma': (CLOSE, MATYPES, on_close(talib.MA), ['walk']),
    'mavp': (
        'close, (high - low) * 20',
        [(2, 9, matype) for matype in range(9)] + [(5, 5, 1), (3, 30, 0)],
        lambda d, *parameters: talib.MAVP(d['close'], (d['high'] - d['low']) * 20, *parameters),
        ['walk'],
    ),
    'sum': (CLOSE, PERIODS, on_close(talib.SUM), ALL),
    'minmax': (CLOSE, PERIODS, on_close(talib.MINMAX), ALL),
    'minindex': ('high', PERIODS, indices(talib.MININDEX), NO_TIES),
    'maxindex': ('high', PERIODS, indices(talib.MAXINDEX), NO_TIES),
    'minmaxindex': ('high', PERIODS, lambda d, n: whole(talib.MINMAXINDEX(d['high'], n), n - 1), NO_TIES),
    'add': (RANGE, [()], on_range(talib.ADD), ['walk']),
    'sub': (RANGE, [()], on_range(talib.SUB), ['walk']),
    'mult': (RANGE, [()], on_range(talib.MULT), ['walk']),
    'div': (RANGE, [()], on_range(talib.DIV), ['walk']),
    'ln': (CLOSE, [()], on_close(talib.LN), ['walk', 'tiny']),
    'log10': (CLOSE, [()], on_close(talib.LOG10), ['walk', 'tiny']),
    'sqrt': (CLOSE, [()], on_close(talib.SQRT), ['walk']),
    'ceil': (CLOSE, [()], on_close(talib.CEIL), ['walk', 'ticks']),
    'floor': (CLOSE, [()], on_close(talib.FLOOR), ['walk', 'ticks']),
    'sin': (CLOSE, [()], on_close(talib.SIN), ['walk']),
    'cos': (CLOSE, [()], on_close(talib.COS), ['walk']),
    'tan': (CLOSE, [()], on_close(talib.TAN), ['walk']),
    'atan': (CLOSE, [()], on_close(talib.ATAN), ['walk']),
    'exp': (CLOSE, [()], on_close(talib.EXP), ['ticks']),
    'cosh': (CLOSE, [()], on_close(talib.COSH), ['ticks']),
    'sinh': (CLOSE, [()], on_close(talib.SINH), ['ticks']),
    'tanh': (UNIT, [()], unit(talib.TANH), ['walk']),
    'acos': (UNIT, [()], unit(talib.ACOS), ['walk']),
    'asin': (UNIT, [()], unit(talib.ASIN), ['walk']),
}


def plain(column):
    """Numbers as JSON has them: null for NaN, whole numbers without a point."""
    numbers = (None if v != v else float(v) for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def case(data, name):
    inputs, parameter_sets, function, _ = FUNCTIONS[name]
    for parameters in parameter_sets:
        made = function(DATA[data], *parameters)
        yield {
            'data': data,
            'expression': f"{name}({', '.join([inputs, *map(str, parameters)])})",
            'outputs': [plain(column) for column in (made if isinstance(made, (tuple, list)) else [made])],
        }


for name, (_, _, _, data) in FUNCTIONS.items():
    content = {'cases': [one for each in data for one in case(each, name)]}
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')
