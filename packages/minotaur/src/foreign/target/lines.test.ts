/** A live program is asked line by line, and ended with what it has started. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { ForeignTable } from '../table/table.ts';
import { openCommand } from './command.ts';
import { runLines } from './lines.ts';
import { isFailed } from './target.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-lines-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const skip = process.platform === 'win32' ? 'processes have no groups here' : false;

function program(name: string, text: string, by: string = process.execPath): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return `"${by}" "${path}"`;
}

const ROWS = 40;
const column = (name: string, type: 'time' | 'number', value: (i: number) => number) => ({
  name,
  type,
  values: Float64Array.from({ length: ROWS }, (_, i) => value(i)),
});
const table: ForeignTable = {
  time: 'time',
  form: 'us',
  index: false,
  rows: ROWS,
  columns: [column('time', 'time', (i) => 1.7e15 + i), column('x', 'number', (i) => i + 1)],
  ordinals: Int32Array.from({ length: ROWS }, (_, i) => i),
  later: 0,
};

/** Answers in two pieces each, and says beside each how many lines it has been given beyond those it has answered. */
const PIECES = `
let [rest, got, said] = ['', 0, 0];
const queue = [];
let busy = false;
const words = (line) => (line.startsWith('time') ? 'ahead,undefined' : String(got - said - 1) + ',' + (line === 'undefined' ? 1 : 0));
const step = () => {
  const line = queue.shift();
  if (line === undefined) return void (busy = false);
  busy = true;
  const text = words(line) + '\\n';
  process.stdout.write(text.slice(0, 2));
  setTimeout(() => { process.stdout.write(text.slice(2)); said++; setTimeout(step, 1); }, 8);
};
process.stdin.on('data', (chunk) => {
  const parts = (rest + chunk).split('\\n');
  rest = parts.pop();
  got += parts.length;
  queue.push(...parts);
  if (!busy) step();
});
`;

test('a row is given only once all before it are answered, however answers are cut', async () => {
  const command = program('pieces.mjs', PIECES);
  const answer = await runLines(table, { command, timeout: 20, isLive: true });
  assert.ok(!isFailed(answer), JSON.stringify(answer));
  assert.deepEqual(
    [...(answer.columns.get('ahead') ?? [1])],
    Array.from({ length: ROWS }, () => 0),
  );
  assert.deepEqual(
    [...(answer.columns.get('undefined') ?? [1])],
    Array.from({ length: ROWS }, () => 0),
  );
});

/** Starts another program, which stays, and notes its id; of a shell, which a busy machine starts in time. */
const PARENT = `
sleep 60 &
echo $! > "$1"
sleep 60
`;

/** Whether a process has ended; a while is given to it. */
async function isGone(pid: number): Promise<boolean> {
  for (let k = 0; k < 100; k++) {
    try {
      process.kill(pid, 0);
      // What has ended stays in the list where nobody asks for it.
      const stat = `/proc/${pid}/stat`;
      if (existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z ')) return true;
    } catch {
      return true;
    }
    await setTimeout(50);
  }
  return false;
}

test('what is late ends with all that it has started; so does what is stopped', { skip }, async () => {
  const parent = program('parent.sh', PARENT, 'sh');
  const noted = join(folder, 'pid');
  const asked = { table, zone: 'UTC', seed: 5_000_000_000 };
  const command = openCommand({ command: `${parent} ${noted} {in} {out}`, timeout: 3 });
  assert.deepEqual(await command.run(asked), { failed: 'no answer within 3 s' });
  assert.ok(await isGone(Number(readFileSync(noted, 'utf8'))));
  const stop = new AbortController();
  const other = join(folder, 'other');
  const stopped = openCommand({ command: `${parent} ${other} {in} {out}`, timeout: 60, signal: stop.signal });
  const run = stopped.run(asked);
  while (!existsSync(other) || readFileSync(other, 'utf8') === '') await setTimeout(20);
  stop.abort(new Error('stopped'));
  await assert.rejects(run, /stopped/);
  assert.ok(await isGone(Number(readFileSync(other, 'utf8'))));
});

test('seeds beyond 32 bits are seeds of hashes too', async () => {
  const shown = program('seed.mjs', `console.error(process.env.PYTHONHASHSEED); process.exit(3);`);
  const command = openCommand({ command: `${shown} {in} {out}`, timeout: 20 });
  const answer = await command.run({ table, zone: 'UTC', seed: 5_000_000_000 });
  assert.deepEqual(answer, { failed: 'exit code 3: 705032704' });
});
