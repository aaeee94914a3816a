"""Writes lightgbm.json: the test AUC of LightGBM on the simulated rows of test/signal.ts.

    node test/golden/sklearn-model/dump-signal.ts DIR
    python test/golden/sklearn-model/make_lightgbm.py DIR

Options are those of benchmark.json, which test/model-benchmark.test.ts gives to our trees too.
"""

import json
import sys
import time
from pathlib import Path

import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).parent
folder = Path(sys.argv[1])
spec = json.loads((HERE / "benchmark.json").read_text())
rows, width, options = spec["rows"], spec["width"], spec["options"]
x = np.fromfile(folder / "x.f32", dtype=np.float32).reshape(width, rows).T.copy()
y = np.fromfile(folder / "y.f64")
a, b = spec["validationFrom"], spec["testFrom"]
params = {
    "objective": "binary",
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
    "max_bin": 255,
    "num_leaves": options["leaves"],
    "learning_rate": options["learningRate"],
    "min_data_in_leaf": options["minRows"],
    "min_sum_hessian_in_leaf": options["minHessian"],
    "lambda_l2": options["lambda"],
    "feature_fraction": options["featureFraction"],
    "bagging_fraction": options["baggingFraction"],
    "bagging_freq": 1,
    "seed": options["seed"],
}
start = time.perf_counter()
train = lightgbm.Dataset(x[:a], y[:a])
valid = lightgbm.Dataset(x[a:b], y[a:b], reference=train)
stop = lightgbm.early_stopping(options["patience"], verbose=False)
model = lightgbm.train(params, train, options["rounds"], valid_sets=[valid], callbacks=[stop])
seconds = time.perf_counter() - start
auc = roc_auc_score(y[b:], model.predict(x[b:], num_iteration=model.best_iteration))
result = {"version": lightgbm.__version__, "testAuc": float(auc), "trees": model.best_iteration}
(HERE / "lightgbm.json").write_text(json.dumps(result, indent=2) + "\n")
print(result, f"{seconds:.2f} s")
