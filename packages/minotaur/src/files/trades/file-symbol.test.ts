import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireNamed, symbolOfName } from './file-symbol.ts';

test('names of dumps give their symbol, other names none', () => {
  for (const [name, symbol] of [
    ['data/BTCUSDT-trades-2024-08-08.zip', 'BTCUSDT'],
    ['BTCUSD_PERP-aggTrades-2024-08.zip', 'BTCUSD_PERP'],
    ['ETHUSDT-spot-trades-2024-08-08.csv.gz', 'ETHUSDT'],
    ['BTCUSDT2024-08-08.csv.gz', 'BTCUSDT'],
    ['BTCUSDT_2024-08-08.csv.gz', 'BTCUSDT'],
    ['ethusdt-trades-2024-08-08.csv', 'ethusdt'],
    ['ETH-USDT-trades-2024-08-08.csv', 'ETH-USDT'],
    ['ETHUSDT_trades_2024-08-08.csv', 'ETHUSDT'],
    ['trades.parquet', undefined],
    ['20181205.csv.gz', undefined],
    ['my-trades-2024-08-08.csv', undefined],
    ['BTC-USD_2024-01.csv', 'BTC-USD'],
    ['1INCHUSDT_2024-01-31.parquet', '1INCHUSDT'],
    ['data_2024-01.csv', undefined],
    ['DAY_2024-01.csv', undefined],
    ['kraken/XBTUSD.csv', 'XBTUSD'],
    ['DOGEUSDT.csv.gz', 'DOGEUSDT'],
    ['USD.csv', undefined],
    ['trades_usd.csv', undefined],
    ['TRADES.csv', undefined],
    ['BTCUSDT-um.csv', undefined],
  ] as const) {
    assert.equal(symbolOfName(name), symbol, name);
  }
});

test('a file that is named for another symbol is refused', () => {
  const files = ['BTCUSDT-trades-2024-08-08.zip', 'x.csv'];
  requireNamed(files, undefined);
  requireNamed(files, { symbol: 'BTC-USDT' });
  requireNamed(files, { symbol: 'XBTUSDT', formerly: ['btcusdt'] });
  assert.throws(() => requireNamed(files, { symbol: 'ETHUSDT' }), /named for BTCUSDT/);
  assert.throws(() => requireNamed([...files, 'ETHUSDT2024-08-08.csv.gz'], undefined), /BTCUSDT, ETHUSDT/);
});

test('pairs by month, and those of the Kraken archive: XBT is BTC', () => {
  const files = ['BTC-USD_2024-01.csv', 'BTC-USD_2024-02.csv', 'XBTUSD.csv'];
  requireNamed(files, undefined);
  requireNamed(files, { symbol: 'XBT/USD' });
  requireNamed(files, { symbol: 'BTC/USD' });
  requireNamed(files, { symbol: 'BTC' });
  assert.throws(() => requireNamed(['BTC-USD_2024-01.csv', 'ETH-USD_2024-02.csv'], undefined), /BTC-USD, ETH-USD/);
  assert.throws(() => requireNamed(['XBTUSD.csv', 'XETHUSD.csv'], undefined), /XBTUSD, XETHUSD/);
  assert.throws(() => requireNamed(['XBTUSD.csv'], { symbol: 'ETH/USD' }), /named for XBTUSD/);
});

test('liquidations of tardis are no trades, though their columns are those', () => {
  for (const instrument of [undefined, { symbol: 'BTC-PERPETUAL' }])
    assert.throws(
      () => requireNamed(['x/deribit_liquidations_2023-11-14_PERPETUALS.csv.gz'], instrument),
      /all trades .*found one that is named for liquidations/,
    );
  requireNamed(['deribit_trades_2023-11-14_PERPETUALS.csv.gz', 'my_liquidations.csv'], undefined);
});
