"""Writes drift.json: population stability index, Jensen-Shannon and Kolmogorov-Smirnov of numpy and scipy on awkward pairs.

    python test/golden/drift/make_drift.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp

HERE = Path(__file__).parent
random = np.random.default_rng(23)


def edges_of(reference: np.ndarray) -> np.ndarray:
    """Deciles of the reference; one that stands for several gets an edge below it too, so that its value is a bin."""
    deciles = np.quantile(reference, np.arange(1, 10) / 10)
    values, counts = np.unique(deciles, return_counts=True)
    return np.sort(np.concatenate([values, np.nextafter(values[counts > 1], -np.inf)]))


def shares(values: np.ndarray, edges: np.ndarray, with_missing: bool) -> np.ndarray:
    present = values[~np.isnan(values)]
    counts = np.bincount(np.searchsorted(edges, present, side="left"), minlength=len(edges) + 1)
    if with_missing:
        counts = np.append(counts, len(values) - len(present))
    return counts / len(values)


def case(name: str, reference: np.ndarray, current: np.ndarray) -> dict:
    missing = bool(np.isnan(reference).any() or np.isnan(current).any())
    a, b = reference[~np.isnan(reference)], current[~np.isnan(current)]
    edges = edges_of(a)
    p, q = shares(reference, edges, missing), shares(current, edges, missing)
    x, y = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
    return {
        "name": name,
        "reference": [None if np.isnan(v) else float(v) for v in reference],
        "current": [None if np.isnan(v) else float(v) for v in current],
        "bins": len(p),
        "psi": float(np.sum((y - x) * np.log(y / x))),
        "jensenShannon": float(jensenshannon(p, q, base=2) ** 2),
        "kolmogorovSmirnov": float(ks_2samp(a, b, method="asymp").statistic),
        "missing": [float(np.isnan(reference).mean()), float(np.isnan(current).mean())],
    }


def with_gaps(values: np.ndarray, share: float) -> np.ndarray:
    return np.where(random.random(len(values)) < share, np.nan, values)


normal = np.round(random.normal(size=240), 6)
cases = [
    case("same distribution", normal, np.round(random.normal(size=310), 6)),
    case("shifted", normal, np.round(random.normal(0.7, 1, 200), 6)),
    case("wider", normal, np.round(random.normal(0, 3, 200), 6)),
    case("apart", normal, normal + 100),
    case("mostly zero", (random.random(300) < 0.3).astype(float), (random.random(200) < 0.6).astype(float)),
    case("few values", random.integers(0, 4, 300).astype(float), random.integers(1, 6, 250).astype(float)),
    case("constant, then lower", np.full(50, 3.0), np.where(np.arange(60) % 3 == 0, 2.0, 3.0)),
    case("missing now", normal, with_gaps(normal, 0.4)),
    case("missing on both sides", with_gaps(normal, 0.1), with_gaps(normal * 1.2, 0.3)),
    case("tiny", np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.5])),
]
(HERE / "drift.json").write_text(json.dumps({"cases": cases}) + "\n")
