import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrayIndex } from './array-index.ts';
import { monthAfter, monthOf } from './months.ts';

test('the month of a file is that of its name, else of its folders', () => {
  const names = {
    'data/BTCUSDT-trades-2024-08-08.zip': '2024-08',
    's3://b/BTCUSDT-aggTrades-2024-08.csv.gz': '2024-08',
    'trades_20240831.csv': '2024-08',
    'x/month=2023-12/part-0.parquet': '2023-12',
    'x/year=2023/month=4/part-0.parquet': '2023-04',
    '2026-11-30-export/year=2023/month=4/part-0.parquet': '2023-04',
    'year=2020/month=1/copy/year=2023/month=04/part-0.parquet': '2023-04',
    'year=2023/month=04/BTCUSDT-2021-02.csv': '2021-02',
    '2020-01/BTCUSDT_2021_02.csv': '2021-02',
  };
  for (const [path, month] of Object.entries(names)) assert.equal(monthOf(path), month, path);
  assert.throws(() => monthOf('trades.csv'), /trades\.csv: expected a name that says the month/);
  assert.throws(() => monthOf('t-1722816000.csv'), /a name that says the month/);
  assert.throws(() => monthOf('t-2024-13.csv'), /a name that says the month/);
  assert.throws(() => monthOf('t-2024-01_2024-03.csv'), /a file of one month, found a name with 2024-01 and 2024-03/);
  assert.equal(monthAfter('2024-09'), '2024-10');
  assert.equal(monthAfter('2024-12'), '2025-01');
});

test('the index is what the scheduler says; none, two that differ and what is no index are refused', () => {
  assert.equal(arrayIndex({ SLURM_ARRAY_TASK_ID: '7' }), 7);
  assert.equal(arrayIndex({ JOB_COMPLETION_INDEX: '0' }), 0);
  assert.equal(arrayIndex({ AWS_BATCH_JOB_ARRAY_INDEX: '12' }), 12);
  assert.throws(() => arrayIndex({}), /--index: expected an index.*SLURM_ARRAY_TASK_ID.*found none/);
  assert.throws(
    () => arrayIndex({ SLURM_ARRAY_TASK_ID: '1', JOB_COMPLETION_INDEX: '2' }),
    /one scheduler, found SLURM_ARRAY_TASK_ID=1, JOB_COMPLETION_INDEX=2/,
  );
  assert.throws(() => arrayIndex({ SLURM_ARRAY_TASK_ID: '-1' }), /a whole number of at least 0, found '-1'/);
});
