import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileNamed, profileOfSymbol, profileOfTardis } from './told.ts';

test('the exchange of a tardis file names the profile, its symbol the market', () => {
  for (const [exchange, symbol, name] of [
    ['binance', 'BTCUSDT', 'binance-spot'],
    ['binance-futures', 'BTCUSDT', 'binance-usdm'],
    ['binance-delivery', 'BTCUSD_PERP', 'binance-coinm'],
    ['deribit', 'BTC-PERPETUAL', 'deribit'],
    ['deribit', 'ETH-27DEC24', 'deribit'],
    ['deribit', 'SOL_USDC-PERPETUAL', 'deribit-linear'],
    ['deribit', 'BTC-27DEC24-50000-C', undefined],
    ['bitmex', 'XBTUSD', 'bitmex'],
    ['bitmex', 'XBTZ24', 'bitmex'],
    ['bitmex', 'UNIUSDT', 'bitmex-linear'],
    ['bitmex', 'ETHUSD', undefined],
    ['bybit', 'BTCUSDT', 'bybit-linear'],
    ['bybit', 'BTC-26DEC25', 'bybit-linear'],
    ['bybit', 'BTCPERP', 'bybit-linear'],
    ['bybit', 'BTCUSD', 'bybit-inverse'],
    ['bybit', 'BTCUSDZ24', 'bybit-inverse'],
    ['okex', 'BTC-USDT', 'okx'],
    ['okex-swap', 'BTC-USDT-SWAP', 'okx-linear'],
    ['okex-futures', 'ETH-USD-211224', 'okx-inverse'],
    ['bitget', 'BTCUSDT', 'tardis'],
  ] as const) {
    assert.equal(profileOfTardis(exchange, symbol)?.name, name, `${exchange} ${symbol}`);
  }
});

test('what may be several profiles is none', () => {
  assert.equal(profileOfSymbol(['bybit-spot', 'bybit-linear'], 'BTCUSDT'), undefined);
  assert.equal(profileNamed('kraken')?.defaults.contract, 'spot');
  assert.equal(profileNamed('mtgox'), undefined);
});
