"""Arguments of the elementary functions and their values to 106 bits, as pairs of doubles. Run: python test/golden/elementary/make_elementary.py > test/golden/elementary/values.json"""

import json
import random
import struct

import mpmath as m

m.mp.prec = 1400  # sin of the largest double needs 1,100 bits of pi

FUNCTIONS = {
    "log": (m.log, "positive"),
    "log10": (m.log10, "positive"),
    "log1p": (m.log1p, "above -1"),
    "exp": (m.exp, "any"),
    "expm1": (m.expm1, "any"),
    "sin": (m.sin, "angle"),
    "cos": (m.cos, "angle"),
    "tan": (m.tan, "angle"),
    "atan": (m.atan, "any"),
    "asin": (m.asin, "unit"),
    "acos": (m.acos, "unit"),
    "sinh": (m.sinh, "any"),
    "cosh": (m.cosh, "any"),
    "tanh": (m.tanh, "any"),
    "erf": (m.erf, "error"),
    "erfc": (m.erfc, "tail"),
}
EDGES = [5e-324, 2.2250738585072014e-308, 1e-300, 1e-20, 2**-28, 2**-27, 1e-5, 0.34, 0.35, 0.4375, 0.5, 0.6744, 0.6875]
EDGES += [0.7071, 0.7854, 0.875, 0.975, 0.99999, 1 - 2**-20, 1 - 2**-53, 1.0, 1 + 2**-52, 1 + 2**-20, 1.125, 1.1875, 1.4142]
EDGES += [1.5707963267948966, 2.4375, 3.141592653589793, 6.283185307179586, 22.0, 37.5, 56.5, 355.0, 708.3, 709.78, 710.4]
EDGES += [823549.0, 823550.0, 1e10, 6381956970095103 * 2.0**797, 1e22, 1.7976931348623157e308]


def arguments(kind: str, rng: random.Random) -> list[float]:
    spread = [rng.uniform(-3, 3) for _ in range(60)] + [10 ** rng.uniform(-12, 2.8) for _ in range(60)]
    if kind == "angle":
        spread += [k * 1.5707963267948966 for k in (1, 2, 3, 7, 100, 1001, 65537)]
        spread += [10 ** rng.uniform(2, 300) for _ in range(60)]
    both = [s * x for x in spread + EDGES for s in (1, -1)]
    allowed = {
        "positive": lambda x: x > 0,
        "above -1": lambda x: x > -1,
        "unit": lambda x: abs(x) <= 1,
        "angle": lambda x: True,
        "any": lambda x: True,
        "error": lambda x: True,
        "tail": lambda x: x < 26,
    }[kind]
    if kind in ("error", "tail"):
        both += [s * x for x in (0.25, 0.84375, 1.25, 1 / 0.35, 5.99, 6.0, 15.5, 25.9) for s in (1, -1)]
        both += [rng.uniform(-6, 6) for _ in range(60)]
    if kind == "unit":
        both += [rng.uniform(-1, 1) for _ in range(60)]
    return sorted({x for x in both if allowed(x)})


def main() -> None:
    out = {}
    for name, (function, kind) in FUNCTIONS.items():
        rows = []
        for x in arguments(kind, random.Random(name)):
            exact = function(m.mpf(x))
            high = float(exact)
            if high in (float("inf"), float("-inf")) or 0 < abs(high) < 2.3e-308:
                continue
            rows.append([x, high, float(exact - m.mpf(high))])
        out[name] = rows
    print(json.dumps(out))


main()
