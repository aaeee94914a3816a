"""TA-Lib beside the complete time-bar set, and the pipeline of pandas, numpy and TA-Lib that one writes for it.

Standard input: open, high, low, close, volume, ofi, open_time (microseconds) as float64, one after the other. Argument: JSON
{"calls": [TA-Lib calls over o, h, l, c, v], "piece": rows} for these calls over one piece of the rows after the other, or
{"patterns": [names], "rows": n, "profileRows": n, "loopRows": n} for the pipeline. Prints JSON, nanoseconds of processor time a row.

The pipeline runs over the first `rows` rows; volume profiles and divergence, which are loops, over `profileRows` and
`loopRows`, and their cost per row is what counts.
"""

import json
import sys
import time

import numpy as np
import talib

PINNED = "0.8.2"
if talib.__version__ != PINNED:
    sys.exit(f"expected TA-Lib {PINNED}, found {talib.__version__}")

ask = json.loads(sys.argv[1])
data = np.frombuffer(sys.stdin.buffer.read()).reshape(7, -1)
o, h, l, c, v, ofi, opened = (np.ascontiguousarray(x) for x in data)


def elapsed(work, rows):
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1e9 / rows


def columns(n):
    """Everything but the loops, into one frame."""
    import pandas as pd

    df = pd.DataFrame({"open": o[:n], "high": h[:n], "low": l[:n], "close": c[:n], "volume": v[:n], "ofi": ofi[:n]})
    op, hi, lo, cl, vo = df["open"], df["high"], df["low"], df["close"], df["volume"]
    out = {"volume_log": np.log1p(vo), "quote_volume_log": np.log1p(vo * cl)}
    for name in ("close", "high", "low"):
        out[f"log_return_{name}"] = np.log(df[name] / df[name].shift(1))
    out["price_change_pct"] = (cl - op) / op
    out["high_low_pct"] = (hi - lo) / lo
    out["close_vs_high_pct"] = (cl - hi) / hi
    out["close_vs_low_pct"] = (cl - lo) / lo
    out["body_vs_range"] = np.where(hi == lo, 0, (op - cl).abs() / (hi - lo))
    out["wick_vs_range"] = np.where(hi == lo, 0, 1 - (op - cl).abs() / (hi - lo))
    for k in (10, 20, 50, 100, 200):
        out[f"sma_{k}"] = talib.SMA(cl, k)
    for k in (10, 12, 20, 26, 50, 100, 200):
        out[f"ema_{k}"] = talib.EMA(cl, k)
    for k in (20, 50):
        out[f"volume_sma_{k}"] = talib.SMA(vo, k)
    for k in (7, 14, 21):
        rsi = out[f"rsi_{k}"] = talib.RSI(cl, k)
        out[f"rsi_{k}_ob"] = (rsi > 70).astype(float).where(rsi.notna())
        out[f"rsi_{k}_os"] = (rsi < 30).astype(float).where(rsi.notna())
        out[f"rsi_{k}_neutral"] = ((rsi >= 30) & (rsi <= 70)).astype(float).where(rsi.notna())
    out["macd"], out["macd_signal"], out["macd_hist"] = talib.MACD(cl, 12, 26, 9)
    for k in (14, 20):
        for name in ("ADX", "PLUS_DI", "MINUS_DI", "CCI", "ATR", "NATR"):
            out[f"{name.lower()}_{k}"] = getattr(talib, name)(hi, lo, cl, k)
        out[f"mfi_{k}"] = talib.MFI(hi, lo, cl, vo, k)
    for k in (1, 5, 10, 20):
        out[f"roc_{k}"] = talib.ROC(cl, k)
    k, d = out["stoch_k"], out["stoch_d"] = talib.STOCH(hi, lo, cl, 14, 3, 0, 3, 0)
    out["is_stoch_ob_80"] = (k > 80).astype(float).where(k.notna())
    out["is_stoch_os_20"] = (k < 20).astype(float).where(k.notna())
    out["ultosc"] = talib.ULTOSC(hi, lo, cl, 7, 14, 28)
    for k in (14, 28):
        out[f"willr_{k}"] = talib.WILLR(hi, lo, cl, k)
    out["obv"] = talib.OBV(cl, vo)
    upper, middle, lower = talib.BBANDS(cl, 20, 2, 2)
    out["bbands_upper_20"], out["bbands_middle_20"], out["bbands_lower_20"] = upper, middle, lower
    out["bb_width_20"] = (upper - lower) / middle
    out["bb_pct_b_20"] = (cl - lower) / (upper - lower)
    out["ht_trendline"] = talib.HT_TRENDLINE(cl)
    out["ht_sine"], out["ht_leadsine"] = talib.HT_SINE(cl)
    times = pd.to_datetime(opened[:n].astype("int64"), unit="us", utc=True)
    for name, at, length in (("hour", times.hour, 24), ("day_of_week", times.dayofweek, 7), ("month", times.month - 1, 12)):
        out[f"{name}_sin"] = np.sin(2 * np.pi * at / length)
        out[f"{name}_cos"] = np.cos(2 * np.pi * at / length)
    returns = out["log_return_close"]
    for k in (10, 20, 30):
        out[f"volatility_logret_{k}"] = returns.rolling(k).std()
    for k in (1, 2, 3, 5, 8):
        out[f"log_return_close_lag_{k}"] = returns.shift(k)
        out[f"volume_lag_{k}"] = vo.shift(k)
    for k in (1, 2, 3):
        out[f"ofi_lag_{k}"] = df["ofi"].shift(k)
    for k in (20, 50):
        out[f"skew_{k}"] = returns.rolling(k).skew()
        out[f"kurt_{k}"] = returns.rolling(k).kurt()
    strong, up, known = out["adx_14"] > 25, out["ema_12"] > out["ema_26"], out["adx_14"].notna() & out["ema_26"].notna()
    flags = {"uptrend_strong": strong & up, "downtrend_strong": strong & ~up, "uptrend_weak": ~strong & up}
    flags |= {"downtrend_weak": ~strong & ~up, "ranging": ~strong}
    for name, flag in flags.items():
        out[f"regime_{name}"] = flag.astype(float).where(known)
    for name in ask["patterns"]:
        out[name] = getattr(talib, name.upper())(op, hi, lo, cl)
    return pd.DataFrame(out, index=df.index)


