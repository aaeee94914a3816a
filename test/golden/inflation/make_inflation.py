"""Writes inflation.json: correlations by numpy, and variance inflation factors by the formula of statsmodels.

    python test/golden/inflation/make_inflation.py

statsmodels' variance_inflation_factor(exog, i) is 1 / (1 - rsquared) of OLS(exog[:, i], the other columns), here with the
constant column among the others that its users add.
"""

import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(11)
rows, width = 300, 9
base = rng.normal(size=(rows, width))
x = np.round(base + 0.6 * base[:, [0]] + 0.3 * rng.normal(size=(rows, 1)), 6)
x[:, 3] = np.round(x[:, 1] - x[:, 2] + 0.05 * rng.normal(size=rows), 6)
x[:, 7] = np.round(1000 + 5 * x[:, 4] + 0.5 * rng.normal(size=rows), 6)


def vif(columns, i):
    target = x[:, columns[i]]
    others = [c for k, c in enumerate(columns) if k != i]
    exog = np.column_stack([np.ones(rows), x[:, others]])
    residual = target - exog @ np.linalg.lstsq(exog, target, rcond=None)[0]
    centred = target - target.mean()
    return 1 / ((residual @ residual) / (centred @ centred))


dropped, left = [], list(range(width))
first = [vif(left, i) for i in range(width)]
while True:
    factors = [vif(left, i) for i in range(len(left))]
    worst = int(np.argmax(factors))
    if factors[worst] <= 1.5:
        break
    dropped.append([left[worst], factors[worst]])
    del left[worst]

out = {"columns": x.T.tolist(), "correlation": np.corrcoef(x.T).tolist(), "factors": first, "limit": 1.5, "dropped": dropped}
(Path(__file__).parent / "inflation.json").write_text(json.dumps(out) + "\n")
print(dropped, np.round(first, 2))
