"""Who is wrong, of the functions that measure.ts found to differ: ours and TA-Lib's against exact arithmetic.

    python judge.py FOLDER [SERIES...]

Writes judged.json into the folder of each series: by call and output, the worst error of both, relative to max(1, |exact|),
and the rows in which each is off by more than 1e-9. Recursive functions are computed from the first row on, up to ROWS;
of windows, SAMPLES of the rows that differ are.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from exact import cycles, flows, windows  # noqa: E402

ROWS, SAMPLES, BOUND = 100_000, 300, 1e-9
ROOT = Path(sys.argv[1])
SHORT = {'ht_dcperiod': (0,), 'ht_phasor': (1, 2), 'mama': (3, 4)}
LONG = {'ht_dcphase': (0,), 'ht_sine': (1, 2), 'ht_trendline': (3,), 'ht_trendmode': (4,)}
DIRECTIONAL = {'plus_di': (0,), 'minus_di': (1,), 'dx': (2,), 'adx': (3,), 'adxr': (4,)}
# The last four are judged by talib/make_newer.py.
UNJUDGED = ('maxindex', 'minindex', 'minmaxindex', 'stochrsi', 'ao', 'cmf', 'rvol', 'vwma')


def columns(rows, outputs):
    made = [[np.nan if row is None or row[k] is None else float(row[k]) for row in rows] for k in outputs]
    return [np.array(c) for c in made]


def recursive(name, d, arguments, cache):
    """Columns of the outputs, or None where the function is one of windows."""

    def once(key, make):
        if key not in cache:
            cache[key] = list(make())
        return cache[key]

    if name in SHORT:
        return columns(once('short', lambda: cycles.short(d.close, 0.5, 0.05)), SHORT[name])
    if name in LONG:
        return columns(once('long', lambda: cycles.long(d.close)), LONG[name])
    if name in ('rsi', 'cmo'):
        return columns(once('rsi', lambda: flows.rsi(d.close, 14)), (('rsi', 'cmo').index(name),))
    if name in DIRECTIONAL:
        return columns(once('directional', lambda: flows.directional(d.high, d.low, d.close, 14)), DIRECTIONAL[name])
    if name == 'mfi':
        return columns(list(flows.mfi(d.high, d.low, d.close, d.volume, 14)), (0,))
    if name == 'adosc':
        return columns(list(flows.adosc(d.high, d.low, d.close, d.volume, 3, 10)), (0,))
    return None


def windowed(name, d, arguments, rows):
    """Of each of `rows` the outputs, from the window that ends there."""
    parameters = [json.loads(a) for a in arguments if a not in vars(d)]
    inputs = [a for a in arguments if a in vars(d)]
    n = parameters[0]
    function = getattr(windows, f'exact_{name}')
    if name in ('correl', 'beta'):
        function = function(*inputs)
    for i in rows:
        first = max(0, i - n)
        piece = SimpleNamespace(**{key: c[first : i + 1] for key, c in vars(d).items()})
        yield [float(column[-1]) for column in function(piece, *parameters)]


def error(found, exact):
    off = np.abs(found - exact) / np.maximum(1, np.abs(exact))
    return {'worst': float(np.nanmax(off, initial=0)), 'beyond': int((off > BOUND).sum())}


def judge(folder):
    d = SimpleNamespace(
        **{c: np.fromfile(folder / f'{c}.f64')[:ROWS] for c in ('open', 'high', 'low', 'close', 'volume')}
    )
    calls = json.loads((folder / 'calls.json').read_text())['calls']
    cache, judged = {}, []
    for c, (name, arguments) in enumerate(calls):
        outputs = [k for k in range(3) if (folder / f'{c}-{k}.f64').exists()]
        if not outputs or name in UNJUDGED:
            continue
        pairs = {k: [np.fromfile(folder / f'{c}-{k}{end}.f64')[:ROWS] for end in ('-ours', '')] for k in outputs}
        exact = recursive(name, d, arguments, cache)
        for k, (ours, theirs) in pairs.items():
            rows = slice(None)
            if exact is None:
                off = np.flatnonzero(np.abs(ours - theirs) > BOUND * np.maximum(1, np.abs(theirs)))
                rows = off[np.unique(np.linspace(0, len(off) - 1, SAMPLES).astype(int))] if len(off) else off
                reference = np.array([row[k] for row in windowed(name, d, arguments, rows)])
            else:
                reference = exact[k]
            one = {'name': name, 'output': k, 'rows': len(reference)}
            one |= {'ours': error(ours[rows], reference), 'talib': error(theirs[rows], reference)}
            judged.append(one)
            print(folder.name, json.dumps(one), flush=True)
    (folder / 'judged.json').write_text(json.dumps(judged, indent=1))


for series in sys.argv[2:] or sorted(path.name for path in ROOT.iterdir()):
    judge(ROOT / series)