def profile(n, window, bins):
    """Point of control and value area of the last `window` bars, one row after the other."""
    out = np.full((n, 3), np.nan)
    for i in range(window - 1, n):
        at = slice(i - window + 1, i + 1)
        lows, highs, volumes = l[at], h[at], v[at]
        bottom, width = lows.min(), (highs.max() - lows.min()) / bins
        if width == 0:
            out[i] = bottom
            continue
        first = np.minimum(((lows - bottom) / width).astype(int), bins - 1)
        last = np.minimum(((highs - bottom) / width).astype(int), bins - 1)
        share = volumes / (last - first + 1)
        steps = np.bincount(first, share, bins + 1) - np.bincount(last + 1, share, bins + 1)
        held = np.cumsum(steps[:bins])
        poc = int(held.argmax())
        a = b = poc
        inside, wanted = held[poc], 0.7 * held.sum()
        while inside < wanted and (a > 0 or b < bins - 1):
            below = held[a - 1] if a > 0 else -1.0
            above = held[b + 1] if b < bins - 1 else -1.0
            if below >= above:
                a -= 1
                inside += below
            if above >= below:
                b += 1
                inside += above
        out[i] = bottom + (poc + 0.5) * width, bottom + a * width, bottom + (b + 1) * width
    return out


def divergence(n, side=5, apart=30):
    """Bearish and bullish flags of RSI-14 at the bars that confirm an extreme."""
    rsi = talib.RSI(c[:n], 14)
    flags = np.zeros((n, 2))
    for column, sign, price, other in ((0, 1, h, l), (1, -1, l, h)):
        before = -1
        for i in range(2 * side, n):
            at = i - side
            window = sign * price[i - 2 * side : i + 1]
            if int(window.argmax()) != side:
                continue
            if (sign * (price[at] - other[i - 2 * side : i + 1])).max() < 0.005 * price[at]:
                continue
            if before >= 0 and at - before <= apart:
                higher = sign * price[at] > sign * price[before]
                weaker = sign * rsi[at] < sign * rsi[before]
                extreme = sign * rsi[before] > (60 if sign > 0 else -40)
                flags[i, column] = float(higher and weaker and extreme)
            before = at
    return flags


def pieces(calls, rows):
    """What all calls together take over each piece."""
    compiled = [compile("talib." + call, call, "eval") for call in calls]
    took = []
    for at in range(0, len(c) - rows + 1, rows):
        names = {"talib": talib} | {k: x[at : at + rows] for k, x in zip("ohlcv", (o, h, l, c, v))}
        took.append(elapsed(lambda: [eval(call, names) for call in compiled], rows))
    return took


if "calls" in ask:
    print(json.dumps(pieces(ask["calls"], ask["piece"])))
else:
    n, m, k = ask["rows"], ask["profileRows"], ask["loopRows"]
    columns(10_000)
    vectors = elapsed(lambda: columns(n), n)
    profiles = sum(elapsed(lambda: profile(m, w, b), m) for w in (50, 100) for b in (50, 100))
    loops = elapsed(lambda: divergence(k), k)
    print(json.dumps({"columns": vectors, "profiles": profiles, "divergence": loops}))
