import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createContinuity, type Span } from '../publication/continuity.ts';
import { openContinuityFile } from './continuity-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-continuity-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const START = 1_700_000_000_000_000;
const onFailed = (error: unknown): never => assert.fail(String(error));
const down = (from: number, to: number) =>
  ({ kind: 'down', instrument: 'X', from, to, ids: null, trades: null, why: 'closed' }) as const;
const short = ({ kind, from, to, why }: Span): unknown => [kind, from - START, Number(to) - START, why];

function open(directory: string, now: number) {
  const continuity = createContinuity();
  const file = openContinuityFile(directory, continuity, { now, onFailed });
  return { continuity, file, spans: continuity.since(0).map(short) };
}

test('a session shows what those before it went through, and when none ran', () => {
  const directory = join(folder, 'journal');
  mkdirSync(directory);
  const first = open(directory, START);
  assert.deepEqual(first.spans, []);
  first.continuity.add(down(START + 10, START + 20));
  appendFileSync(join(directory, 'continuity.jsonl'), '{"kind":"down","fr');
  first.file.alive(START + 50_000_000);
  const second = open(directory, START + 80_000_000);
  assert.equal(second.file.since, START);
  assert.deepEqual(second.spans, [
    ['down', 10, 20, 'closed'],
    ['ended', 50_000_000, 80_000_000, 'killed'],
  ]);
  second.file.end(START + 90_000_000);
  const third = open(directory, START + 95_000_000);
  assert.deepEqual(third.spans.at(-1), ['ended', 90_000_000, 95_000_000, 'ended as told']);
  assert.equal(third.spans.length, 3);
});

test('a day later it is forgotten, on file too', () => {
  const directory = join(folder, 'old');
  mkdirSync(directory);
  open(directory, START).continuity.add(down(START, START + 1));
  const later = open(directory, START + 90_000_000_000);
  assert.deepEqual(later.spans, []);
  assert.doesNotMatch(readFileSync(join(directory, 'continuity.jsonl'), 'utf8'), /down/);
});

test('a file that cannot be written is told once, and harms nothing', () => {
  const continuity = createContinuity();
  let told = 0;
  openContinuityFile(join(folder, 'absent'), continuity, { now: START, onFailed: () => told++ });
  continuity.add(down(START, START + 1));
  assert.equal(told, 1);
});
