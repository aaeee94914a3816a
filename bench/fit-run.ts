/** One fit of ours, for fit.ts: DIRECTORY ROWS COLUMNS. */
import { openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fitArtefact } from '../packages/core/src/artefact/fit.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { nodeHashing } from '../packages/minotaur/src/node/hashing.ts';
import { createThreadedLearner } from '../packages/minotaur/src/node/learner.ts';

/** What one fit took. */
export interface FitRun {
  readonly seconds: number;
  readonly cpu: number;
  /** Resident memory of the process at most, bytes. */
  readonly peak: number;
  readonly version: string;
}

const [directory, rowsText, widthText] = process.argv.slice(2);
const rows = Number(rowsText);
const names = Array.from({ length: Number(widthText) }, (_, c) => `x${c}`);
const file = openSync(join(directory, 'x'), 'r');
const column = new Float64Array(rows);
const config = parseConfig({
  clocks: { bars: { bars: 'dollar', threshold: 1000 } },
  drive: 'bars',
  features: { bars: ['close'] },
  transform: { clip: [0.01, 0.99], impute: 'median', scale: 'standard' },
});
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
let [readSeconds, readCpu] = [0, 0];
const [started, spent] = [performance.now(), cpuSeconds()];
await fitArtefact({
  config,
  schemaId: 'bench',
  instruments: 'any',
  columns: names,
  time: Float64Array.from({ length: rows }, (_, i) => i),
  codes: new Int8Array(rows).fill(1),
  eachColumn: async (_, use) => {
    for (const [c, name] of names.entries()) {
      const [began, used] = [performance.now(), cpuSeconds()];
      readSync(file, new Uint8Array(column.buffer), 0, column.byteLength, c * column.byteLength);
      readSeconds += (performance.now() - began) / 1e3;
      readCpu += cpuSeconds() - used;
      await use(name, column, c);
    }
  },
  hashing: nodeHashing,
  createLearner: createThreadedLearner,
});
const seconds = (performance.now() - started) / 1e3 - readSeconds;
const cpu = cpuSeconds() - spent - readCpu;
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds, cpu, peak, version: `Node ${process.version}` } satisfies FitRun));
