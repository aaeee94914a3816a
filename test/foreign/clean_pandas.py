"""Sound features in pandas, a column each: none may be found at fault."""
import numpy as np
import pandas as pd


def make(df):
    t, o, h, l, c, v = (df[n] for n in ('date', 'open', 'high', 'low', 'close', 'volume'))
    by_time = df.set_index('date')
    day = t.dt.floor('D')
    r = c.pct_change()
    out = {}
    out['return'] = r
    out['log_return'] = np.log(c).diff()
    out['lag'] = c.shift(1)
    out['sma'] = c.rolling(20).mean()
    out['sma_partial'] = c.rolling(20, min_periods=1).mean()
    out['std'] = r.rolling(30).std()
    out['z_rolling'] = (c - c.rolling(50).mean()) / c.rolling(50).std()
    out['z_expanding'] = (c - c.expanding().mean()) / c.expanding().std()
    out['rank_rolling'] = c.rolling(50).rank(pct=True)
    out['quantile_rolling'] = c.rolling(50).quantile(0.9)
    out['quantile_expanding'] = c.expanding(20).quantile(0.5)
    out['corr'] = r.rolling(40).corr(v.pct_change())
    out['cov'] = r.rolling(40).cov(v.pct_change())
    out['skew'] = r.rolling(60).skew()
    out['kurt'] = r.rolling(60).kurt()
    out['ema'] = c.ewm(span=20).mean()
    out['ema_seeded'] = c.ewm(span=20, adjust=False).mean()
    out['ewm_var'] = r.ewm(halflife=15).var()
    gain, loss = r.clip(lower=0).ewm(alpha=1 / 14).mean(), (-r).clip(lower=0).ewm(alpha=1 / 14).mean()
    out['rsi'] = 100 - 100 / (1 + gain / loss)
    out['macd'] = c.ewm(span=12).mean() - c.ewm(span=26).mean()
    tr = pd.concat([h - l, (h - c.shift()).abs(), (l - c.shift()).abs()], axis=1).max(axis=1)
    out['atr'] = tr.ewm(alpha=1 / 14).mean()
    out['bollinger'] = (c - c.rolling(20).mean()) / (2 * c.rolling(20).std())
    out['stochastic'] = (c - l.rolling(14).min()) / (h.rolling(14).max() - l.rolling(14).min())
    out['obv'] = (np.sign(c.diff()).fillna(0) * v).cumsum()
    out['cumulative'] = r.cumsum()
    out['drawdown'] = c / c.cummax() - 1
    out['vwap_of_day'] = (c * v).groupby(day).cumsum() / v.groupby(day).cumsum()
    out['bar_of_day'] = c.groupby(day).cumcount()
    out['filled'] = c.where(c.diff() > 0).ffill()
    out['hour_complete'] = by_time['close'].resample('1h', label='right').last().reindex(t, method='ffill').to_numpy()
    out['hour_shifted'] = by_time['close'].resample('1h').last().shift(1).reindex(t, method='ffill').to_numpy()
    out['day_before'] = by_time['high'].resample('1D').max().shift(1).reindex(t, method='ffill').to_numpy()
    past = df[['date', 'close']].iloc[::15].rename(columns={'close': 'x'})
    out['join_backward'] = pd.merge_asof(df[['date']], past, on='date')['x'].to_numpy()
    out['hour'] = t.dt.hour
    out['weekday_name'] = t.dt.day_name()
    out['hour_mean_so_far'] = r.groupby(t.dt.hour).transform(lambda x: x.shift().expanding().mean())
    out['body'] = (c - o) / (h - l)
    out['up'] = c > o
    out['state'] = np.where(r > 0.001, 'up', np.where(r < -0.001, 'down', 'flat'))
    out['streak'] = (r > 0).groupby((r <= 0).cumsum()).cumsum()
    out['autocorrelation'] = r.rolling(30).apply(lambda x: np.corrcoef(x[:-1], x[1:])[0, 1], raw=True)
    out['volume_ratio'] = v / v.rolling(20).median()
    out['peak_confirmed'] = ((c.shift(2) < c.shift(1)) & (c < c.shift(1))).astype(float)
    out['gap'] = o - c.shift()
    out['seeded_noise'] = c + np.random.RandomState(7).normal(size=len(c))
    out['convolved'] = np.convolve(c, np.ones(5) / 5)[: len(c)]
    return pd.DataFrame(out, index=df.index)


def dropped_head(df):
    """Rows of the warm-up are dropped, and the index says which are left."""
    out = pd.DataFrame({'sma': df['close'].rolling(50).mean(), 'return': df['close'].pct_change()})
    return out.dropna()


def hours(df):
    """Rows of another clock, stamped when they are complete."""
    bars = df.set_index('date').resample('1h', label='right', closed='left').agg({'close': 'last', 'volume': 'sum'})
    return pd.DataFrame({'close_of_hour': bars['close'], 'return_of_hour': bars['close'].pct_change(), 'volume_of_hour': bars['volume']})


def in_place(df):
    df['feature'] = df['close'].diff()


def unsorted(df):
    """Sorts what it is given."""
    s = df.sort_values('date')
    return pd.DataFrame({'date': s['date'], 'sorted_return': s['close'].pct_change()})
