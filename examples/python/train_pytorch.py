"""A GRU over windows, by PyTorch, brought back as ONNX of [N, L, F].

    python train_pytorch.py DATASET model.onnx
"""

import copy
import sys

import numpy as np
import onnx
import torch
from dataset import Dataset, load, predict, save
from sklearn.metrics import roc_auc_score

EPOCHS, PATIENCE, BATCH, HIDDEN = 20, 4, 256, 32


class Network(torch.nn.Module):
    """Standardises by the training rows, puts 0 for what is not known, and reads the state after the last row."""

    def __init__(self, mean: np.ndarray, std: np.ndarray):
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("std", torch.from_numpy(std))
        self.gru = torch.nn.GRU(len(mean), HIDDEN, batch_first=True)
        self.head = torch.nn.Linear(HIDDEN, 1)

    def logits(self, windows: torch.Tensor) -> torch.Tensor:
        x = (windows - self.mean) / self.std
        x = torch.where(torch.isnan(x), torch.zeros_like(x), x).clamp(-10, 10)
        return self.head(self.gru(x)[0][:, -1])

    def forward(self, windows: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.logits(windows))


def training_scale(data: Dataset, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the finite values of training rows; 0 and 1 where there are none or one value."""
    rows = data.values[ends].astype(np.float64)
    known = np.isfinite(rows)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, rows, 0).sum(axis=0) / count
    std = np.sqrt(np.where(known, (rows - mean) ** 2, 0).sum(axis=0) / count)
    return mean.astype(np.float32), np.where(std > 0, std, 1).astype(np.float32)


def probabilities(network: Network, data: Dataset, ends: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        parts = [network(torch.from_numpy(data.windows(part))) for part in np.array_split(ends, len(ends) // 4096 + 1)]
    return torch.cat(parts).numpy().ravel()


def train(data: Dataset) -> Network:
    """The network of the epoch with the best ROC AUC on validation."""
    ends, validation = data.ends_of("train"), data.ends_of("validation")
    network = Network(*training_scale(data, ends))
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    generator = np.random.default_rng(1)
    best, since, kept = -1.0, 0, network.state_dict()
    for epoch in range(EPOCHS):
        order = generator.permutation(ends)
        for part in np.array_split(order, max(1, len(order) // BATCH)):
            labels = torch.from_numpy(data.labels[part].astype(np.float32))[:, None]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                network.logits(torch.from_numpy(data.windows(part))), labels
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        auc = roc_auc_score(data.labels[validation], probabilities(network, data, validation))
        print(f"epoch {epoch}: validation ROC AUC {auc:.4f}")
        since += 1
        if auc > best:
            best, since, kept = auc, 0, copy.deepcopy(network.state_dict())
        if since == PATIENCE:
            break
    network.load_state_dict(kept)
    return network.eval()


def main(directory: str, path: str) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    data = load(directory)
    network = train(data)
    example = torch.zeros(1, data.length, data.width)
    torch.onnx.export(
        network,
        (example,),
        path,
        input_names=["windows"],
        output_names=["probability"],
        dynamic_axes={"windows": {0: "N"}, "probability": {0: "N"}},
        opset_version=17,
        dynamo=False,
    )
    session = save(onnx.load(path), path, data)
    test = data.ends_of("test")
    own = probabilities(network, data, test)
    off = float(np.abs(own - predict(session, data.windows(test))).max())
    if off > 1e-5:
        raise SystemExit(f"expected the probabilities of PyTorch within 1e-5 from ONNX, found {off}")
    print(f"test ROC AUC {roc_auc_score(data.labels[test], own):.4f} over {len(test)} windows")
    print(f"-> {path}; ONNX differs by at most {off:.1e}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
