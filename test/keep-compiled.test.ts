/** A bundle as one function: whoever has it compiled, its exports are the same, and places in it are those in its file. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { keptCompiled } from '../scripts/keep-compiled.ts';
import { temporaryFolder } from './cli.ts';

const BUNDLE = `// src/one.ts
import { twice as double } from "./other.js";
import fs, { existsSync } from "node:fs";
import * as all from "./other.js";
var here = () => import.meta.url;
// src/two.ts
import {
  twice
} from "./other.js";
var late = () => import("./other.js");
function fails() {
  throw new Error("here");
}
var text = \`
import { nothing } from "nowhere";
\`;
var same = () => double(2) + twice(2) + all.twice(2);
var whole = fs.existsSync === existsSync;
export {
  fails,
  here,
  late as later,
  same,
  text,
  whole
};
`;

interface Exports {
  readonly fails: () => never;
  readonly here: () => string;
  readonly later: () => Promise<{ twice(x: number): number }>;
  readonly same: () => number;
  readonly text: string;
  readonly whole: boolean;
}

const KEEPER = Symbol.for('minotaur.compiled');
after(() => void Reflect.deleteProperty(globalThis, KEEPER));

async function requireWhole(url: string): Promise<void> {
  const { fails, here, later, same, text, whole } = (await import(url)) as Exports;
  assert.equal(same(), 12);
  assert.equal(here(), url);
  assert.equal((await later()).twice(3), 6);
  assert.equal(text, '\nimport { nothing } from "nowhere";\n');
  assert.ok(whole);
  const line = 1 + readLine(url, 'throw new Error');
  assert.throws(fails, (error: Error) => (error.stack ?? '').includes(`${url}:${line}:`));
}

const texts = new Map<string, string>();
const readLine = (url: string, piece: string): number =>
  (texts.get(url) ?? '').split('\n').findIndex((line) => line.includes(piece));

function write(name: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'other.js'), 'export const twice = (x) => 2 * x;\n');
  const text = keptCompiled(BUNDLE, '/*! a notice\nof two lines */\n');
  writeFileSync(join(folder, name), text);
  const url = pathToFileURL(join(folder, name)).href;
  texts.set(url, text);
  return url;
}

test('where nobody keeps compiled code, it is called where it stands', () => requireWhole(write('plain.js')));

test('whoever keeps it is given the code, and where it begins in the file', async () => {
  const url = write('kept.js');
  let places: readonly [string, number, number] | undefined;
  const value = (code: () => unknown, from: string, offset: number, lines: number): unknown => {
    places = [from, offset, lines];
    const text = code.toString();
    assert.equal(texts.get(url)?.indexOf(text), offset);
    return new Script(`${'\n'.repeat(lines)}(${text})`, { filename: from }).runInThisContext();
  };
  Object.defineProperty(globalThis, KEEPER, { value, configurable: true });
  await requireWhole(url);
  assert.equal(places?.[0], url);
});

test('a bundle that gives an export its value later is refused', () => {
  assert.throws(() => keptCompiled('var later;\nfunction set() { later = 1; }\nexport { later, set };\n', ''), /later/);
});
