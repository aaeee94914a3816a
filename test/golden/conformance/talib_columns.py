"""TA-Lib over the columns of a folder, called by conformance.ts: reads calls.json and columns, writes columns."""

import json
import sys
from pathlib import Path

import numpy as np
import talib
from talib import abstract

folder = Path(sys.argv[1])
asked = json.loads((folder / 'calls.json').read_text())
columns = {name: np.fromfile(folder / f'{name}.f64') for name in asked['columns']}


def value(text):
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return eval(text, {}, columns)


for k, (name, arguments) in enumerate(asked['calls']):
    values = [value(text) for text in arguments]
    if name == 'stoch':
        values = values[:5] + [0, values[5], 0]
    if name == 'kdj':
        values = values[:5] + [13, values[5], 13]
    if name in ('kc', 'percentile', 'supertrend'):
        values[-1] = float(values[-1])
    made = getattr(talib, name.upper())(*values)
    for output, column in enumerate(made if isinstance(made, (tuple, list)) else [made]):
        wide = column.astype(float)
        if column.dtype.kind == 'i':
            # TA-Lib has 0 where it has no value.
            parameters = [v for v in values if not isinstance(v, np.ndarray)]
            function = abstract.Function(name.upper())
            function.set_parameters(dict(zip(function.parameters, parameters)))
            wide[: function.lookback] = np.nan
        wide.tofile(folder / f'{k}-{output}.f64')
