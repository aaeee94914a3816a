/** One training of ours, for trees.ts: DIRECTORY ROWS COLUMNS SEED plain|bagged. The last tenth of the rows is for the test. */
import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { rocAuc } from '../packages/core/src/model/evaluation/metrics.ts';
import { createTreeTrainer, predictTrees } from '../packages/core/src/model/trees/trees.ts';
import { createTreeCrew } from '../packages/minotaur/src/node/tree-crew.ts';

/** What one training took, and how good it is. */
export interface TreesRun {
  readonly seconds: number;
  readonly cpu: number;
  /** The most that the process held beyond what it held before, bytes. */
  readonly memory: number;
  readonly auc: number;
  readonly version: string;
  readonly threads: number;
}

const [directory, rowsText, widthText, seed, kind] = process.argv.slice(2);
const [rows, width] = [Number(rowsText), Number(widthText)];
const cut = Math.floor(0.9 * rows);
const y = new Float64Array(Uint8Array.from(readFileSync(join(directory, 'y'))).buffer);
const file = openSync(join(directory, 'x'), 'r');
const column = new Float32Array(rows);
const read = (c: number): Float32Array => {
  readSync(file, new Uint8Array(column.buffer), 0, column.byteLength, c * column.byteLength);
  return column;
};
const before = process.memoryUsage().rss;
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const crew = createTreeCrew(1);
const fractions = kind === 'bagged' ? { baggingFraction: 0.7, featureFraction: 0.7 } : {};
let [seconds, cpu] = [0, 0];
const timed = <T>(work: () => T): T => {
  const [started, spent] = [performance.now(), cpuSeconds()];
  const result = work();
  seconds += (performance.now() - started) / 1e3;
  cpu += cpuSeconds() - spent;
  return result;
};
const options = { rounds: 20, seed: Number(seed), ...fractions };
const trainer = timed(() => createTreeTrainer({ train: { y: y.slice(0, cut) }, width }, options, crew));
for (let c = 0; c < width; c++) {
  const values = read(c).subarray(0, cut);
  timed(() => trainer.addColumn(c, values));
}
const { model } = timed(() => trainer.train());
await crew.ended();
const memory = process.resourceUsage().maxRSS * 1024 - before;
const used = new Set(model.trees.flatMap((tree) => tree.column));
const test = Array.from({ length: width }, (_, c) => (used.has(c) ? read(c).slice(cut) : new Float32Array(0)));
const scores = predictTrees(model, { rows: rows - cut, width, columns: test });
const auc = rocAuc(scores, y.slice(cut));
console.log(
  JSON.stringify({ seconds, cpu, memory, auc, version: `Node ${process.version}`, threads: 2 } satisfies TreesRun),
);
