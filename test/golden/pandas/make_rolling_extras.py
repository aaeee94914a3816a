"""Writes the golden vectors of exponentially weighted statistics, autocorrelation, covariance and regression slope.

    python test/golden/pandas/make_rolling_extras.py

Inputs are those of data.json, which make_pandas.py writes.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).parent


def plain(values) -> list:
    return [None if np.isnan(v) else int(v) if v == int(v) else float(v) for v in np.asarray(values, dtype=float)]


def ewm(x: pd.Series, span: int):
    return x.ewm(span=span, adjust=False, ignore_na=True)


def slope(y: pd.Series, x: pd.Series, n: int) -> list:
    out = np.full(len(y), np.nan)
    for i in range(n - 1, len(y)):
        a, b = x[i - n + 1 : i + 1], y[i - n + 1 : i + 1]
        if a.notna().all() and b.notna().all() and np.ptp(a) > 0:
            out[i] = stats.linregress(a, b).slope
    return out


def autocorr(lag: int):
    def of(window: pd.Series) -> float:
        flat = np.ptp(window[lag:]) == 0 or np.ptp(window[:-lag]) == 0
        return np.nan if flat else window.autocorr(lag)

    return of


CASES = {
    "ewm_mean": [(f"ewm_mean(x, {n})", lambda x, n=n: ewm(x, n).mean().where(x.notna())) for n in (1, 2, 20)],
    "ewm_std": [(f"ewm_std(x, {n})", lambda x, n=n: ewm(x, n).std().where(x.notna())) for n in (2, 20)],
    "autocorrelation": [
        (f"autocorrelation(x, {n}, {k})", lambda x, n=n, k=k: x.rolling(n).apply(autocorr(k), raw=False))
        for n, k in ((5, 1), (20, 1), (20, 15))
    ],
    "rolling_cov": [(f"rolling_cov(x, lag(x, 3), {n})", lambda x, n=n: x.rolling(n).cov(x.shift(3))) for n in (2, 20)],
    "regression_slope": [
        (f"regression_slope(x, lag(x, 3), {n})", lambda x, n=n: slope(x, x.shift(3), n)) for n in (5, 20)
    ],
}


def main() -> None:
    tables = json.loads((HERE / "data.json").read_text())
    for name, variants in CASES.items():
        cases = [
            {"data": table, "expression": expression, "outputs": [plain(function(pd.Series(columns["x"], dtype=float)))]}
            for table, columns in tables.items()
            if "x" in columns
            for expression, function in variants
        ]
        (HERE / f"{name}.json").write_text(json.dumps({"cases": cases}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
