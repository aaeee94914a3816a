/** The files of deploy/, and what is written in them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type JSONInstruction } from 'dockerfile-ast';

export const root = fileURLToPath(new URL('../', import.meta.url));
export const path = (name: string): string => join(root, 'deploy', name);
export const read = (name: string): string => readFileSync(path(name), 'utf8');

/** The value of a setting of the unit. */
export const setting = (name: string): string =>
  new RegExp(`^${name}=(.*)$`, 'm').exec(read('minotaur.service'))?.[1] ?? '';

export const dockerfile = DockerfileParser.parse(read('Dockerfile'));

/** The strings of an instruction that is written as a list. */
export function stringsOf(keyword: string): string[] {
  const found = dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);
  assert.equal(found.length, 1, keyword);
  return (found[0] as JSONInstruction).getJSONStrings().map((one) => JSON.parse(one.getValue()) as string);
}
