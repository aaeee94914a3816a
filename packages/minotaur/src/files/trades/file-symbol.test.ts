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
