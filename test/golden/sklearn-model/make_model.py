"""Writes model.json: metrics, calibration and logistic regression of scikit-learn on small awkward inputs.

    python test/golden/sklearn-model/make_model.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn import metrics
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
random = np.random.default_rng(12)
EDGES = np.tile(np.linspace(0, 1, 21), 5)


def scored(n: int, digits: int | None):
    p = random.beta(1.2, 2.5, n)
    y = (random.random(n) < p * p * (3 - 2 * p)).astype(float)
    return (p if digits is None else np.round(p, digits)), y


def case(name: str, p, y) -> dict:
    grid = np.linspace(-0.1, 1.1, 61)
    threshold = float(np.sort(p)[len(p) * 2 // 3])
    called = p >= threshold
    observed, mean = calibration_curve(y, p, n_bins=10)
    return {
        "name": name,
        "scores": p.tolist(),
        "labels": y.tolist(),
        "rocAuc": float(metrics.roc_auc_score(y, p)),
        "prAuc": float(metrics.average_precision_score(y, p)),
        "brier": float(metrics.brier_score_loss(y, p)),
        "logLoss": float(metrics.log_loss(y, p)),
        "threshold": threshold,
        "f1": float(metrics.f1_score(y, called)),
        "precision": float(metrics.precision_score(y, called)),
        "recall": float(metrics.recall_score(y, called)),
        "observed": observed.tolist(),
        "meanProbability": mean.tolist(),
        "grid": grid.tolist(),
        "isotonic": IsotonicRegression(out_of_bounds="clip").fit(p, y).predict(grid).tolist(),
        "platt": _SigmoidCalibration().fit(p, y).predict(grid).tolist(),
    }


def logistic(l2: float) -> dict:
    x = random.normal(size=(300, 5)).astype(np.float32)
    y = (random.random(300) < 1 / (1 + np.exp(-(x[:, 0] - 2 * x[:, 1] + 0.5)))).astype(float)
    weights = random.random(300) + 0.5
    model = LogisticRegression(C=1 / l2, tol=1e-12, max_iter=10000, solver="newton-cholesky")
    model.fit(x.astype(float), y, sample_weight=weights)
    return {
        "l2": l2,
        "columns": x.T.tolist(),
        "labels": y.tolist(),
        "weights": weights.tolist(),
        "coefficients": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
    }


cases = [
    case("distinct scores", *scored(200, None)),
    case("many ties", *scored(300, 1)),
    case("scores on bin edges, 0 and 1 among them", EDGES, (random.random(105) < 0.2 + 0.6 * EDGES).astype(float)),
]
(HERE / "model.json").write_text(json.dumps({"cases": cases, "logistic": [logistic(1.0), logistic(25.0)]}) + "\n")
