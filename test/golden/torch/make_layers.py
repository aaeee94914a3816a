"""Writes layers.json: every layer and loss in PyTorch (float64): what it gives and its gradients, for a sum of outputs with weights.

    python test/golden/torch/make_layers.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from networks import ours
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
random = np.random.default_rng(5)
torch.manual_seed(5)
cases = {}


def listed(values):
    return [float(f"{v:.8g}") for v in values.detach().double().numpy().ravel()]


def drawn(*shape):
    """Two digits: the same in float32 and float64 but for its rounding, which is far below the tolerance."""
    return torch.tensor(np.round(random.normal(size=shape), 2).astype("f4").astype("f8"))


def case(name, x, parameters, forward, layout=lambda name, v: ours(v)):
    """`parameters` by our names, in PyTorch's layout; `forward(x, parameters)`."""
    x = x.requires_grad_()
    for each in parameters.values():
        each.requires_grad_()
    y = forward(x, parameters)
    weights = drawn(*y.shape)
    (y * weights).sum().backward()
    cases[name] = {
        "shape": list(x.shape), "x": listed(x), "y": listed(y), "weights": listed(weights), "dx": listed(x.grad),
        "parameters": {n: {"values": listed(layout(n, p)), "gradient": listed(layout(n, p.grad))} for n, p in parameters.items()},
    }


def affine(name, inputs, outputs):
    return {f"{name}.weights": drawn(outputs, inputs), f"{name}.bias": drawn(outputs)}


def normed(name, channels):
    return {f"{name}.gain": drawn(channels), f"{name}.bias": drawn(channels)}


def linear(x, p, name):
    return F.linear(x, p[f"{name}.weights"], p[f"{name}.bias"])


case("dense", drawn(2, 3, 4), affine("a", 4, 5), lambda x, p: linear(x, p, "a"))
for name, columns, filters, kernel, dilation in (("narrow", 3, 4, 3, 2), ("wide", 5, 2, 3, 1)):
    case(
        f"causalConvolution {name}", drawn(2, 6, columns),
        {"a.weights": drawn(filters, columns, kernel), "a.bias": drawn(filters)},
        lambda x, p: F.conv1d(
            F.pad(x.transpose(1, 2), ((kernel - 1) * dilation, 0)), p["a.weights"], p["a.bias"], dilation=dilation
        ).transpose(1, 2),
    )
case(
    "stridedConvolution", drawn(2, 5, 3), {"a.weights": drawn(4, 3, 2), "a.bias": drawn(4)},
    lambda x, p: F.conv1d(F.pad(x.transpose(1, 2), (0, 1)), p["a.weights"], p["a.bias"], stride=2).transpose(1, 2),
)
case(
    "batchNormalization", drawn(3, 4, 2), normed("a", 2),
    lambda x, p: F.batch_norm(
        x.transpose(1, 2), None, None, p["a.gain"], p["a.bias"], training=True, eps=1e-3
    ).transpose(1, 2),
)
case("layerNormalization", drawn(2, 3, 5), normed("a", 5), lambda x, p: F.layer_norm(x, (5,), p["a.gain"], p["a.bias"]))


def revin(x, p):
    return F.instance_norm(x.transpose(1, 2), weight=p["a.gain"], bias=p["a.bias"]).transpose(1, 2)


case("revin", drawn(2, 5, 3), normed("a", 3), revin)
case("gated", drawn(2, 3, 6), {}, lambda x, p: F.glu(x, -1))
for causal in (True, False):
    def attention(x, p):
        q, k, v = (t.view(2, 4, 2, 3).transpose(1, 2) for t in linear(x, p, "a.qkv").chunk(3, -1))
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return linear(seen.transpose(1, 2).reshape(2, 4, 6), p, "a.out")

    case(f"selfAttention {'causal' if causal else 'whole'}", drawn(2, 4, 5), affine("a.qkv", 5, 18) | affine("a.out", 6, 5), attention)


def pooling(x, p):
    scores = linear(torch.tanh(linear(x, p, "a.hidden")), p, "a.score")
    return (torch.softmax(scores, 1) * x).sum(1)


case("attentionPooling", drawn(2, 4, 3), affine("a.hidden", 3, 3) | affine("a.score", 3, 1), pooling)


def places(x, p):
    t, column = torch.arange(4).double()[:, None], torch.arange(6)
    angle = t / 10000 ** ((column - column % 2).double() / 6)
    return x + torch.where(column % 2 == 1, angle.cos(), angle.sin())


case("positionalEncoding", drawn(2, 4, 6), {}, places)
for name, function in {"gelu": F.gelu, "swish": F.silu, "relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}.items():
    case(name, drawn(4, 5), {}, lambda x, p: function(x))
case("softmax", drawn(3, 5), {}, lambda x, p: torch.softmax(x, -1))

for name, layer, gates in (("gru", nn.GRU, 3), ("lstm", nn.LSTM, 4)):
    def recurrent(x, p):
        made = layer(3, 4, batch_first=True).double()
        names = {"weight_ih_l0": "a.weights", "weight_hh_l0": "a.stateWeights", "bias_ih_l0": "a.bias", "bias_hh_l0": "a.stateBias"}
        return torch.func.functional_call(made, {theirs: p[mine] for theirs, mine in names.items()}, x)[0]

    width = gates * 4
    case(
        name, drawn(2, 5, 3),
        {"a.weights": drawn(width, 3), "a.bias": drawn(width), "a.stateWeights": drawn(width, 4), "a.stateBias": drawn(width)},
        recurrent,
    )

binary = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0]).double()[:, None]
classes = torch.tensor([0, 2, 1, 2, 0])
values = drawn(5, 1)


def focal(z, p):
    s = z * (2 * binary - 1)
    return (0.3 * binary + 0.7 * (1 - binary)) * (1 - torch.sigmoid(s)) ** 1.5 * F.softplus(-s)


def loss(name, columns, labels, forward):
    case(name, 2 * drawn(5, columns), {}, forward)
    cases[name]["labels"] = listed(labels)


cross = F.binary_cross_entropy_with_logits
loss("binaryCrossEntropy", 1, binary, lambda z, p: (0.5 + 1.5 * binary) * cross(z, binary, reduction="none"))
loss("focal", 1, binary, focal)
weight = torch.tensor([0.5, 1.0, 2.0]).double()
loss("crossEntropy", 3, classes, lambda z, p: F.cross_entropy(z, classes, weight=weight, reduction="none")[:, None])
loss("huber", 1, values, lambda z, p: F.huber_loss(z, values, delta=0.7, reduction="none"))
loss("quantile", 1, values, lambda z, p: torch.maximum(0.2 * (values - z), (0.2 - 1) * (values - z)))
case("embedding", torch.tensor([[[0.0], [2.0]], [[1.0], [2.0]]]).double(), {"a.table": drawn(3, 4)},
     lambda x, p: F.embedding(x[..., 0].long(), p["a.table"]) + 0 * x, layout=lambda name, v: v)

(HERE / "layers.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(len(cases))
