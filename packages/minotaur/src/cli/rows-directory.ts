/** What `build` left in a directory, read again by the commands that go on from rows. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireSameSchema, type Schema } from 'minotaur-core/internal/base/schema';
import { columnNames, readColumns } from '../files/parquet/columns-source.ts';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import type { Manifest } from './manifest.ts';

/** Column of rows.parquet that says whether a row is ready; files without it hold rows that all are. */
const READY = 'ready';

export interface RowsDirectory {
  /** Path of rows.parquet. */
  readonly file: string;
  readonly manifest: Manifest;
  readonly plan: Plan;
}

/**
 * Opens the rows in `directory`, which must be those that `config` describes.
 * @throws {MinotaurError} where there are none, or of another schema: then the first difference is named
 */
export function openRows(directory: string, config: Config): RowsDirectory {
  const manifest = readManifest(directory);
  const plan = createPlan(config);
  const { schema, columns } = plan;
  requireSameRows({ schemaId: schema.id, columns, schema }, manifest, join(directory, 'manifest.json'));
  return { file: join(directory, 'rows.parquet'), manifest, plan };
}

/** What `build` says of the rows it left in `directory`. */
export function readManifest(directory: string): Manifest {
  const path = join(directory, 'manifest.json');
  if (!existsSync(path)) fail('input', directory, 'a directory that build wrote, with manifest.json', 'none');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch (error) {
    fail('input', path, 'JSON that build wrote', (error as Error).message);
  }
}

interface RowsIdentity {
  readonly schemaId: string;
  readonly columns: readonly string[];
  /** Where it can be had: it names what differs. */
  readonly schema?: Schema | undefined;
}

/** Refuses rows, of which `path` says `manifest`, that are not of the schema expected, naming the first difference. */
export function requireSameRows({ schemaId, columns, schema }: RowsIdentity, manifest: Manifest, path: string): void {
  if (manifest.schemaId === schemaId) return;
  const found = planOf(manifest)?.schema;
  if (schema !== undefined && found !== undefined) requireSameSchema(schema, found, path);
  const at = columns.findIndex((name, i) => name !== manifest.columns[i]);
  if (at >= 0) fail('state', `${path}, column ${at + 1}`, `'${columns[at]}'`, `'${manifest.columns[at] ?? 'none'}'`);
  fail('state', path, `schema ${schemaId}`, `schema ${manifest.schemaId} of version ${manifest.engineVersion}`);
}

/** The plan that a manifest speaks of; undefined where it cannot be had again: own operators, another version. */
export function planOf(manifest: Manifest): Plan | undefined {
  try {
    const plan = createPlan(parseConfig({ ...(manifest.config as ConfigInput), operators: [] }));
    return plan.schema.id === manifest.schemaId ? plan : undefined;
  } catch {
    return undefined;
  }
}

/** `time`, the columns named, and `ready` where the file has it. A column that is missing is named, with who asks. */
export async function readRowColumns(
  { file }: RowsDirectory,
  names: Readonly<Record<string, string>>,
): Promise<Record<string, Float64Array>> {
  const known = await columnNames(file);
  for (const [name, why] of Object.entries(names)) {
    if (!known.includes(name))
      fail('input', file, `a column ${name} (${why})`, `none of that name; add it to \`features\``);
  }
  return readColumns(file, ['time', ...Object.keys(names), ...known.filter((name) => name === READY)]);
}
