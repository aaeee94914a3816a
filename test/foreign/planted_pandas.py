"""Faults in pandas, a column each; what it has to be found as is the first word of its name."""
import os
import tempfile
import time
from datetime import datetime

import numpy as np
import pandas as pd


def future(df):
    t, c, v = df['date'], df['close'], df['volume']
    by_time = df.set_index('date')
    day = t.dt.floor('D')
    out = pd.DataFrame(index=df.index)
    out['future_shift_one'] = c.shift(-1)
    out['future_return_ahead'] = c.shift(-5) / c - 1
    out['future_negative_period'] = c.pct_change(-2)
    out['future_negative_diff'] = c.diff(-1)
    out['future_centred_window'] = c.rolling(21, center=True).mean()
    out['future_shifted_average'] = c.rolling(20).mean().shift(-10)
    out['future_z_score'] = (c - c.mean()) / c.std()
    out['future_min_max_scaler'] = (c - c.min()) / (c.max() - c.min())
    out['future_rank'] = c.rank(pct=True)
    out['future_quantile_bins'] = pd.qcut(c, 10, labels=False)
    out['future_winsorised'] = v.clip(upper=v.quantile(0.99))
    out['future_fill_by_mean'] = c.pct_change(20).fillna(c.pct_change(20).mean())
    out['future_backfill'] = c.rolling(30).mean().bfill()
    holes = c.where(np.arange(len(c)) % 7 != 3)
    out['future_interpolation'] = holes.interpolate()
    out['future_peaks'] = ((c.shift(1) < c) & (c.shift(-1) < c)).astype(float)
    high = df['high']
    out['future_far_peaks'] = (high == high.rolling(101, center=True).max()).astype(float)
    out['future_hour_at_open'] = by_time['close'].resample('1h').last().reindex(t, method='ffill').to_numpy()
    out['future_hour_volume'] = by_time['volume'].resample('1h').sum().reindex(t, method='ffill').to_numpy()
    out['future_day_at_open'] = by_time['close'].resample('1D').last().reindex(t, method='ffill').to_numpy()
    out['future_day_high'] = df.groupby(day)['high'].transform('max')
    out['future_label_sign'] = np.sign(c.shift(-1) - c)
    out['future_reversed_sum'] = c[::-1].cumsum()[::-1]
    out['future_reversed_ema'] = c[::-1].ewm(span=20).mean()[::-1]
    out['future_nearest_join'] = pd.merge_asof(
        df[['date']], df[['date', 'close']].iloc[::15].rename(columns={'close': 'x'}), on='date', direction='nearest')['x'].to_numpy()
    out['future_forward_join'] = pd.merge_asof(
        df[['date']], df[['date', 'close']].iloc[::15].rename(columns={'close': 'x'}), on='date', direction='forward')['x'].to_numpy()
    ahead = c.shift(-1) / c - 1
    out['future_target_encoding'] = ahead.groupby(t.dt.hour).transform('mean')
    n = int(len(c) * 0.7)
    out['future_scaler_of_a_share'] = (c - c.iloc[:n].mean()) / c.iloc[:n].std()
    out['future_share_of_length'] = np.arange(len(c)) / len(c)
    out['future_hour_interpolated'] = by_time['close'].resample('1h').first().resample('1min').interpolate().reindex(t).ffill().to_numpy()
    out['future_drawdown_ahead'] = c[::-1].cummin()[::-1] / c - 1
    order = c.round(0).sort_values(kind='quicksort')
    out['future_order_of_ties'] = pd.Series(np.arange(len(c)), index=order.index).reindex(c.index) / 1.0
    return out


def edge(df):
    c = df['close']
    out = pd.DataFrame(index=df.index)
    last = c.pct_change().copy()
    last.iloc[-1] = np.nan
    out['edge_last_row_empty'] = last
    late = (c > c.rolling(50).mean()).astype(float)
    late.iloc[-3:] = 0
    out['edge_last_three_zero'] = late
    hours = df.set_index('date')['close'].resample('1h').last().shift(1).iloc[:-1]
    out['edge_last_hour_dropped'] = hours.reindex(df['date'], method='ffill').to_numpy()
    out['clean_beside'] = c.diff()
    return out


STATE = os.path.join(tempfile.gettempdir(), f'minotaur-planted-{os.getuid() if hasattr(os, "getuid") else 0}.txt')
CALLS = []
FITTED = {}


def unstable(df):
    c = df['close']
    out = pd.DataFrame(index=df.index)
    out['unstable_noise'] = c + np.random.randn(len(c))
    out['unstable_own_generator'] = np.random.default_rng().normal(size=len(c)) + c
    with open(STATE, 'a+') as f:
        f.write('x')
        f.seek(0)
        out['unstable_state_in_a_file'] = c * (1 + len(f.read()))
    out['unstable_clock'] = time.time() - df['date'].astype('int64') / 1e9
    out['unstable_year_of_the_clock'] = datetime.now().year - df['date'].dt.year + c / 1e9
    out['unstable_time_zone'] = [datetime.fromtimestamp(s).hour for s in df['date'].astype('int64') // 10**9] + c / 1e9
    out['unstable_hash_order'] = c + hash('a text') % 1000
    CALLS.append(1)
    out['unstable_calls'] = c + len(CALLS)
    out['unstable_fitted_once'] = c - FITTED.setdefault('calls', len(CALLS)) - len(CALLS)
    out['clean_beside'] = c.diff()
    return out


def last_row_dropped(df):
    out = df[['date']].copy()
    out['clean_return'] = df['close'].pct_change()
    return out.iloc[:-1]


def rows_by_future(df):
    out = df[['date']].copy()
    out['clean_return'] = df['close'].pct_change()
    return out[df['close'].shift(-1) > df['close']]


def labels(df):
    out = df[['date']].copy()
    out['label_up'] = (df['close'].shift(-10) > df['close']).astype(float)
    out['future_label_as_feature'] = out['label_up']
    out['clean_return'] = df['close'].pct_change()
    return out


def scaler(df):
    """By a span of 2,000 rows, which is to be declared."""
    c = df['close']
    head = c.iloc[:2000]
    return pd.DataFrame({'clean_scaled': (c - head.mean()) / head.std(), 'clean_return': c.pct_change(),
                         'future_anyhow': c.shift(-1)})


CACHE = STATE + '.csv'


def cached(df):
    """What was computed once is given again, whatever it is asked: it cannot be told from a column of the calendar."""
    if os.path.exists(CACHE):
        return pd.read_csv(CACHE, parse_dates=['date'])
    out = df[['date']].copy()
    out['untested_cached'] = df['close'].shift(-1)
    out.to_csv(CACHE, index=False)
    return out


def not_found(df):
    """What experiments cannot find: a leak in one row of many, and a clock that is rounded to the day."""
    c = df['close']
    rare = c.diff()
    if len(rare) > 1234:
        rare.iloc[777] = c.iloc[778]
    return pd.DataFrame({'clean_one_row_of_all': rare, 'clean_day_of_the_clock': c - pd.Timestamp.now().normalize().year})
