"""Features as people write them in plain Python: two are sound, one reads the bar that comes next."""


def make(bars):
    close = bars['close']
    average, level = [], close[0]
    for price in close:
        level += 0.1 * (price - level)
        average.append(level)
    change = [None] + [b - a for a, b in zip(close, close[1:])]
    coming = [b > a for a, b in zip(close, close[1:])] + [None]
    return {'average': average, 'change': change, 'coming': coming}
