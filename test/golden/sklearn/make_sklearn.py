"""Writes the golden vectors of the fitted transform as scikit-learn and numpy compute them.

    pip install -r test/golden/requirements.txt
    python test/golden/sklearn/make_sklearn.py

data.json holds the columns by name, the training rows first, then rows that training does not have. <spec>.json holds
{"spec", "cases": [{"data", "training", "expected", "clipped"?, "lambda"?}]}: learned on the first rows of the column, as
many as training says, and applied to all of it. null stands for NaN. inverse_normal.json
holds {"p", "z"} of scipy.special.ndtri. The oracle of a chain of steps is a scikit-learn Pipeline of the same steps.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy.special import ndtri
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

HERE = Path(__file__).parent
ROWS = 240


class Clip:
    """Limits a column to quantiles of its training values."""

    def __init__(self, low: float, high: float):
        self.shares = [low, high]

    def fit(self, x, y=None):
        present = x[~np.isnan(x)]
        self.limits = np.quantile(present, self.shares) if len(present) else None
        return self

    def transform(self, x):
        return x if self.limits is None else np.clip(x, *self.limits)


def log1p(x: np.ndarray) -> np.ndarray:
    return np.where(x > -1, np.log1p(np.where(x > -1, x, 0)), np.where(np.isnan(x), x, np.nan))


def scaler(name: str):
    return {
        "standard": StandardScaler,
        "minmax": MinMaxScaler,
        "robust": RobustScaler,
        "yeo-johnson": lambda: PowerTransformer("yeo-johnson", standardize=True),
        "quantile-normal": lambda: QuantileTransformer(subsample=None, output_distribution="normal"),
        "quantile-uniform": lambda: QuantileTransformer(subsample=None, output_distribution="uniform"),
        "none": lambda: FunctionTransformer(),
    }[name]()


def columns() -> dict[str, np.ndarray]:
    """Training rows, then rows of the same kind that are not trained on."""
    rng = np.random.default_rng(20240312)
    n = ROWS + 40
    normal = rng.normal(size=n)
    gaps = rng.normal(3, 2, size=n)
    gaps[rng.random(n) < 0.3] = np.nan
    ties = rng.integers(-3, 4, size=n) * 0.5
    tied_gaps = np.where(rng.random(n) < 0.2, np.nan, np.round(rng.gamma(1.5, 2, size=n)))
    constant = np.full(n, 0.1)
    constant[ROWS + 5 :] = rng.normal(size=n - ROWS - 5)
    empty = np.full(n, np.nan)
    late = empty.copy()
    late[ROWS + 3 :] = rng.normal(size=n - ROWS - 3)
    infinite = rng.normal(size=n)
    infinite[::17] = np.inf
    infinite[5::23] = -np.inf
    return {
        "normal": normal,
        "shifted": 100 + 7 * normal,
        "gaps": gaps,
        "ties": ties,
        "tied gaps": tied_gaps,
        "heavy": rng.standard_t(1.5, size=n) * 3,
        "skewed": rng.lognormal(1, 1.2, size=n),
        "negative": -rng.gamma(2, 3, size=n),
        "tiny": 1e-8 * rng.normal(size=n),
        "huge": 1e8 * rng.normal(size=n),
        "mixed": np.where(rng.random(n) < 0.5, 1e-8, 1e8) * rng.normal(size=n),
        "constant": constant,
        "zero": np.zeros(n),
        "empty": empty,
        "late": late,
        "infinite": infinite,
    }


def long_columns() -> dict[str, np.ndarray]:
    """More rows than quantiles are kept."""
    rng = np.random.default_rng(20240313)
    return {"long": np.round(rng.standard_t(3, size=1540), 4), "long ties": np.round(rng.gamma(2, 2, size=1540), 1)}


def pipeline(spec: dict) -> Pipeline:
    steps = [("finite", FunctionTransformer(lambda x: np.where(np.isfinite(x), x, np.nan)))]
    if spec["log1p"]:
        steps.append(("log1p", FunctionTransformer(log1p)))
    if spec["clip"]:
        steps.append(("clip", Clip(*spec["clip"])))
    if spec["impute"] == "median":
        steps.append(("impute", SimpleImputer(strategy="median", keep_empty_features=True)))
    return Pipeline([*steps, ("scale", scaler(spec["scale"]))])


def numbers(x: np.ndarray) -> list:
    """JSON has no NaN and no infinity."""
    return [None if np.isnan(v) else float(v) if np.isfinite(v) else "Infinity" if v > 0 else "-Infinity" for v in x]


def case(name: str, column: np.ndarray, rows: int, spec: dict) -> dict:
    fitted = pipeline(spec).fit(column[:rows, None])
    found = {
        "data": name,
        "training": rows,
        "expected": numbers(fitted.transform(column[:, None])[:, 0]),
    }
    if spec["clip"]:
        before = fitted[: list(fitted.named_steps).index("clip")].transform(column[:, None])[:, 0]
        limits = fitted.named_steps["clip"].limits
        found["clipped"] = [int(limits is not None and (v < limits[0] or v > limits[1])) for v in before]
    if spec["scale"] == "yeo-johnson":
        found["lambda"] = float(fitted.named_steps["scale"].lambdas_[0])
    return found


def write(name: str, value: dict) -> None:
    (HERE / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")) + "\n")


def main() -> None:
    warnings.simplefilter("ignore")
    plain = {"log1p": False, "clip": None, "wasClipped": False, "impute": "none"}
    full = {"log1p": False, "clip": [0.01, 0.99], "wasClipped": True, "impute": "median"}
    for scale in ("standard", "minmax", "robust", "yeo-johnson", "quantile-normal", "quantile-uniform", "none"):
        specs = {scale: plain | {"scale": scale}, f"{scale}-after-all": full | {"scale": scale}}
        if scale in ("standard", "none"):
            specs[f"{scale}-imputed"] = plain | {"impute": "median", "scale": scale}
            specs[f"{scale}-log1p"] = full | {"log1p": True, "clip": [0.05, 0.9], "scale": scale}
        for name, spec in specs.items():
            cases = []
            for column, values in columns().items():
                # Nothing can be said of a column without a value, and scikit-learn refuses it here.
                if scale == "yeo-johnson" and spec["impute"] == "none" and column in ("empty", "late"):
                    continue
                cases.append(case(column, values, ROWS, spec))
            if scale.startswith("quantile"):
                cases += [case(column, values, 1500, spec) for column, values in long_columns().items()]
            write(name, {"spec": spec, "cases": cases})
    p = np.concatenate([np.geomspace(1e-300, 0.4, 160), np.linspace(0.001, 0.999, 180), 1 - np.geomspace(1e-16, 0.4, 60),
                        [0.075, 0.925, 0.5, 1.38e-11, 1.39e-11, 1e-7, 1 - 1e-7]])
    write("data", {name: numbers(values) for name, values in (columns() | long_columns()).items()})
    write("inverse_normal", {"p": numbers(p), "z": numbers(ndtri(p))})


if __name__ == "__main__":
    main()
