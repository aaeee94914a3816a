/** Opens what a path names: a table, the directory of a run, a journal. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { containerOf, textFileOf } from '../../files/csv/text-stream.ts';
import { segmentNumber } from '../../journal/format.ts';
import { rowsPath } from '../../store/rows.ts';
import { journalSide } from './journal-side.ts';
import { parquetSide } from './parquet-side.ts';
import type { Side } from './side.ts';
import { textSide } from './text-side.ts';

/** Where `run` leaves its rows. */
const ROWS_OF_RUN = 'build';

/**
 * Opens it; `signal` ends what is laid out by column before.
 * @throws {MinotaurError} of kind `input` where there is no table, or one that cannot be read
 */
export async function openSide(path: string, signal?: AbortSignal): Promise<Side> {
  if (!existsSync(path)) fail('input', path, 'a table, the directory of a run, or a journal', 'no such file');
  const found = statSync(path);
  if (found.isDirectory()) return openDirectory(path, signal);
  if (!found.isFile())
    fail('input', path, 'a table, the directory of a run, or a journal', 'a pipe, a device or the like');
  if (found.size === 0) fail('input', path, 'a table', 'an empty file');
  const container = await containerOf(path);
  return container === 'parquet' ? parquetSide(path) : textSide(textFileOf(path, container), signal);
}

async function openDirectory(path: string, signal?: AbortSignal): Promise<Side> {
  const rows = [rowsPath(path), rowsPath(join(path, ROWS_OF_RUN))].find((file) => existsSync(file));
  if (rows !== undefined) return parquetSide(rows, 'rows of a run');
  const names = readdirSync(path);
  if (names.some((name) => !Number.isNaN(segmentNumber(name)))) return journalSide(path, signal);
  return fail(
    'input',
    path,
    'rows that build or run left, or a journal',
    names.slice(0, 5).join(', ') || 'an empty directory',
  );
}
