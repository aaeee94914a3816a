"""Writes the tables of docs/conformance.md from what measure.ts and judge.py left in FOLDER.

python tables.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(sys.argv[1])
DOCUMENT = Path(__file__).parents[3] / 'docs' / 'conformance.md'
SERIES = (
    'btc-1m btc-spot-1s btc-looped-1s eth-spot-1s spy-1s coinbase-100ms btc-usdm-100ms eth-usdm-100ms trx-spot-100ms '
    'trx-usdm-100ms made'
).split()


def read(name, file):
    return json.loads((ROOT / name / file).read_text())


def table(heads, rows):
    lines = [f'| {" | ".join(heads)} |', f'|{"---|" * len(heads)}', *(f'| {" | ".join(row)} |' for row in rows)]
    return '\n'.join(lines)


def number(x):
    return '0' if x == 0 else f'{x:.1e}'.replace('e-0', 'e-').replace('e+0', 'e+').replace('e+0', '')


def series():
    rows = []
    for name in SERIES:
        volume = np.fromfile(ROOT / name / 'volume.f64')
        longest = run = 0
        for silent in volume == 0:
            run = run + 1 if silent else 0
            longest = max(longest, run)
        rows.append([name, f'{len(volume):,}', f'{int((volume == 0).sum()):,}', f'{longest:,}'])
    return table(['series', 'rows', 'without trades', 'longest silence, rows'], rows)


def differences():
    found = {}
    for name in SERIES:
        for one in read(name, 'figures.json'):
            assert one['elsewhere'] == 0, f'{name}: NaN elsewhere in {one}'
            most = found.setdefault(one['call'], {}).setdefault(name, [0, 0.0])
            most[0], most[1] = max(most[0], one['beyond']), max(most[1], one['worst'])
    rows = []
    for call, by in found.items():
        if any(beyond for beyond, _ in by.values()):
            cells = [f'{by[s][0]:,}: {number(by[s][1])}' if by[s][0] else '' for s in SERIES]
            rows.append([f'`{call}`', *cells])
    print(len(found), 'functions,', len(rows), 'differ')
    agree = max(w for by in found.values() if not any(b for b, _ in by.values()) for _, w in by.values())
    print('worst of the others', agree)
    return table(['call', *SERIES], rows)


def judged():
    total = {}
    for name in SERIES:
        for one in read(name, 'judged.json'):
            t = total.setdefault(one['name'], {'rows': 0, 'ours': [0, 0.0], 'talib': [0, 0.0]})
            t['rows'] += one['rows']
            for who in ('ours', 'talib'):
                t[who] = [t[who][0] + one[who]['beyond'], max(t[who][1], one[who]['worst'])]
    rows = [
        [name.upper(), f'{t["rows"]:,}', number(t['ours'][1]), f'{t["ours"][0]:,}', number(t['talib'][1]), f'{t["talib"][0]:,}']
        for name, t in sorted(total.items())
    ]
    return table(['function', 'values judged', 'ours, worst', 'ours, beyond 1e-9', 'TA-Lib, worst', 'TA-Lib, beyond 1e-9'], rows)


text = DOCUMENT.read_text()
for mark, make in (('series', series), ('differences', differences), ('judged', judged)):
    begin, end = f'<!-- {mark} -->', f'<!-- end of {mark} -->'
    text = f'{text[: text.index(begin)]}{begin}\n\n{make()}\n\n{text[text.index(end) :]}'
DOCUMENT.write_text(text)
