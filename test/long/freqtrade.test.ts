/** A strategy that does most of what strategies do, under freqtrade itself and under what stands in for it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyForeign, type ForeignReport } from 'minotaur/runs';
import { temporaryFolder } from '../cli.ts';
import { writeBarsFile } from '../foreign/bars.ts';
import { freqtradePython, pandasPython } from '../foreign/interpreters.ts';

const file = writeBarsFile(join(temporaryFolder(), 'five.csv'), 900, 5, 5);
const strategy = join(import.meta.dirname, '../foreign/everything.py');
const [real, pandas] = [freqtradePython(), pandasPython()];

const judged = (python: string | undefined): Promise<ForeignReport> =>
  verifyForeign({ file, python, freqtrade: strategy, cuts: 3, runs: 36 });

/** Of the pair itself on two timeframes, of two others with names of their own, merged by hand, and its own. */
const COLUMNS =
  'mean_1h mean_4h btc_ret_1h btc_close_1h eth_usdt_sma_1h mean_own ema_12 bb ha_close crossed weighted tag'.split(' ');

function requireVerdicts({ columns, ran, holds }: ForeignReport, stub: RegExp): void {
  assert.equal(holds, false);
  const future = columns.filter(({ verdict }) => verdict === 'future').map(({ name }) => name);
  assert.deepEqual(future, ['future_scaled', 'future_next', 'future_hour']);
  const others = columns.filter(({ verdict }) => verdict !== 'future');
  for (const { name, verdict, text } of others) assert.equal(verdict, 'clean', `${name}: ${text}`);
  const names = new Set(columns.map(({ name }) => name));
  assert.deepEqual(
    COLUMNS.filter((name) => !names.has(name)),
    [],
  );
  assert.match(ran.map(([, text]) => text).join('\n'), stub);
}

const noFreqtrade = 'no Python with freqtrade, which FREQTRADE_PYTHON names';
test('under freqtrade', { skip: real === undefined ? noFreqtrade : false }, async () => {
  requireVerdicts(await judged(real), /the exchange: its bars are the table's/);
});

const noPandas =
  pandas === undefined ? 'no Python with pandas' : pandas === real ? 'no Python with pandas and no freqtrade' : false;
test('under what stands in for freqtrade', { skip: noPandas }, async () => {
  requireVerdicts(await judged(pandas), /freqtrade, which is not installed/);
});
