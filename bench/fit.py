"""Imputer, clipper and scaler of scikit-learn, for fit.ts: DIRECTORY ROWS COLUMNS. Needs scikit-learn 1.9.1 and numpy."""
import json, resource, sys, time
import numpy as np, sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler

directory, rows, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
x = np.memmap(directory + "/x", dtype=np.float64, shape=(width, rows), mode="r")
seconds = cpu = 0.0
for first in range(0, width, 64):
    block = np.array(x[first : first + 64]).T
    started, spent = time.perf_counter(), time.process_time()
    low, high = np.nanquantile(block, [0.01, 0.99], axis=0)
    np.clip(block, low, high, out=block)
    block = SimpleImputer(strategy="median", copy=False).fit_transform(block)
    StandardScaler(copy=False).fit(block)
    seconds += time.perf_counter() - started
    cpu += time.process_time() - spent
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "version": "scikit-learn " + sklearn.__version__}))
