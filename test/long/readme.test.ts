/** The README's walk, word for word, in an empty folder. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MAIN, nodeArguments, temporaryFolder } from '../cli.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, commands, printed] =
  /^```sh\n(npx minotaur simulate[\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/m.exec(readme) ?? [];
/** Every figure but seconds. */
const untimed = (text: string): string => text.replaceAll(/ +[\d.]+ s /g, ' ');

test('the three commands do what the README says they do', () => {
  const folder = temporaryFolder();
  let last = '';
  for (const line of commands.trim().split('\n')) {
    const [npx, name, ...args] = line.split(' ');
    assert.deepEqual([npx, name], ['npx', 'minotaur']);
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, MAIN, ...args], options);
    assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
    last = stdout;
  }
  assert.ok(untimed(last).includes(untimed(printed.trim())), last);
  for (const page of ['index.html', 'verdict.html', 'model.html'])
    assert.ok(existsSync(join(folder, 'out/minotaur', page)), page);
});

test('every document and picture that the README links is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
    .map(([, link]) => link)
    .filter((link) => !link.includes('://'));
  assert.ok(links.length > 20);
  for (const link of links) assert.ok(existsSync(join(import.meta.dirname, '../..', link)), link);
});
