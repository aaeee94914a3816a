/** The rows that a live session emitted, as its journal has them. */
import { setImmediate } from 'node:timers/promises';
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
}

/** Rows of a spool by their ordinals, which rise by one but where a journal lacks some. */
function createPlaces(spool: Spool) {
  /** The first row of each stretch without a gap. */
  const stretches: { readonly ordinal: number; readonly place: number }[] = [];
  return {
    /** Forgets the rows from `ordinal` on: they are given again. */
    cut(ordinal: number): void {
      while (stretches.length > 0 && stretches[stretches.length - 1].ordinal >= ordinal)
        spool.keep((stretches.pop() as { place: number }).place);
      const last = stretches.at(-1);
      if (last !== undefined) spool.keep(Math.min(spool.rows, last.place + ordinal - last.ordinal));
    },
    /** Says that the row to come is `ordinal`. */
    next(ordinal: number): void {
      const last = stretches.at(-1);
      if (last === undefined || ordinal !== last.ordinal + spool.rows - last.place)
        stretches.push({ ordinal, place: spool.rows });
    },
  };
}

/** Records behind each other between which nothing else is done. */
const AT_ONCE = 16_384;

/** Rows of `journal` into a spool as they come: of a row that an epoch gave again, the newest counts. */
async function spooled(journal: Journal, directory: string, signal?: AbortSignal): Promise<Spooled> {
  let taken = 0;
  let table: (Spooled & { readonly places: ReturnType<typeof createPlaces> }) | undefined;
  try {
    for (const { record, header } of journal.records()) {
      if (taken++ % AT_ONCE === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      if (table === undefined) {
        const names = ['time', ...columnsOf(header.config, directory), 'ready', 'complete'];
        const spool = createSpool(names.length);
        table = { names, spool, places: createPlaces(spool) };
      }
      if (record.kind === 'epoch') table.places.cut(record.row);
      if (record.kind !== 'row') continue;
      const { ordinal, time, values, ready, complete } = record;
      table.places.cut(ordinal);
      table.places.next(ordinal);
      table.spool.add(Float64Array.of(time, ...values, Number(ready), Number(complete)));
    }
    if (table === undefined || table.spool.rows === 0) fail('input', directory, 'rows', 'a journal without any');
    return table;
  } catch (error) {
    table?.spool.close();
    throw error;
  }
}

export async function journalSide(directory: string, signal?: AbortSignal): Promise<Side> {
  const { spool, names } = await spooled(openJournal(directory), directory, signal);
  return {
    name: directory,
    what: 'journal',
    rows: spool.rows,
    columns: names.map((name) => ({ name, kind: name === 'time' ? 'time' : 'number' })),
    read: (wanted, into = []) => Promise.resolve(wanted.map((name, k) => spool.read(names.indexOf(name), into[k]))),
    word: () => undefined,
    close: spool.close,
  };
}
