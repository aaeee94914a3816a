import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The room of a file: `core/features` of packages/core/src/features/..., `test/laws` of test/laws/..., `test` of test/.... */
export function roomOf(file: string): string {
  const path = relative(root, file);
  const [, packageName, room] = /^packages\/([^/]+)\/src\/(?:([^/]+)\/)?/.exec(path) ?? [];
  if (packageName !== undefined) return room === undefined ? packageName : `${packageName}/${room}`;
  return path
    .split('/')
    .slice(0, -1)
    .join('/')
    .replace(/^(test\/[^/]+)\/.*/, '$1');
}
