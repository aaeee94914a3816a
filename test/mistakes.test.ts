/** Mistakes that people make, each with its exit code and every word that is said: `mistakes.txt`. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './cli.ts';
import { commandLine } from './in-process.ts';
import { prepare, readMistakes, wordsOf } from './mistakes.ts';

const mistakes = readMistakes(readFileSync(join(import.meta.dirname, 'mistakes.txt'), 'utf8'));
const folder = temporaryFolder();

test(`${mistakes.length} mistakes: what was expected, what was found, and where`, async () => {
  assert.ok(mistakes.length >= 120);
  await prepare(folder);
  for (const { config, command, status, said } of mistakes) {
    if (config !== undefined) writeFileSync(join(folder, 'c.yaml'), config);
    const outcome = await commandLine(folder, wordsOf(command));
    assert.deepEqual([outcome.stderr.trim(), outcome.status], [said, status], `${config ?? ''}\n$ ${command}`);
    assert.doesNotMatch(outcome.stderr, /\n +at |an error of ours|undefined|\[object|NaN/, command);
    for (const line of outcome.stderr.split('\n')) assert.ok(line.length < 420, line);
  }
});
