"""What `minotaur export` wrote, and what a model that goes back to Minotaur needs beside it."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime


@dataclass
class Dataset:
    """Arrays of an export; windows are made where they are needed, never all at once."""

    manifest: dict
    values: np.ndarray  # [rows, F] float32, mapped from the file
    ends: np.ndarray  # index of the last row of each whole window
    labels: np.ndarray  # [rows], NaN where a row has none
    split: np.ndarray  # [rows], codes of manifest["splitCodes"]

    @property
    def length(self) -> int:
        return self.manifest["sequence"]["length"]

    @property
    def width(self) -> int:
        return len(self.manifest["columns"])

    def ends_of(self, split: str) -> np.ndarray:
        """Ends of the windows of a split whose label is 0 or 1."""
        ends = self.ends[self.split[self.ends] == self.manifest["splitCodes"][split]]
        ends = ends[np.isin(self.labels[ends], (0.0, 1.0))]
        if len(ends) == 0:
            raise SystemExit(f"expected windows in the split {split}, found none")
        return ends

    def windows(self, ends: np.ndarray) -> np.ndarray:
        """[N, L, F]: the rows of each window, the oldest first."""
        return self.values[ends[:, None] + np.arange(1 - self.length, 1)]


def load(directory: str) -> Dataset:
    folder = Path(directory)
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest["format"] != 1:
        raise SystemExit(f"{folder}: expected an export of format 1, found {manifest['format']}")
    arrays = {}
    for name in ("values", "ends", "labels", "split"):
        array = np.load(folder / f"{name}.npy", mmap_mode="r" if name == "values" else None)
        expected = manifest["files"][f"{name}.npy"]["shape"]
        if list(array.shape) != expected:
            raise SystemExit(f"{folder}/{name}.npy: expected shape {expected}, found {list(array.shape)}")
        arrays[name] = array
    return Dataset(manifest, **arrays)


def save(model: onnx.ModelProto, path: str, data: Dataset, golden: int = 8) -> onnxruntime.InferenceSession:
    """Writes the model and its sidecar `<path>.json`: whose model it is, and golden rows that Minotaur replays."""
    identity = {key: data.manifest[key] for key in ("schemaId", "artefactDigest")}
    onnx.helper.set_model_props(model, identity)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    windows = data.windows(data.ends_of("test"))
    windows = windows[np.isfinite(windows).all(axis=(1, 2))]  # JSON has no NaN
    rows = windows[np.linspace(0, len(windows) - 1, min(golden, len(windows))).astype(int)]
    sidecar = {
        "format": 1,
        **identity,
        "golden": [
            {"input": row.ravel().astype(float).tolist(), "probability": float(predict(session, row[None])[0])}
            for row in rows
        ],
    }
    Path(f"{path}.json").write_text(json.dumps(sidecar) + "\n")
    return session


def predict(session: onnxruntime.InferenceSession, windows: np.ndarray) -> np.ndarray:
    """Probabilities of label 1, read as Minotaur reads them: the float output, column 1 where it has two."""
    (source,) = session.get_inputs()
    output = next(o for o in session.get_outputs() if o.type == "tensor(float)")
    values = windows if len(source.shape) == 3 else windows[:, -1]
    found = session.run([output.name], {source.name: np.ascontiguousarray(values, dtype=np.float32)})[0]
    return found.reshape(len(windows), -1)[:, -1]
