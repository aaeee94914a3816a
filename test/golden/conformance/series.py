"""Real series, made from files of trades and bars, for measure.ts: one folder of columns (open, high, low, close, volume) each.

    python series.py DATA FOLDER

DATA holds recordings of trades that are not part of this repository (docs/conformance.md names their sources). A bar
without trades is flat at the close before and has volume 0, as exchanges show it; nothing else is made up.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

DATA, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])


def binance(*files):
    """Time in ms, price, quantity."""
    parts = [pd.read_csv(DATA / 'binance' / f, header=None, usecols=[1, 2, 4]) for f in files]
    rows = pd.concat(parts)
    return rows[4].to_numpy(), rows[1].to_numpy(), rows[2].to_numpy()


def trx(kind, unit):
    rows = pd.read_csv(DATA / 'trx' / f'test_positive_binance_trade_stream_{kind}_trxusdt_04-03-2025.csv.gz')
    rows = rows[rows.Price > 0]
    return rows.TransactionTime.to_numpy() // unit, rows.Price.to_numpy(), rows.Quantity.to_numpy()


def coinbase():
    rows = pd.read_csv(DATA / 'coinbase' / 'btc_trades.csv.gz')
    time = pd.to_datetime(rows.timestamp, utc=True).dt.as_unit('ms').astype('int64')
    return time.to_numpy(), rows.price.to_numpy(), rows.amount.to_numpy()


def spy():
    rows = pd.read_csv(DATA / 'spy' / 'SPY_20131007-11_trades.csv.zst', usecols=['time_ms', 'price', 'size', 'suspicious'])
    rows = rows[rows.suspicious == 0]
    return rows.time_ms.to_numpy(), rows.price.to_numpy(), rows['size'].to_numpy()


def bars(trades, step, rows=None):
    """Bars of `step` ms from the first trade on, silences filled; `rows` bars where the file ends before."""
    time, price, amount = trades
    order = np.argsort(time, kind='stable')
    bar = (time[order] - time.min()) // step
    groups = pd.DataFrame({'bar': bar, 'price': price[order], 'amount': amount[order]}).groupby('bar')
    made = groups.price.agg(['first', 'max', 'min', 'last']).set_axis(['open', 'high', 'low', 'close'], axis=1)
    made['volume'] = groups.amount.sum()
    made = made.reindex(range(rows or bar.max() + 1))
    made['volume'] = made.volume.fillna(0)
    made['close'] = made.close.ffill()
    for name in ('open', 'high', 'low'):
        made[name] = made[name].fillna(made.close)
    return made


def looped(table, silences, rows):
    """The table again and again, after each a silence of the next length."""
    parts, length = [], 0
    flat = table.iloc[-1:].assign(volume=0.0)
    for column in ('open', 'high', 'low'):
        flat[column] = flat.close
    for k in range(rows):
        if length >= rows:
            break
        parts += [table, flat.loc[flat.index.repeat(silences[k % len(silences)])]]
        length += len(parts[-2]) + len(parts[-1])
    return pd.concat(parts).iloc[:rows]


def minutes():
    return pd.read_csv(DATA / 'bars' / 'btc-perp-1m-2022-01.csv.gz')


SPOT = 'BTCUSDT-spot-trades-2024-08-08.csv.gz', 'BTCUSDT-spot-trades-2024-08-09.csv.gz'
ETHER = 'ETHUSDT-spot-trades-2024-08-08.csv.gz', 'ETHUSDT-spot-trades-2024-08-09.csv.gz'
TWO_DAYS = 172_800
SERIES = {
    'btc-1m': minutes,
    'btc-spot-1s': lambda: bars(binance(*SPOT), 1000, TWO_DAYS),
    'btc-looped-1s': lambda: looped(bars(binance(*SPOT), 1000), (60, 600, 7200), 600_000),
    'eth-spot-1s': lambda: bars(binance(*ETHER), 1000, TWO_DAYS),
    'btc-usdm-100ms': lambda: bars(binance('BTCUSDT-usdm-trades-2024-08-08.csv.gz'), 100),
    'eth-usdm-100ms': lambda: bars(binance('ETHUSDT-usdm-trades-2024-08-08.csv.gz'), 100),
    'trx-spot-100ms': lambda: bars(trx('spot', 1000), 100),
    'trx-usdm-100ms': lambda: bars(trx('usd_m_futures', 1), 100),
    'coinbase-100ms': lambda: bars(coinbase(), 100),
    'spy-1s': lambda: bars(spy(), 1000),
    'spy-500ms': lambda: bars(spy(), 500),
}

for name, make in SERIES.items():
    table = make()
    (FOLDER / name).mkdir(parents=True, exist_ok=True)
    for column in ('open', 'high', 'low', 'close', 'volume'):
        table[column].to_numpy(float).tofile(FOLDER / name / f'{column}.f64')
    silent = int((table.volume == 0).sum())
    print(f'{name}: {len(table)} rows, {silent} without trades')
