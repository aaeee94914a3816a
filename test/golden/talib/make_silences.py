"""Writes silences.json and silences-data.json beside it: every function on real prices with long silences in between.

    pip install -r ../requirements.txt && python make_silences.py [SERIES]

SERIES is a folder that ../conformance/series.py made (bars of one second of BTCUSDT, spot, 2024-08-08; trades from
nkaz001/hftbacktest, MIT); without it the bars in silences-data.json stay. Movement, a silence of 400 bars as exchanges show
it (all prices the close before, no volume), movement, silence, movement. To be short, outputs are those of `rows`: each
eighth, and all of the first 12 after a silence.

A case with `instead` has not TA-Lib's outputs but those of exact arithmetic (../exact), because TA-Lib is off by more than
1e-9 there, or, in the index functions, the newest of equals.
"""

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import gmpy2
import numpy as np
import talib
from talib import abstract

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from exact import cycles, flows, windows  # noqa: E402

COLUMNS = ('open', 'high', 'low', 'close', 'volume')
MOVING = (0, 250), (250, 350), (350, 500)
SILENCE = 400
STARTS = (650, 1150)


def real(folder):
    columns = {name: np.fromfile(folder / f'{name}.f64') for name in COLUMNS}
    parts = {name: [] for name in COLUMNS}
    for first, last in MOVING:
        for name in COLUMNS:
            piece = columns[name][first:last]
            still = 0 if name == 'volume' else columns['close'][last - 1]
            parts[name] += [piece, np.full(SILENCE if last < MOVING[-1][1] else 0, still)]
    return {name: np.round(np.concatenate(pieces), 8) for name, pieces in parts.items()}


def plain(values):
    """To 12 digits."""
    numbers = (None if v is None or v != v else float(f'{float(v):.12g}') for v in values)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


def expressions():
    cases = json.loads((HERE / 'scales.json').read_text())['cases']
    names = sorted(path.stem for path in (HERE.parent / 'patterns').glob('cdl*.json'))
    return [case['expression'] for case in cases if case['data'] == 'large'] + [
        f'{name}(open, high, low, close)' for name in names
    ]


def talibs(name, values):
    if name == 'stoch':
        values = [*values[:5], 0, values[5], 0]
    made = getattr(talib, name.upper())(*values)
    for one in made if isinstance(made, (tuple, list)) else [made]:
        if one.dtype.kind == 'i':
            # TA-Lib has 0 where it has no value.
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, [v for v in values if not isinstance(v, np.ndarray)])))
            one = np.where(np.arange(len(one)) < function.lookback, np.nan, one)
        yield one


def newest(column, n, best):
    """Rows of the extremes, the newest of equals."""
    rows = range(n - 1, len(column))
    return [None] * (n - 1) + [i - int(np.argmax(best * column[i - n + 1 : i + 1][::-1])) for i in rows]


def outputs(rows, *which):
    return [[None if row is None else row[k] for row in rows] for k in which]


def stochrsi(x, n, fastk, fastd, _):
    """Of an index in which equal values are equal: its last bits are cut."""
    index = [None if row is None else gmpy2.mpfr(row[0], 200) for row in flows.rsi(x, n)]
    place = []
    for i in range(len(x)):
        window = index[max(0, i - fastk + 1) : i + 1]
        if len(window) < fastk or window[0] is None:
            place.append(None)
            continue
        bottom, top = min(window), max(window)
        place.append(100 * (index[i] - bottom) / (top - bottom) if top > bottom else 0)
    average = [
        None if i < fastd - 1 or place[i - fastd + 1] is None else sum(place[i - fastd + 1 : i + 1]) / fastd
        for i in range(len(x))
    ]
    return [[None if a is None else p for p, a in zip(place, average)], average]


SHORT = {'ht_dcperiod': (0,), 'ht_phasor': (1, 2), 'mama': (3, 4)}
LONG = {'ht_dcphase': (0,), 'ht_sine': (1, 2), 'ht_trendline': (3,), 'ht_trendmode': (4,)}


