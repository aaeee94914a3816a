/** What `build` left in a directory, read again by the commands that go on from rows. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../core/errors.ts';
import { requireSameSchema, type Schema } from '../core/schema.ts';
import { columnNames, readColumns } from '../io/columns-source.ts';
import { parseConfig, type Config, type ConfigInput } from '../pipeline/config.ts';
import { createPlan, type Plan } from '../pipeline/plan.ts';
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
  const path = join(directory, 'manifest.json');
  if (!existsSync(path)) fail('input', directory, 'a directory that build wrote, with manifest.json', 'none');
  const manifest = parseManifest(readFileSync(path, 'utf8'), path);
  const plan = createPlan(config);
  requireSchema(plan, manifest, path);
  return { file: join(directory, 'rows.parquet'), manifest, plan };
}

function parseManifest(text: string, path: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    fail('input', path, 'JSON that build wrote', (error as Error).message);
  }
}

function requireSchema({ schema, columns }: Plan, manifest: Manifest, path: string): void {
  if (manifest.schemaId === schema.id) return;
  const found = schemaOf(manifest);
  if (found !== undefined) requireSameSchema(schema, found, path);
  const at = columns.findIndex((name, i) => name !== manifest.columns[i]);
  if (at >= 0) fail('state', `${path}, column ${at + 1}`, `'${columns[at]}'`, `'${manifest.columns[at] ?? 'none'}'`);
  fail('state', path, `schema ${schema.id}`, `schema ${manifest.schemaId} of version ${manifest.engineVersion}`);
}

/** The schema that a manifest speaks of; undefined where it cannot be had again: own operators, another version. */
function schemaOf(manifest: Manifest): Schema | undefined {
  try {
    const { schema } = createPlan(parseConfig({ ...(manifest.config as ConfigInput), operators: [] }));
    return schema.id === manifest.schemaId ? schema : undefined;
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
