/**
 * The identity of a chain: every name, parameter, operator version, order and type that its output bits depend on, as
 * lines of text. Its hash is the schema id, which data sets, snapshots, fitted artefacts and models carry.
 */
import { createSha256 } from './bytes/sha256.ts';
import { fail } from './errors.ts';

/** What a chain is, line by line, and the hash of it. */
export interface Schema {
  /** SHA-256 of the lines, in hex. */
  readonly id: string;
  /** One fact each; the first that differs is named when two schemas meet. */
  readonly lines: readonly string[];
  /** The lines as snapshots carry them, UTF-8; made once, for every snapshot of every engine of the chain. */
  readonly bytes: Uint8Array;
}

export function createSchema(lines: readonly string[]): Schema {
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return { id: createSha256().update(bytes).hex(), lines, bytes };
}

/** Refuses `found` where it is not `expected`, naming the first line that differs. */
export function requireSameSchema(expected: Schema, found: Schema, where: string): void {
  if (expected.id === found.id) return;
  const at = expected.lines.findIndex((line, i) => line !== found.lines[i]);
  const line = at < 0 ? expected.lines.length : at;
  const show = (schema: Schema): string =>
    schema.lines[line] === undefined ? 'nothing more' : `'${schema.lines[line]}'`;
  fail('state', `${where}, schema line ${line + 1}`, show(expected), show(found));
}
