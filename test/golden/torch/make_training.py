"""Writes training.json: a small cnn-transformer of PyTorch, its first gradient (float64) and the losses of 100 steps (float32).

    python test/golden/torch/make_training.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from networks import CnnTransformer, focal, optimiser, ours

HERE = Path(__file__).parent
SETTINGS = {
    "filters": 6, "heads": 2, "headSize": 4, "feedForward": 2, "encoders": 1, "activation": "gelu",
    "mlpLayers": 1, "mlpUnits": 8, "dropoutCnn": 0, "dropoutTransformer": 0, "dropoutMlp": 0,
}
BATCH, LENGTH, WIDTH, BATCHES, STEPS = 16, 11, 15, 4, 100
ALPHA, GAMMA, CLIP, RATE, DECAY = 0.4, 2.0, 0.5, 2e-3, 1e-2


def listed(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


random = np.random.default_rng(3)
torch.manual_seed(3)
torch.set_num_threads(1)
network = CnnTransformer(LENGTH, WIDTH, SETTINGS)
with torch.no_grad():
    for name, parameter in network.by_name().items():
        if not name.endswith("weights"):
            parameter.add_(0.1 * torch.randn_like(parameter))
initial = {name: listed(ours(p).detach().numpy()) for name, p in network.by_name().items()}
# Two digits: exact enough in float32, and short.
x = np.round(random.normal(size=(BATCHES, BATCH, LENGTH, WIDTH)), 2).astype("f4")
y = (x[:, :, -1, 0] + x[:, :, -3, 1] > 0.3).astype("f4")[..., None]
X, Y = torch.tensor(x), torch.tensor(y)

exact = CnnTransformer(LENGTH, WIDTH, SETTINGS).double()
exact.load_state_dict(network.state_dict())
focal(exact(X[0].double()), Y[0].double(), ALPHA, GAMMA).backward()
gradient = {name: listed(ours(p.grad).numpy()) for name, p in exact.by_name().items()}

adam = optimiser(network, RATE, DECAY)
losses = []
for t in range(1, STEPS + 1):
    for group in adam.param_groups:
        group["lr"] = RATE * min(1, t / 10)
    adam.zero_grad(set_to_none=True)
    loss = focal(network(X[(t - 1) % BATCHES]), Y[(t - 1) % BATCHES], ALPHA, GAMMA)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    adam.step()
    losses.append(loss.item())
network.eval()
with torch.no_grad():
    logits = network(X[0])

written = {
    "torch": torch.__version__.split("+")[0],
    "settings": SETTINGS, "batch": BATCH, "length": LENGTH, "width": WIDTH,
    "alpha": ALPHA, "gamma": GAMMA, "clip": CLIP, "rate": RATE, "decay": DECAY,
    "x": [[float(f"{v:.2f}") for v in each.ravel()] for each in x],
    "y": [[int(v) for v in each.ravel()] for each in y],
    "initial": initial, "gradient": gradient, "losses": listed(losses), "logits": listed(logits),
}
(HERE / "training.json").write_text(json.dumps(written, separators=(",", ":")) + "\n")
print(losses[0], losses[49], losses[99])
