"""The peer of bench/training.ts: steps of the same network in PyTorch, two threads, when asked for on standard input.

    python bench/training.py FOLDER
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "test/golden/torch"))
from networks import CnnTransformer, focal, optimiser, ours  # noqa: E402

folder = Path(sys.argv[1])
case = json.loads((folder / "case.json").read_text())
torch.set_num_threads(case["threads"])
network = CnnTransformer(case["length"], case["width"], case["settings"])
flat = torch.from_numpy(np.fromfile(folder / "p.f32", "f4"))
with torch.no_grad():
    for name, parameter in network.by_name().items():
        offset = next(p["offset"] for p in case["parameters"] if p["name"] == name)
        values = flat[offset : offset + parameter.numel()]
        shape = ours(parameter).shape
        if parameter.dim() == 3:
            out, inputs, kernel = parameter.shape
            parameter.copy_(values.view(kernel, inputs, out).permute(2, 1, 0))
        else:
            parameter.copy_(values.view(shape).t() if parameter.dim() == 2 else values)
x = torch.from_numpy(np.fromfile(folder / "x.f32", "f4")).view(case["batch"], case["length"], case["width"])
y = torch.from_numpy(np.fromfile(folder / "y.f32", "f4")).view(case["batch"], 1)
adam = optimiser(network, case["rate"], case["decay"], fused=True)


def step():
    adam.zero_grad(set_to_none=True)
    loss = focal(network(x), y, case["alpha"], case["gamma"])
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), case["clip"])
    adam.step()
    return loss.item()


print(json.dumps({"version": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    times, losses, processor = [], [], time.process_time()
    for _ in range(int(line)):
        begin = time.perf_counter()
        losses.append(step())
        times.append((time.perf_counter() - begin) * 1e3)
    used = (time.process_time() - processor) * 1e3
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"times": times, "losses": losses, "processor": used, "memory": memory}), flush=True)