def exact(name, d, inputs, parameters):
    """Outputs in exact arithmetic, None where that is not written."""
    columns = [getattr(d, i) for i in inputs if hasattr(d, i)]
    if name in SHORT:
        return outputs(list(cycles.short(d.close, 0.5, 0.05)), *SHORT[name])
    if name == 'ma' and parameters[1] == 7:
        return outputs(list(cycles.short(d.close, 0.5, 0.05)), 3)
    if name in LONG:
        return outputs(list(cycles.long(d.close)), *LONG[name])
    if name in ('rsi', 'cmo'):
        return outputs(list(flows.rsi(d.close, *parameters)), ('rsi', 'cmo').index(name))
    if name == 'stochrsi':
        return stochrsi(d.close, *parameters)
    if name in ('mfi', 'adosc'):
        return outputs(list(getattr(flows, name)(*columns, *parameters)), 0)
    if name in ('plus_di', 'minus_di', 'dx'):
        which = ('plus_di', 'minus_di', 'dx').index(name)
        return outputs(list(flows.directional(*columns, *parameters)), which)
    if name in ('correl', 'beta'):
        return getattr(windows, f'exact_{name}')(*inputs)(d, *parameters)
    function = getattr(windows, f'exact_{name}', None)
    return function(d, *parameters) if function else None


INDEX = {'maxindex': (1,), 'minindex': (-1,), 'minmaxindex': (-1, 1)}
TIES = 'of equals the newest; TA-Lib takes now the oldest, now the newest'
ROUNDED = 'exact arithmetic: {}'
WHY = {
    'mfi': "TA-Lib's running sums leave a rounding, of which a share is taken",
    'adosc': "TA-Lib's averages keep the rounding of a sum that grows",
    'stochrsi': 'the index stands still while the price does; TA-Lib gives the place among its roundings',
    'cci': "TA-Lib divides by a distance that it rounded",
} | dict.fromkeys(
    (*SHORT, *LONG, 'ma'), "TA-Lib smooths prices by a running sum; in silences its rounding is all that there is left"
)


def off(found, reference):
    a, b = (np.array([np.nan if v is None else float(v) for v in c]) for c in (found, reference))
    return float(np.nanmax(np.abs(a - b) / np.maximum(1, np.abs(b)), initial=0))


def case(expression, d, rows):
    name, arguments = re.fullmatch(r'(\w+)\((.*)\)', expression).groups()
    arguments = arguments.split(', ')
    inputs = [a for a in arguments if re.search('[a-z]', a)]
    parameters = [json.loads(a) for a in arguments[len(inputs) :] if a]
    found = list(talibs(name, [eval(i, {}, vars(d)) for i in inputs] + parameters))
    one = {'data': 'silences', 'expression': expression}
    reference = exact(name, d, inputs, parameters)
    if name in INDEX:
        column = getattr(d, inputs[0])
        found = [newest(column, parameters[0], best) for best in INDEX[name]]
        one['instead'] = TIES
    elif reference is not None:
        worst = max(map(off, found, reference))
        if worst > 1e-9:
            one['instead'] = ROUNDED.format(WHY.get(name, 'of windows that TA-Lib sums by adding and taking away'))
            one['talib'] = float(f'{worst:.2g}')
            found = reference
    return one | {'outputs': [plain([column[row] for row in rows]) for column in found]}


def write(name, content):
    (HERE / f'{name}.json').write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')


if len(sys.argv) > 1:
    write('silences-data', {'silences': {name: c.tolist() for name, c in real(Path(sys.argv[1])).items()}})
data = json.loads((HERE / 'silences-data.json').read_text())['silences']
d = SimpleNamespace(**{name: np.array(c, float) for name, c in data.items()})
rows = sorted({*range(0, len(d.close), 8), *(start + k for start in STARTS for k in range(12))})
write('silences', {'rows': rows, 'cases': [case(e, d, rows) for e in expressions()]})
