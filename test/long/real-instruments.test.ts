/** One model over the rows of real BTC and ETH. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { buildSymbols, verify } from 'minotaur/runs';
import { dataFile, minotaur, needsData } from '../cli.ts';
import { at, chain, learn } from '../several.ts';

/** As a user has them: three commands with several directories, and their words. */
function commands(name: string, config: string, rows: readonly string[], files: readonly string[]) {
  const [labels, splits] = [at(`${name}-labels`), at(`${name}-splits.parquet`)];
  const said = (command: string, ...flags: readonly string[]): string => {
    const { status, stdout, stderr } = minotaur(command, '--rows', ...rows, '--config', config, ...flags);
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const labelled = said('label', '--trades', ...files, '--out', labels);
  const divided = said('split', '--labels', labels, '--out', splits);
  const fitted = said('fit', '--splits', splits, '--instruments', 'any', '--out', at(`${name}.json`));
  return { labelled, divided, fitted };
}

test('real BTC and ETH of the same minutes: from trades to predictions and their verification', needsData, async () => {
  const real = {
    BTCUSDT: [dataFile('binance/BTCUSDT-spot-trades-2024-08-08.csv.gz')],
    ETHUSDT: [dataFile('binance/ETHUSDT-spot-trades-2024-08-08.csv.gz')],
  };
  const config: ConfigInput = { ...chain(30, 0.0001), sequence: { length: 2 } };
  await buildSymbols({ config, trades: real, out: at('real') });
  const rows = [at('real', 'BTCUSDT'), at('real', 'ETHUSDT')];
  const { learned, divided, predicted } = await learn('real', config, real, rows);
  for (const symbol of ['BTCUSDT', 'ETHUSDT'] as const) {
    assert.ok(divided.folds[0].symbols[symbol].train > 30, JSON.stringify(divided.folds[0]));
    assert.ok(predicted.symbols[symbol].predicted > 30);
    const { artefact, model } = learned;
    const own = { config: { ...config, symbol }, trades: real[symbol], artefact, model, checks: ['predictions'] };
    const served = await verify(own);
    assert.ok(served.holds && served.answered, JSON.stringify(served.checks));
  }
  const { labels, splits, artefact, predictions } = learned;
  const isolated = await verify({ config, rows, labels, splits, artefact, predictions });
  assert.ok(isolated.holds && isolated.answered, JSON.stringify(isolated.checks));

  writeFileSync(at('real.json'), JSON.stringify(config));
  const files = Object.entries(real).map(([symbol, [file]]) => `${symbol}=${file}`);
  const { labelled, divided: words, fitted } = commands('real-cli', at('real.json'), rows, files);
  assert.match(labelled, /BTCUSDT: [\d,]+ of [\d,]+ rows labelled\n.*ETHUSDT: /);
  assert.match(words, /fold 0 .*\n +BTCUSDT: \d+ train, .*\n +ETHUSDT: \d+ train/);
  assert.match(fitted, /BTCUSDT: \d+ training of .*\n +ETHUSDT: .*\n +for any instrument/);
});
