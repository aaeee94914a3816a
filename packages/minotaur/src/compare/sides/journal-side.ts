/** The rows that a live session emitted, as its journal has them. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { openJournal, type Journal } from '../../journal/reader.ts';
import type { Side } from './side.ts';
import { createSpool, type Spool } from './spool.ts';

/** Names of the columns of a session. */
function columnsOf(config: unknown, directory: string): readonly string[] {
  try {
    return createPlan(parseConfig({ ...(config as ConfigInput), operators: [] })).columns;
  } catch {
    return fail(
      'input',
      directory,
      'rows of a configuration that the journal holds whole',
      'one with operators of its own: compare the directory of a run',
    );
  }
}

/** Rows of `journal` into a spool: of a row that an epoch gave again, the newest. */
function spooled(journal: Journal, directory: string): { readonly spool: Spool; readonly names: readonly string[] } {
  let names: readonly string[] | undefined;
  const rows = new Map<number, Float64Array>();
  for (const { record, header } of journal.records()) {
    names ??= [...columnsOf(header.config, directory), 'ready', 'complete'];
    if (record.kind === 'epoch') for (const ordinal of rows.keys()) if (ordinal >= record.row) rows.delete(ordinal);
    if (record.kind !== 'row') continue;
    const { ordinal, time, values, ready, complete } = record;
    rows.set(ordinal, Float64Array.of(time, ...values, Number(ready), Number(complete)));
  }
  if (names === undefined || rows.size === 0) fail('input', directory, 'rows', 'a journal without any');
  const spool = createSpool(names.length + 1);
  for (const ordinal of [...rows.keys()].sort((x, y) => x - y)) spool.add(rows.get(ordinal) as Float64Array);
  return { spool, names: ['time', ...names] };
}

export function journalSide(directory: string): Side {
  const { spool, names } = spooled(openJournal(directory), directory);
  return {
    name: directory,
    what: 'journal',
    rows: spool.rows,
    columns: names.map((name) => ({ name, kind: name === 'time' ? 'time' : 'number' })),
    read: (wanted) => Promise.resolve(wanted.map((name) => spool.read(names.indexOf(name)))),
    word: () => undefined,
    close: spool.close,
  };
}
