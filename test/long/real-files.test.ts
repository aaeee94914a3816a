/** Build and replay of every real file with the complete preset; a line for each says what came out. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Manifest } from '../../packages/minotaur/src/store/manifest.ts';
import { presets } from '../../packages/core/src/config/presets.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import { dataFile, needsData, run, temporaryFolder } from '../cli.ts';
import { completeBarsConfig, completeConfig, REAL_BARS, realFiles } from '../real-files.ts';

const folder = temporaryFolder();
const { columns: complete } = createEngine(presets.minotaur);

/** Runs both, compares them, and returns what the build says of itself. */
function agree(file: string, options: readonly string[], say: (line: string) => void): Manifest {
  const [build, replay] = ['build', 'replay'].map((command) => join(folder, command));
  const built = run('build', ...options, '--out', build);
  const replayed = run('replay', ...options, '--out', replay);
  assert.equal(replayed.digest, built.digest);
  assert.deepEqual(replayed.counts, built.counts);
  assert.equal(replayed.schemaId, built.schemaId);
  const { counts, columns, digest, seconds } = built;
  say(
    `| ${file} | ${counts.trades} | ${counts.rows} | ${columns.length} | ${digest} | ${seconds} | ${replayed.seconds} |`,
  );
  for (const out of [build, replay]) rmSync(out, { recursive: true });
  return built;
}

for (const { file, threshold } of realFiles) {
  test(`the complete preset over ${file}: build and replay agree`, needsData, (t) => {
    const options = ['--trades', dataFile(file), '--config', completeConfig(folder, threshold)];
    const built = agree(file, options, (line) => t.diagnostic(line));
    assert.ok(built.counts.rows > 20, `only ${built.counts.rows} rows`);
    assert.deepEqual(built.columns, complete);
  });
}

test(`the complete preset over ${REAL_BARS.file}: build and replay agree`, needsData, (t) => {
  const { file, rows } = REAL_BARS;
  const options = ['--bars', dataFile(file), '--config', completeBarsConfig(folder)];
  const built = agree(file, options, (line) => t.diagnostic(line));
  const { bars } = built.counts;
  assert.equal(built.counts.rows, rows);
  assert.equal(bars['15min'], Math.floor(rows / 15));
  assert.equal(bars.medium, Math.floor(bars.short / 10));
  // Bars made of bars count them; made of trades these three do not.
  const more = ['db_s', 'tb_15min', 'tb_4hour'].map((suffix) => `constituent_bar_count_${suffix}`);
  assert.deepEqual(new Set(built.columns), new Set([...complete, ...more]));
});
