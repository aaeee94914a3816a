"""Which golden vectors the installed TA-Lib would write otherwise: computes every case of talib/ anew on its stored inputs.

    python check_vectors.py [--write]

Prints, for each case that differs by more than 1e-9 or has NaN elsewhere, how many rows do and by how much. Cases with
`instead` or `apart` are TA-Lib's in part or not at all, and are left out. `--write` puts the installed TA-Lib's outputs in
their place. Patterns are checked by patterns/make_patterns.py, which writes the same bytes.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np
import talib
from talib import abstract

GOLDEN = Path(__file__).parent.parent


def read(path):
    return json.loads(path.read_text())


def column(values):
    return np.array([np.nan if v is None else v for v in values], float)


def inputs(folder):
    found = {}
    for file in ('data.json', 'scales-data.json', 'silences-data.json'):
        if (folder / file).exists():
            found |= read(folder / file)
    return {name: {key: column(c) for key, c in table.items()} for name, table in found.items()}


def value(text, table):
    try:
        number = float(text)
        return int(number) if number.is_integer() and '.' not in text else number
    except ValueError:
        return eval(text, {}, table)


def computed(expression, table):
    name, arguments = re.fullmatch(r'(\w+)\((.*)\)', expression).groups()
    values = [value(text, table) for text in arguments.split(', ') if text]
    if name == 'stoch':
        # Types of average come last in ours.
        slow, fast = values[6:] or (0, 0)
        values = values[:5] + [slow, values[5], fast]
    if name == 'kdj':
        slow, fast = values[6:] or (13, 13)
        values = values[:5] + [slow, values[5], fast]
    if name in ('kc', 'percentile', 'supertrend'):
        values[-1] = float(values[-1])
    made = getattr(talib, name.upper())(*values)
    parameters = [v for v in values if not isinstance(v, np.ndarray)]
    missing = int(np.isnan(table['close']).sum())
    for one in made if isinstance(made, (tuple, list)) else [made]:
        wide = one.astype(float)
        if one.dtype.kind == 'i':
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, parameters)))
            wide[: function.lookback + missing] = np.nan
        yield wide


def differences(case, table):
    missing = case.get('missing', 0)
    cut = {name: np.where(np.arange(len(c)) < missing, np.nan, c) for name, c in table.items()}
    for k, (stored, now) in enumerate(zip(case['outputs'], computed(case['expression'], cut))):
        then = column(stored)
        unit = min(1, np.nanmax(np.abs(then), initial=0)) or 1
        elsewhere = int((np.isnan(then) != np.isnan(now)).sum())
        off = np.abs(then - now) / np.maximum(unit, np.abs(then))
        beyond = int((off > 1e-9).sum())
        if elsewhere or beyond:
            yield f'output {k}: {elsewhere} NaN elsewhere, {beyond} rows beyond 1e-9, worst {np.nanmax(off):.2g}'


def plain(values):
    numbers = (None if v != v else float(v) for v in values)
    return [None if v is None else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in numbers]


tables = inputs(GOLDEN / 'talib')
for file in sorted((GOLDEN / 'talib').glob('*.json')):
    content = read(file)
    if 'rows' in content or 'cases' not in content:
        continue
    changed = False
    for case in content['cases']:
        if 'instead' in case or 'apart' in case:
            continue
        table = tables[case['data']]
        for line in differences(case, table):
            print(file.name, case['expression'], 'on', case['data'], line)
            if 'missing' not in case:
                case['outputs'] = [plain(c) for c in computed(case['expression'], table)]
                changed = True
    if changed and '--write' in sys.argv:
        file.write_text(json.dumps(content, separators=(',', ':'), allow_nan=False) + '\n')
