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

interface Spooled {
  readonly spool: Spool;
  readonly names: readonly string[];
  /** Where in the spool the rows lie, in their order. */
  readonly places: Float64Array;
}

/** Rows of `journal` into a spool as they come: of a row that an epoch gave again, the newest counts. */
function spooled(journal: Journal, directory: string): Spooled {
  let table: { readonly spool: Spool; readonly names: readonly string[] } | undefined;
  const places = new Map<number, number>();
  try {
    for (const { record, header } of journal.records()) {
      if (table === undefined) {
        const names = ['time', ...columnsOf(header.config, directory), 'ready', 'complete'];
        table = { names, spool: createSpool(names.length) };
      }
      if (record.kind === 'epoch')
        for (const ordinal of places.keys()) if (ordinal >= record.row) places.delete(ordinal);
      if (record.kind !== 'row') continue;
      const { ordinal, time, values, ready, complete } = record;
      places.set(ordinal, table.spool.rows);
      table.spool.add(Float64Array.of(time, ...values, Number(ready), Number(complete)));
    }
    if (table === undefined || places.size === 0) fail('input', directory, 'rows', 'a journal without any');
  } catch (error) {
    table?.spool.close();
    throw error;
  }
  const order = [...places.keys()].sort((x, y) => x - y);
  return { ...table, places: Float64Array.from(order, (ordinal) => places.get(ordinal) as number) };
}

export function journalSide(directory: string): Side {
  const { spool, names, places } = spooled(openJournal(directory), directory);
  return {
    name: directory,
    what: 'journal',
    rows: places.length,
    columns: names.map((name) => ({ name, kind: name === 'time' ? 'time' : 'number' })),
    read: (wanted) =>
      Promise.resolve(
        wanted.map((name) => {
          const column = spool.read(names.indexOf(name));
          return places.map((place) => column[place]);
        }),
      ),
    word: () => undefined,
    close: spool.close,
  };
}
