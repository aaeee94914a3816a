"""Faults and sound features in numpy, a column each; what it has to be found as is the first word of its name."""
import numpy as np


def make(table):
    c, v = table['close'], table['volume']
    n = len(c)
    padded = np.pad(c, 10, mode='edge')
    out = {
        'future_gradient': np.gradient(c),
        'future_same_convolution': np.convolve(c, np.ones(11) / 11, mode='same'),
        'future_polynomial': c - np.polyval(np.polyfit(np.arange(n), c, 3), np.arange(n)),
        'future_fourier': np.fft.irfft(np.where(np.arange(n // 2 + 1) < 20, np.fft.rfft(c), 0), n),
        'future_principal': np.linalg.svd(np.stack([c - c.mean(), v - v.mean()]), full_matrices=False)[2][0] * c,
        'future_roll': np.roll(c, -1),
        'future_argsort': np.argsort(np.argsort(c)).astype(float),
        'future_histogram': np.digitize(c, np.histogram_bin_edges(c, 20)).astype(float),
        'future_symmetric_filter': np.array([padded[i:i + 21].mean() for i in range(n)]),
        'future_normalised': c / np.linalg.norm(c),
        'future_max_scaled': v / v.max(),
        'clean_difference': np.diff(c, prepend=c[0]),
        'clean_sum': np.cumsum(v),
        'clean_highest': np.maximum.accumulate(c),
        'clean_average': np.convolve(c, np.ones(9) / 9)[:n],
        'clean_log': np.log(c),
    }
    average, level = np.empty(n), c[0]
    for i in range(n):
        level += 0.1 * (c[i] - level)
        average[i] = level
    out['clean_loop_average'] = average
    return out


def array(table):
    return np.column_stack([table['close'], np.log(table['close'])])[:, 1]
