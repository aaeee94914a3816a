"""Writes matypes.json beside it: the functions that take a kind of average, with each of TA-Lib's nine; and those that 0.8
added: 9 hma, 10 the value itself, 12 zlema, 13 rma.

    pip install -r ../requirements.txt && python make_matypes.py

APO and PPO of kind 7 are always 0 and left out: MAMA takes no period. On huge and tiny prices the deviation of BBANDS is lost in
TA-Lib's rounding, which its own file compares with exact arithmetic. Where a stochastic stands still at 0 or 100, what TA-Lib's
KAMA and MAMA (kinds 6 and 7) give is that of the rounding of its running sums: compared where it does not for long.
"""

import json
from pathlib import Path

import numpy as np
import talib

HERE = Path(__file__).parent
DATA = {
    name: {key: np.array(column, float) for key, column in columns.items()}
    for name, columns in json.loads((HERE / 'data.json').read_text()).items()
}
KINDS = range(9)
STEADY = [kind for kind in KINDS if kind not in (6, 7)]
GAPS = [kind for kind in KINDS if kind != 7]
LATER = (9, 10, 12, 13)
LATER_GAPS = (9, 12, 13)


def bars(d):
    return d['high'], d['low'], d['close']


def stoch(d, fastk, slowk, slowd, slowk_kind, slowd_kind):
    return talib.STOCH(*bars(d), fastk, slowk, slowk_kind, slowd, slowd_kind)


# name and a remark: (inputs, parameter sets in our order, TA-Lib, data sets)
FUNCTIONS = {
    'apo': ('close', [p for k in GAPS for p in ((5, 12, k), (9, 4, k))], lambda d, *p: talib.APO(d['close'], *p), ['walk', 'tiny']),
    'ppo': ('close', [p for k in GAPS for p in ((5, 12, k), (9, 4, k))], lambda d, *p: talib.PPO(d['close'], *p), ['walk', 'tiny']),
    'macdext': (
        'close',
        [(5, k, 12, k, 4, k) for k in GAPS]
        + [(12, k, 5, (k + 4) % 9, 3, (k + 2) % 9) for k in KINDS]
        + [(4, (k + 1) % 9, 11, k, 6, (k + 5) % 9) for k in KINDS],
        lambda d, *p: talib.MACDEXT(d['close'], *p),
        ['walk', 'tiny'],
    ),
    'stochf': ('high, low, close', [(5, 6, k) for k in STEADY], lambda d, *p: talib.STOCHF(*bars(d), *p), ['walk', 'ticks', 'huge']),
    'stochf of any kind': ('high, low, close', [(5, 6, k) for k in KINDS], lambda d, *p: talib.STOCHF(*bars(d), *p), ['walk']),
    'stoch': ('high, low, close', [(7, 4, 3, k, k) for k in STEADY], stoch, ['ticks', 'huge']),
    'stoch of any kind': ('high, low, close', [(7, 4, 3, k, (k + step) % 9) for k in KINDS for step in (0, 2, 5)], stoch, ['walk']),
    'stochrsi': ('close', [(9, 5, 26 if k == 6 else 6, k) for k in KINDS], lambda d, *p: talib.STOCHRSI(d['close'], *p), ['walk']),
    'bbands': ('close', [(n, 2, 1.5, k) for k in KINDS for n in (2, 14)], lambda d, *p: talib.BBANDS(d['close'], *p), ['walk']),
    'ma of the later kinds': ('close', [(n, k) for k in LATER for n in (1, 2, 14)], lambda d, *p: talib.MA(d['close'], *p), ['walk', 'huge']),
    'apo of the later kinds': ('close', [(5, 12, k) for k in LATER_GAPS], lambda d, *p: talib.APO(d['close'], *p), ['walk', 'tiny']),
    'ppo of the later kinds': ('close', [(9, 4, k) for k in LATER_GAPS], lambda d, *p: talib.PPO(d['close'], *p), ['walk', 'tiny']),
    'macdext of the later kinds': ('close', [(5, k, 12, 1, 4, k) for k in LATER] + [(12, 0, 5, k, 3, 2) for k in LATER], lambda d, *p: talib.MACDEXT(d['close'], *p), ['walk']),
    'stochf of the later kinds': ('high, low, close', [(5, 6, k) for k in LATER], lambda d, *p: talib.STOCHF(*bars(d), *p), ['walk', 'ticks']),
    'stoch of the later kinds': ('high, low, close', [(7, 4, 3, k, 13) for k in LATER], stoch, ['walk']),
    'stochrsi of the later kinds': ('close', [(9, 5, 6, k) for k in LATER], lambda d, *p: talib.STOCHRSI(d['close'], *p), ['walk']),
    'bbands of the later kinds': ('close', [(14, 2, 1.5, k) for k in LATER], lambda d, *p: talib.BBANDS(d['close'], *p), ['walk']),
    'mavp of the later kinds': ('close, high / low * 9', [(3, 30, k) for k in LATER], lambda d, *p: talib.MAVP(d['close'], d['high'] / d['low'] * 9, *p), ['walk']),
}


def plain(column):
    """Numbers as JSON has them, to 12 digits: null for NaN, whole numbers without a point."""
    numbers = (None if v != v else float(f'{v:.12g}') for v in column)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def cases():
    for name, (inputs, parameter_sets, function, data) in FUNCTIONS.items():
        for which in data:
            for parameters in parameter_sets:
                made = function(DATA[which], *parameters)
                yield {
                    'data': which,
                    'expression': f"{name.split()[0]}({', '.join([inputs, *map(str, parameters)])})",
                    'outputs': [plain(column) for column in (made if isinstance(made, (tuple, list)) else [made])],
                }


(HERE / 'matypes.json').write_text(json.dumps({'cases': list(cases())}, separators=(',', ':'), allow_nan=False) + '\n')
