"""Gradient-boosted trees over the last row of each window, by LightGBM, brought back as ONNX.

    python train_lightgbm.py DATASET model.onnx
"""

import sys

import lightgbm
import numpy as np
import onnx
from dataset import load, predict, save
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from sklearn.metrics import roc_auc_score

PARAMS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 50,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def to_onnx(booster: lightgbm.Booster, length: int, width: int) -> onnx.ModelProto:
    """The trees as a model of [N, F], or of [N, L, F] of which they see the last row."""
    rows = [("rows", FloatTensorType([None, width]))]
    model = convert_lightgbm(booster, initial_types=rows, zipmap=False, target_opset=15)
    if length > 1:
        graph = model.graph
        graph.input[0].CopyFrom(
            onnx.helper.make_tensor_value_info("windows", onnx.TensorProto.FLOAT, [None, length, width])
        )
        graph.initializer.append(onnx.helper.make_tensor("last", onnx.TensorProto.INT64, [], [length - 1]))
        graph.node.insert(0, onnx.helper.make_node("Gather", ["windows", "last"], ["rows"], axis=1))
    model.ir_version = 8
    return model


def main(directory: str, path: str) -> None:
    data = load(directory)
    ends = {name: data.ends_of(name) for name in ("train", "validation", "test")}
    sets = {name: (data.values[e], data.labels[e]) for name, e in ends.items()}
    train = lightgbm.Dataset(*sets["train"])
    validation = lightgbm.Dataset(*sets["validation"], reference=train)
    stop = lightgbm.early_stopping(30, verbose=False)
    booster = lightgbm.train(PARAMS, train, 1000, valid_sets=[validation], callbacks=[stop])
    # What is converted is what is judged: the trees up to the best round.
    booster = lightgbm.Booster(model_str=booster.model_to_string(num_iteration=booster.best_iteration))
    session = save(to_onnx(booster, data.length, data.width), path, data)
    own = booster.predict(sets["test"][0])
    found = predict(session, data.windows(ends["test"]))
    off = float(np.abs(own - found).max())
    if off > 1e-5:
        raise SystemExit(f"expected the probabilities of LightGBM within 1e-5 from ONNX, found {off}")
    for name, (values, labels) in sets.items():
        print(f"{name:<10} {len(labels):>8} rows, ROC AUC {roc_auc_score(labels, booster.predict(values)):.4f}")
    print(f"{booster.num_trees()} trees -> {path}; ONNX differs by at most {off:.1e}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
