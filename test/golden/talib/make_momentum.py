"""Writes golden files of momentum, volume, price and statistic functions beside it, over the inputs of make_talib.py.

    pip install -r ../requirements.txt && python make_momentum.py

As in make_talib.py a case with `exact` holds the values of exact arithmetic on the same doubles. TA-Lib's own values are
kept to 12 digits where they are compared at 1e-9. Another function is one more line in FUNCTIONS.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import talib

sys.path.insert(0, str(Path(__file__).parent.parent))
from exact.windows import (  # noqa: E402
    exact_avgdev,
    exact_beta,
    exact_correl,
    exact_linearreg,
    exact_linearreg_angle,
    exact_linearreg_intercept,
    exact_linearreg_slope,
    exact_tsf,
)

HERE = Path(__file__).parent
BARS = json.loads((HERE / 'data.json').read_text())
DATA = {
    name: SimpleNamespace(**{key: np.array(column, float) for key, column in columns.items()})
    for name, columns in BARS.items()
}


def ta(name, *inputs):
    function = getattr(talib, name.upper())
    return lambda d, *parameters: function(*(getattr(d, i) for i in inputs), *parameters)


TAME = ['walk', 'tiny']
PERIODS = [(2,), (14,)]
EXPONENTIAL = [(12, 26, 1), (10, 3, 1)]
SIMPLE = [(12, 26, 0), (10, 3, 0)]

# name: [(inputs, parameter sets, exact arithmetic, data)]; without the last: all data.
FUNCTIONS = {
    'adxr': [('high, low, close', [(2,), (14,)], None)],
    # On huge prices the running sums of TA-Lib's simple averages leave 1e-7 where the averages are equal.
    'apo': [('close', EXPONENTIAL, None), ('close', SIMPLE, None, ['walk', 'ticks', 'tiny'])],
    'aroon': [('high, low', [(2,), (14,), (25,)], None)],
    'aroonosc': [('high, low', [(2,), (14,)], None)],
    'bop': [('open, high, low, close', [()], None)],
    'cmo': [('close', PERIODS, None)],
    'dx': [('high, low, close', PERIODS, None)],
    'imi': [('open, close', PERIODS, None)],
    'macdext': [
        ('close', [(12, 1, 26, 1, 9, 1)], None),
        ('close', [(12, 0, 26, 0, 9, 0), (12, 0, 5, 1, 1, 0), (3, 1, 10, 0, 4, 1)], None, ['ticks', 'tiny']),
    ],
    # TA-Lib 0.6 reads and writes outside its buffers where MACDFIX or TRIX has a period of 1.
    'macdfix': [('close', [(9,), (2,)], None)],
    'minus_dm': [('high, low', [(1,), (2,), (14,)], None)],
    'plus_dm': [('high, low', [(1,), (2,), (14,)], None)],
    'ppo': [('close', EXPONENTIAL, None), ('close', SIMPLE, None)],
    'rocp': [('close', [(1,), (10,)], None), ('volume', [(3,)], None, ['ticks'])],
    'rocr': [('close', [(1,), (10,)], None), ('volume', [(3,)], None, ['ticks'])],
    'rocr100': [('close', [(1,), (10,)], None), ('volume', [(3,)], None, ['ticks'])],
    'stochf': [('high, low, close', [(5, 3, 0), (14, 3, 1), (1, 1, 0)], None)],
    # While prices stand still TA-Lib's values are the roundings of its own index.
    'stochrsi': [('close', [(14, 5, 3, 0), (14, 14, 3, 1), (5, 3, 1, 0)], None, TAME)],
    'trix': [('close', [(2,), (5,), (30,)], None)],
    'ad': [('high, low, close, volume', [()], None)],
    'adosc': [('high, low, close, volume', [(3, 10), (20, 5)], None)],
    'avgprice': [('open, high, low, close', [()], None)],
    'medprice': [('high, low', [()], None)],
    'wclprice': [('high, low, close', [()], None)],
    'avgdev': [('close', PERIODS, exact_avgdev)],
    'linearreg': [('close', PERIODS, exact_linearreg)],
    'linearreg_slope': [('close', PERIODS, exact_linearreg_slope)],
    'linearreg_intercept': [('close', PERIODS, exact_linearreg_intercept)],
    'linearreg_angle': [('close', PERIODS, exact_linearreg_angle)],
    'tsf': [('close', PERIODS, exact_tsf)],
    'correl': [
        ('high, low', [(1,), (5,), (30,)], exact_correl('high', 'low')),
        ('close, volume', [(2,), (20,)], exact_correl('close', 'volume'), ['walk', 'ticks']),
    ],
    'beta': [
        ('high, low', [(1,), (5,), (20,)], exact_beta('high', 'low')),
        ('volume, close', [(2,), (5,)], exact_beta('volume', 'close'), ['walk', 'ticks']),
    ],
}


def plain(column, digits=17):
    """Numbers as JSON has them: null for NaN, whole numbers without a point."""
    numbers = (None if v is None or v != v else float(f'{float(v):.{digits}g}') for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def cases(name):
    for inputs, parameter_sets, reference, *data in FUNCTIONS[name]:
        function = ta(name, *inputs.split(', '))
        for which in data[0] if data else DATA:
            for parameters in parameter_sets:
                made = function(DATA[which], *parameters)
                columns = made if isinstance(made, (tuple, list)) else [made]
                one = {
                    'data': which,
                    'expression': f"{name}({', '.join([inputs, *map(str, parameters)])})",
                    'outputs': [plain(column, 12 if reference is None else 17) for column in columns],
                }
                if reference is not None:
                    one['exact'] = [plain(column) for column in reference(DATA[which], *parameters)]
                yield one


for name in FUNCTIONS:
    content = json.dumps({'cases': list(cases(name))}, separators=(',', ':'), allow_nan=False)
    (HERE / f'{name}.json').write_text(content + '\n')
