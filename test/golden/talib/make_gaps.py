"""Writes gaps.json beside it: every function but the patterns on prices whose first rows have no value, which TA-Lib passes over.

    pip install -r ../requirements.txt && python make_gaps.py

TA-Lib never recovers from a NaN further on, so only the beginning can be compared; the rest is the law of NaN.
"""

import json
from pathlib import Path

import numpy as np
import talib
from newer import NEWER
from talib import abstract

HERE = Path(__file__).parent
MISSING = 9
DATA = json.loads((HERE / 'data.json').read_text())['walk']
D = {name: np.array([np.nan] * MISSING + column[MISSING:], float) for name, column in DATA.items()}
BAR = ('high', 'low', 'close')

# name: (inputs, parameters)
FUNCTIONS = {
    'sma': (('close',), (14,)), 'ema': (('close',), (14,)), 'wma': (('close',), (14,)), 'dema': (('close',), (7,)),
    'tema': (('close',), (7,)), 'trima': (('close',), (14,)), 'kama': (('close',), (14,)), 't3': (('close',), (5, 0.7)),
    'mama': (('close',), (0.5, 0.05)), 'midpoint': (('close',), (14,)), 'midprice': (('high', 'low'), (14,)),
    'accbands': (BAR, (20,)), 'sar': (('high', 'low'), (0.02, 0.2)), 'ht_dcperiod': (('close',), ()),
    'ht_phasor': (('close',), ()), 'ht_trendline': (('close',), ()), 'adx': (BAR, (14,)), 'adxr': (BAR, (14,)),
    'dx': (BAR, (14,)), 'plus_di': (BAR, (14,)), 'minus_di': (BAR, (14,)), 'plus_dm': (('high', 'low'), (14,)),
    'minus_dm': (('high', 'low'), (14,)), 'atr': (BAR, (14,)), 'natr': (BAR, (14,)), 'trange': (BAR, ()),
    'apo': (('close',), (12, 26, 1)), 'ppo': (('close',), (12, 26, 1)), 'macd': (('close',), (12, 26, 9)),
    'macdext': (('close',), (12, 1, 26, 1, 9, 1)), 'macdfix': (('close',), (9,)), 'rsi': (('close',), (14,)),
    'cmo': (('close',), (14,)), 'mom': (('close',), (10,)), 'roc': (('close',), (10,)), 'trix': (('close',), (5,)),
    'willr': (BAR, (14,)), 'ultosc': (BAR, (7, 14, 28)), 'stochf': (BAR, (5, 3, 0)), 'cci': (BAR, (14,)),
    'stochrsi': (('close',), (14, 5, 3, 0)), 'aroon': (('high', 'low'), (14,)), 'aroonosc': (('high', 'low'), (14,)),
    'mfi': ((*BAR, 'volume'), (14,)), 'ad': ((*BAR, 'volume'), ()), 'adosc': ((*BAR, 'volume'), (3, 10)),
    'obv': (('close', 'volume'), ()), 'max': (('high',), (14,)), 'min': (('low',), (14,)), 'sum': (('close',), (14,)),
    'linearreg': (('close',), (14,)), 'tsf': (('close',), (14,)), 'linearreg_slope': (('close',), (14,)),
    'linearreg_angle': (('close',), (14,)), 'linearreg_intercept': (('close',), (14,)), 'avgdev': (('close',), (14,)),
    'avgprice': (('open', *BAR), ()), 'bop': (('open', *BAR), ()), 'medprice': (('high', 'low'), ()), 'typprice': (BAR, ()),
    'wclprice': (BAR, ()), 'bbands': (('close',), (20, 2, 2)), 'var': (('close',), (20,)), 'stddev': (('close',), (20,)),
    'beta': (('high', 'low'), (5,)), 'correl': (('high', 'low'), (20,)), 'imi': (('open', 'close'), (14,)),
    'ma': (('close',), (14, 2)), 'mavp': (('close', 'high / low * 9'), (3, 30, 0)), 'minmax': (('close',), (14,)),
    'maxindex': (('high',), (14,)), 'minindex': (('high',), (14,)), 'minmaxindex': (('high',), (14,)),
    'rocp': (('close',), (10,)), 'rocr': (('close',), (10,)), 'rocr100': (('close',), (10,)), 'stoch': (BAR, (5, 3, 3)),
    'sarext': (('high', 'low'), (0, 0.01, 0.03, 0.02, 0.2, 0.01, 0.03, 0.1)), 'ht_dcphase': (('close',), ()),
    'ht_sine': (('close',), ()), 'ht_trendmode': (('close',), ()),
    **{name: (('high', 'low'), ()) for name in ('add', 'sub', 'mult', 'div')},
    **{name: (('close',), ()) for name in ('atan', 'ceil', 'cos', 'floor', 'ln', 'log10', 'sin', 'sqrt', 'tan')},
    **{name: (('low / high',), ()) for name in ('acos', 'asin', 'cosh', 'exp', 'sinh', 'tanh')},
}  # fmt: skip


def plain(column):
    """Numbers as JSON has them, to 12 digits: null for NaN, whole numbers without a point."""
    numbers = (None if v != v else float(f'{v:.12g}') for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def talibs(name, columns, parameters):
    if name == 'stoch':
        parameters = (*parameters[:2], 0, parameters[2], 0)
    made = getattr(talib, name.upper())(*columns, *parameters)
    for one in made if isinstance(made, (tuple, list)) else [made]:
        if one.dtype.kind == 'i':
            # TA-Lib has 0 where it has no value.
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, parameters)))
            one = np.where(np.arange(len(one)) < function.lookback + MISSING, np.nan, one)
        yield one


def case(name, inputs, parameters):
    return {
        'data': 'walk',
        'missing': MISSING,
        'expression': f"{name}({', '.join([*inputs, *map(str, parameters)])})",
        'outputs': [plain(column) for column in talibs(name, [eval(i, {}, D) for i in inputs], parameters)],
    }


named = {name.lower() for name in talib.get_functions() if not name.startswith('CDL')}
assert named <= set(FUNCTIONS) | NEWER, f'missing: {sorted(named - set(FUNCTIONS) - NEWER)}'
content = {'cases': [case(name, *rest) for name, rest in FUNCTIONS.items()]}
(HERE / 'gaps.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')
