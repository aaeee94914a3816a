"""Faults and sound features in plain Python, a column each; what it has to be found as is the first word of its name."""
import random
import time


def mean(x):
    return sum(x) / len(x)


def make(table):
    c, v, t = table['close'], table['volume'], table['date']
    n = len(c)
    average, low, high = mean(c), min(c), max(c)
    days = {}
    for i in range(n):
        days.setdefault(t[i].date(), []).append(c[i])
    ordered = sorted(c)
    place = {x: i for i, x in enumerate(ordered)}
    out = {
        'future_next': [c[min(i + 1, n - 1)] for i in range(n)],
        'future_centred': [mean(c[max(0, i - 5):i + 6]) for i in range(n)],
        'future_demeaned': [x - average for x in c],
        'future_scaled': [(x - low) / (high - low) for x in c],
        'future_peak': [1.0 if 0 < i < n - 1 and c[i - 1] < c[i] > c[i + 1] else 0.0 for i in range(n)],
        'future_rank': [place[x] / n for x in c],
        'future_close_of_day': [days[t[i].date()][-1] for i in range(n)],
        'future_backfilled': [None] * n,
        'future_remaining': [n - i for i in range(n)],
        'future_median': [x - ordered[n // 2] for x in c],
        'unstable_random': [x + random.random() for x in c],
        'unstable_clock': [x + time.time() for x in c],
        'clean_lag': [c[max(0, i - 1)] for i in range(n)],
        'clean_average': [mean(c[max(0, i - 9):i + 1]) for i in range(n)],
        'clean_hour': [x.hour + 0.0 for x in t],
        'clean_volume': [x / 2 for x in v],
        'clean_text': ['up' if i and c[i] > c[i - 1] else 'down' for i in range(n)],
    }
    nxt = None
    for i in range(n - 1, -1, -1):
        nxt = c[i] if i % 10 == 9 else nxt
        out['future_backfilled'][i] = nxt
    return out


def rows(table):
    return [{'clean_range': row['high'] - row['low'], 'clean_next': i} for i, row in enumerate(table)]
