/** What the tests reached of each room, as `node --experimental-test-coverage` counts it; and what failed. */
import type { TestEvent } from 'node:test/reporters';
import { roomOf } from './room-of.ts';

const KINDS = ['Line', 'Branch', 'Function'] as const;

interface Sums {
  files: number;
  readonly total: number[];
  readonly covered: number[];
}

export default async function* coverageReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if (type === 'test:fail' && data.details.type !== 'suite')
      yield `failed: ${data.name}: ${data.details.error.message}\n`;
    if (type === 'test:diagnostic' && /coverage/i.test(data.message)) yield `${data.message}\n`;
    if (type !== 'test:coverage') continue;
    const rooms = new Map<string, Sums>();
    const add = (name: string, file: (typeof data.summary.files)[number]): void => {
      const sums = rooms.get(name) ?? { files: 0, total: [0, 0, 0], covered: [0, 0, 0] };
      rooms.set(name, sums);
      sums.files++;
      KINDS.forEach((kind, k) => {
        sums.total[k] += file[`total${kind}Count`];
        sums.covered[k] += file[`covered${kind}Count`];
      });
    };
    for (const file of data.summary.files) {
      add(roomOf(file.path), file);
      add('all', file);
    }
    const width = Math.max(...[...rooms.keys()].map((name) => name.length));
    yield `${'coverage, percent'.padEnd(width)}  files   lines  branches  functions\n`;
    for (const [name, { files, total, covered }] of [...rooms].sort(([a], [b]) => order(a, b))) {
      const [lines, branches, functions] = total.map((n, k) => (n === 0 ? 100 : (100 * covered[k]) / n).toFixed(1));
      yield `${name.padEnd(width)}  ${String(files).padStart(5)}  ${lines.padStart(6)}  ${branches.padStart(8)}  ${functions.padStart(9)}\n`;
    }
  }
}

/** By name, the sum of all last. */
const order = (a: string, b: string): number => Number(a === 'all') - Number(b === 'all') || (a < b ? -1 : 1);
