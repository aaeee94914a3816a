"""Writes the golden vectors of rolling, calendar and row-wise operators as pandas, numpy and scipy compute them.

    pip install -r test/golden/requirements.txt
    python test/golden/pandas/make_pandas.py

data.json holds the inputs, one table per name; <operator>.json holds {"cases": [{"data", "expression", "outputs"}]}.
null stands for NaN. The inputs are tame on purpose: on values far apart pandas' own rounding would be the larger one,
and exact arithmetic is the reference there (src/features/rolling/rolling.test.ts). So it is, with the reason under
`instead`, in the one place where the inputs here are not tame enough: pandas' variance of prices around 1e8 that stand still.
"""

import json
import statistics
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).parent
ROWS = 160


def tables() -> dict[str, dict[str, np.ndarray]]:
    rng = np.random.default_rng(20240310)
    walk = 100 + np.cumsum(rng.normal(size=ROWS))
    ticks = 50 + np.cumsum(rng.integers(-1, 2, size=ROWS)) * 0.5
    returns = rng.standard_t(4, size=ROWS) * 1e-3
    gaps = walk.copy()
    gaps[[0, 40, 41, 42, 90]] = np.nan
    flat = walk.copy()
    flat[60:100] = 101.3
    day = 86_400_000_000
    # New Year, leap days and centuries, where calendars go wrong; then times of all kinds, before the epoch too.
    edges = [
        pd.Timestamp(f"{year}-{rest}").value // 1000 + offset
        for year in (1969, 1970, 1999, 2000, 2004, 2008, 2009, 2015, 2016, 2020, 2021, 2024, 2026, 2100)
        for rest in ("01-01", "02-28", "03-01", "12-31")
        for offset in (0, -1, day - 1, 3 * day, 12 * 3_600_000_000)
    ]
    times = np.sort(np.concatenate([edges, rng.integers(-(2**51), 2**52, size=200)])).astype(float)
    # Ties, stillness, a jump and missing rows at both ends of the scale of prices.
    level = 100 + np.cumsum(rng.integers(-2, 3, size=ROWS)).astype(float)
    level[60:100] = level[60]
    level[120:] += 25
    level[[0, 40, 41, 42]] = np.nan
    rounded = {name: {"x": np.round(x, 7)} for name, x in
               {"walk": walk, "ticks": ticks, "returns": returns, "gaps": gaps, "flat": flat}.items()}
    rounded |= {"tiny": {"x": level * 1e-10}, "huge": {"x": level * 1e6}}
    return rounded | {"times": {"available_at": times}}


def slope(window: np.ndarray) -> float:
    return float(stats.linregress(np.arange(len(window)), window).slope)


def zscore(window: np.ndarray) -> float:
    if np.ptp(window) == 0:
        return np.nan
    return float(stats.zscore(window, ddof=1)[-1])


ROLLING = {
    "rolling_mean": (lambda x, n: x.rolling(n).mean(), (1, 10)),
    "rolling_sum": (lambda x, n: x.rolling(n).sum(), (1, 10)),
    "rolling_std": (lambda x, n: x.rolling(n).std(), (2, 20)),
    "rolling_var": (lambda x, n: x.rolling(n).var(), (2, 20)),
    "rolling_skew": (lambda x, n: x.rolling(n).skew(), (3, 20)),
    "rolling_kurt": (lambda x, n: x.rolling(n).kurt(), (4, 20)),
    "max": (lambda x, n: x.rolling(n).max(), (2, 20)),
    "min": (lambda x, n: x.rolling(n).min(), (2, 20)),
    "rolling_demean": (lambda x, n: x.rolling(n).apply(lambda window: window[-1] - np.mean(window), raw=True), (2, 20)),
    "rolling_median": (lambda x, n: x.rolling(n).median(), (1, 7, 20)),
    "rolling_rank": (lambda x, n: x.rolling(n).rank(pct=True), (1, 20)),
    "rolling_slope": (lambda x, n: x.rolling(n).apply(slope, raw=True), (2, 15, 20)),
    "rolling_zscore": (lambda x, n: x.rolling(n).apply(zscore, raw=True), (3, 20)),
    "lag": (lambda x, n: x.shift(n), (0, 3)),
    "diff": (lambda x, n: x.diff(n), (1, 3)),
    "pct_change": (lambda x, n: x.pct_change(n, fill_method=None), (1, 3)),
}

def exactly(statistic):
    return lambda x, n: x.rolling(n).apply(lambda window: statistic([float(v) for v in window]), raw=True)


INSTEAD = {
    ("rolling_std", "huge"): exactly(statistics.stdev),
    ("rolling_var", "huge"): exactly(statistics.variance),
}
WHY = "exact arithmetic: pandas leaves a variance of 0.1 where the price stands still"

CALENDAR = {
    "hour_of_day": lambda t: t.hour,
    "day_of_week": lambda t: t.day_of_week,
    "day_of_month": lambda t: t.day,
    "week_of_year": lambda t: t.isocalendar().week,
    "month_of_year": lambda t: t.month,
    "is_weekend": lambda t: t.day_of_week >= 5,
    "cycle_sin(hour_of_day(available_at), 24)": lambda t: np.sin(2 * np.pi * t.hour / 24),
    "cycle_cos(hour_of_day(available_at), 24)": lambda t: np.cos(2 * np.pi * t.hour / 24),
}


def plain(values) -> list:
    return [None if np.isnan(v) else int(v) if v == int(v) else float(v) for v in np.asarray(values, dtype=float)]


def write(name: str, content: object) -> None:
    (HERE / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


def main() -> None:
    data = tables()
    write("data", {name: {key: plain(x) for key, x in table.items()} for name, table in data.items()})
    series = {name: pd.Series(table["x"]) for name, table in data.items() if "x" in table}
    for name, (function, periods) in ROLLING.items():
        write(name, {"cases": [
            {"data": table, "expression": f"{name}(x, {n})"}
            | ({"instead": WHY} if (name, table) in INSTEAD else {})
            | {"outputs": [plain(INSTEAD.get((name, table), function)(x, n))]}
            for table, x in series.items() for n in periods
        ]})
    write("rolling_quantile", {"cases": [
        {"data": table, "expression": f"rolling_quantile(x, {n}, {q})", "outputs": [plain(x.rolling(n).quantile(q))]}
        for table, x in series.items() for n, q in ((1, 0.3), (7, 0), (10, 0.25), (20, 0.9), (5, 1))
    ]})
    times = pd.DatetimeIndex(data["times"]["available_at"].astype("int64").astype("datetime64[us]"))
    for expression, function in CALENDAR.items():
        call = expression if "(" in expression else f"{expression}(availableAt)"
        write(expression.split("(")[0], {"cases": [
            {"data": "times", "expression": call, "outputs": [plain(function(times))]}
        ]})


if __name__ == "__main__":
    main()
