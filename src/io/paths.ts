/** Files named on a command line: literal paths and globs, in a fixed order. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../core/errors.ts';

/**
 * The files that `patterns` name: in the order given, a glob's in the order of their names. `*`, `?`, `[...]`, `{a,b}` and
 * `**` are known; a path that exists is never a glob.
 * @throws where a pattern matches nothing, names a directory, or a file is named twice
 */
export function expandPaths(patterns: readonly string[]): string[] {
  if (patterns.length === 0) fail('input', 'input files', 'at least one file', 'none');
  const files = patterns.flatMap(expandPath);
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file)) fail('input', file, 'each file once', 'the same file named twice');
    seen.add(file);
  }
  return files;
}

function expandPath(pattern: string): string[] {
  if (existsSync(pattern)) {
    if (statSync(pattern).isDirectory()) fail('input', pattern, 'a file or a glob', 'a directory');
    return [pattern];
  }
  if (!/[*?[{]/.test(pattern)) fail('input', pattern, 'a file that exists', 'no such file');
  const files = [...new Set(alternatives(pattern).flatMap(matches))].sort();
  if (files.length === 0) fail('input', pattern, 'a glob that matches files', 'none that match');
  return files;
}

/** `a{b,c}d` as `abd`, `acd`. */
function alternatives(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern);
  if (match === null) return [pattern];
  return match[2].split(',').flatMap((part) => alternatives(match[1] + part + match[3]));
}

function matches(pattern: string): string[] {
  const parts = pattern.split('/').filter((part, i) => part !== '' || i === 0);
  const root = parts[0] === '' ? '/' : '';
  return walk(root, root === '/' ? parts.slice(1) : parts);
}

function walk(directory: string, parts: readonly string[]): string[] {
  const [part, ...rest] = parts;
  if (part === undefined) return statSync(directory, { throwIfNoEntry: false })?.isFile() ? [directory] : [];
  if (part === '**') {
    const below = entries(directory).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return [...walk(directory, rest), ...below.flatMap((entry) => walk(join(directory, entry.name), parts))];
  }
  if (!/[*?[]/.test(part)) {
    const next = join(directory, part);
    return existsSync(next) ? walk(next, rest) : [];
  }
  const test = segmentPattern(part);
  return entries(directory)
    .filter((entry) => test.test(entry.name) && (part.startsWith('.') || !entry.name.startsWith('.')))
    .flatMap((entry) => walk(join(directory, entry.name), rest));
}

function entries(directory: string) {
  try {
    return readdirSync(directory === '' ? '.' : directory, { withFileTypes: true });
  } catch {
    return []; // not a directory, or not ours to read: nothing in it matches
  }
}

function segmentPattern(part: string): RegExp {
  const body = part.replace(/\[[^\]]*\]|[*?]|[.+^${}()|\\[\]]/g, (token) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return token.startsWith('[') && token.length > 1 ? token.replace(/^\[!/, '[^') : `\\${token}`;
  });
  return new RegExp(`^${body}$`);
}
