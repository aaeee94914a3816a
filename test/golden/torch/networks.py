"""The network cnn-transformer of packages/minotaur/src/learn/models in PyTorch, as one writes it there, with weights by our names."""

import math

import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {"gelu": F.gelu, "relu": F.relu, "swish": F.silu}


class Gated(nn.Module):
    def __init__(self, inputs, s, dilation):
        super().__init__()
        filters = s["filters"]
        self.activation, self.past = ACTIVATIONS[s["activation"]], 2 * dilation
        self.convolution = nn.Conv1d(inputs, 2 * filters, 3, dilation=dilation)
        self.norm = nn.BatchNorm1d(filters, eps=1e-3, momentum=0.01)
        self.drop = nn.Dropout1d(s["dropoutCnn"])
        self.beside = nn.Linear(inputs, filters) if inputs != filters else None

    def forward(self, x):  # [B, C, L]
        data, gate = self.convolution(F.pad(x, (self.past, 0))).chunk(2, 1)
        h = self.drop(self.norm(self.activation(data) * torch.sigmoid(gate)))
        return h + (x if self.beside is None else self.beside(x.transpose(1, 2)).transpose(1, 2))


class Encoder(nn.Module):
    def __init__(self, width, s):
        super().__init__()
        self.heads, self.size, self.rate = s["heads"], s["headSize"], s["dropoutTransformer"]
        self.activation = ACTIVATIONS[s["activation"]]
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.forward1 = nn.Linear(width, s["feedForward"] * width)
        self.forward2 = nn.Linear(s["feedForward"] * width, width)
        self.drop = nn.Dropout(self.rate)

    def forward(self, x):
        rows, length, width = x.shape
        q, k, v = (
            t.view(rows, length, self.heads, self.size).transpose(1, 2) for t in self.qkv(self.norm1(x)).chunk(3, -1)
        )
        rate = self.rate if self.training else 0.0
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True, dropout_p=rate)
        x = x + self.drop(self.out(seen.transpose(1, 2).reshape(rows, length, width)))
        return x + self.drop(self.forward2(self.drop(self.activation(self.forward1(self.norm2(x))))))


class CnnTransformer(nn.Module):
    def __init__(self, length, columns, s):
        super().__init__()
        filters, width = s["filters"], s["heads"] * s["headSize"]
        self.gain, self.bias = nn.Parameter(torch.ones(columns)), nn.Parameter(torch.zeros(columns))
        self.convolutions = nn.ModuleList(
            Gated(columns if i == 0 else filters, s, dilation) for i, dilation in enumerate((1, 2, 4))
        )
        self.stride = nn.Conv1d(filters, filters, 2, stride=2)
        self.gate = nn.Linear(filters, filters)
        self.projection = nn.Linear(filters, width) if filters != width else None
        self.encoders = nn.ModuleList(Encoder(width, s) for _ in range(s["encoders"]))
        self.hidden, self.score = nn.Linear(width, width), nn.Linear(width, 1)
        units = [width] + [s["mlpUnits"]] * s["mlpLayers"]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(units, units[1:]))
        self.drop, self.head = nn.Dropout(s["dropoutMlp"]), nn.Linear(units[-1], 1)
        t, column = torch.arange((length + 1) // 2).double()[:, None], torch.arange(width)
        angle = t / 10000 ** ((column - column % 2).double() / width)
        self.register_buffer("places", torch.where(column % 2 == 1, angle.cos(), angle.sin()).float())

    def forward(self, x):  # [B, L, F]
        around = x - x.mean(1, keepdim=True)
        x = around / torch.sqrt(around.square().mean(1, keepdim=True) + 1e-5) * self.gain + self.bias
        x = x.transpose(1, 2)
        for convolution in self.convolutions:
            x = convolution(x)
        x = F.gelu(self.stride(F.pad(x, (0, x.shape[2] % 2)))).transpose(1, 2)
        x = x * torch.sigmoid(self.gate(x))
        if self.projection is not None:
            x = self.projection(x)
        x = x + self.places.to(x.dtype)
        for encoder in self.encoders:
            x = encoder(x)
        scores = torch.softmax(self.score(torch.tanh(self.hidden(x))).transpose(1, 2), -1)
        x = (scores @ x)[:, 0]
        for layer in self.layers:
            x = self.drop(F.gelu(layer(x)))
        return self.head(x)

    def by_name(self):
        """Our names, PyTorch's parameters."""
        named = {"revin.gain": self.gain, "revin.bias": self.bias}

        def add(name, module, weight="weights"):
            named[f"{name}.{weight}"], named[f"{name}.bias"] = module.weight, module.bias

        for i, each in enumerate(self.convolutions):
            add(f"convolution{i}", each.convolution)
            add(f"convolution{i}.norm", each.norm, "gain")
            if each.beside is not None:
                add(f"convolution{i}.beside", each.beside)
        add("stride", self.stride)
        add("gate", self.gate)
        if self.projection is not None:
            add("projection", self.projection)
        for i, each in enumerate(self.encoders):
            add(f"encoder{i}.norm1", each.norm1, "gain")
            add(f"encoder{i}.attention.qkv", each.qkv)
            add(f"encoder{i}.attention.out", each.out)
            add(f"encoder{i}.norm2", each.norm2, "gain")
            add(f"encoder{i}.forward1", each.forward1)
            add(f"encoder{i}.forward2", each.forward2)
        add("pooling.hidden", self.hidden)
        add("pooling.score", self.score)
        for i, each in enumerate(self.layers):
            add(f"layer{i}", each)
        add("head", self.head)
        return named


def ours(weights):
    """Weights or their gradient in our layout: [inputs, outputs], of convolutions [kernel inputs, outputs]."""
    if weights.dim() == 3:
        return weights.permute(2, 1, 0).reshape(-1, weights.shape[0])
    return weights.t() if weights.dim() == 2 else weights


def focal(logits, labels, alpha, gamma):
    s = logits * (2 * labels - 1)
    weight = alpha * labels + (1 - alpha) * (1 - labels)
    return (weight * torch.sigmoid(-s) ** gamma * F.softplus(-s)).mean()


def optimiser(network, rate, decay, fused=False):
    parameters = network.by_name()
    # Only products and convolutions are drawn to zero: no biases, no gains.
    decayed = [p for name, p in parameters.items() if name.endswith("weights")]
    others = [p for name, p in parameters.items() if not name.endswith("weights")]
    groups = [{"params": decayed, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, eps=1e-8, fused=fused)
