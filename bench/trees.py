"""One training of LightGBM, for trees.ts: DIRECTORY ROWS COLUMNS SEED plain|bagged. Needs lightgbm 4.7.0 and scikit-learn 1.9.1."""
import json, resource, sys, time
import lightgbm, numpy as np
from sklearn.metrics import roc_auc_score

directory, rows, width, seed, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
y = np.fromfile(directory + "/y", dtype=np.float64)
x = np.ascontiguousarray(np.memmap(directory + "/x", dtype=np.float32, shape=(width, rows), mode="r").T)
cut = int(0.9 * rows)
options = {
    "objective": "binary", "num_leaves": 31, "max_bin": 255, "learning_rate": 0.1, "min_data_in_leaf": 20, "lambda_l2": 1.0,
    "deterministic": True, "force_col_wise": True, "num_threads": 2, "seed": seed, "verbose": -1, "feature_pre_filter": False,
}
if kind == "bagged":
    options |= {"bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.7}
before = resource.getrusage(resource.RUSAGE_SELF)
started, spent = time.perf_counter(), time.process_time()
data = lightgbm.Dataset(x[:cut], y[:cut], params=options).construct()
model = lightgbm.train(options, data, num_boost_round=20)
seconds, cpu = time.perf_counter() - started, time.process_time() - spent
memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before.ru_maxrss) * 1024
auc = roc_auc_score(y[cut:], model.predict(x[cut:]))
version = "LightGBM " + lightgbm.__version__
print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": memory, "auc": auc, "version": version, "threads": 2}))
