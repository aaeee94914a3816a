"""Twenty features as a script has them, in pandas: averages, deviations, ranges, volume."""
import pandas  # noqa: F401, by which the frame is chosen


def make(df):
    c, h, l, v = df['close'], df['high'], df['low'], df['volume']
    r = c.pct_change()
    out = {}
    for n in (10, 20, 50, 100):
        out[f'sma_{n}'] = c / c.rolling(n).mean()
        out[f'ema_{n}'] = c / c.ewm(span=n, adjust=False).mean()
        out[f'std_{n}'] = r.rolling(n).std()
        out[f'range_{n}'] = h.rolling(n).max() - l.rolling(n).min()
        out[f'volume_{n}'] = v / v.rolling(n).mean()
    return out
