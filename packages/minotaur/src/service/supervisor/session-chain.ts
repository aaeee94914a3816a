/** The chain of a live session: recorded, published, and going on behind what is on record. */
import { existsSync } from 'node:fs';
import type { Described, EngineSinks, Feed } from 'minotaur-core/internal/chain/contract';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { Prediction, PredictorOptions } from 'minotaur-core/internal/live/predictor';
import { fail } from 'minotaur-core/internal/base/errors';
import type { EmittedRow, RecordedStart } from 'minotaur-core/internal/live/record';
import { recordEngine, recordSession, type RecordedSession } from 'minotaur-core/internal/live/recording';
import { createSession, type Session, type SessionState } from 'minotaur-core/internal/live/session';
import type { Model } from 'minotaur-core/internal/model/port';
import { nextEpoch, segmentNumbers } from '../../journal/epochs.ts';
import { WARM } from '../../journal/format.ts';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine, recoverSession, resumeEngine, resumeSession, type Recovered } from '../../journal/recover.ts';
import { createJournal, type JournalOptions, type JournalWriter } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { noteOf, type ServedModel } from '../../store/served-model.ts';
import type { Publication } from '../publication/publication.ts';
import type { OnRecord } from './on-record.ts';
import { createRowTail, predictorBehind, type RowTail } from './row-tail.ts';

/** What a chain's call gives: predictions come where there is a model. */
export type Given = void | Promise<readonly Prediction[]>;

/** A recorded chain, with a model behind it or without. */
export interface LiveChain extends Feed<Given>, Described {
  /** Onto the record, and to the disk. */
  snapshot(): void;
  /** The newest event has come to its end: readers of the record need not wait for the next one to see that. Between events. */
  settle(): void;
  /** What is on record so far is handed to the disk; nobody waits for it. */
  sync(): void;
  /**
   * From the next row on, these predict; the chain goes on as it is. Not while an event is under way.
   * @throws {MinotaurError} of kind `state`, nothing changed, where they are of other rows than the chain's
   */
  replace(by: Predicting): Promise<void>;
  /** Ends the record as it should end. */
  stop(): void;
}

/** What predicts. */
export interface Predicting {
  readonly artefact: Artefact;
  readonly model: Model;
  /** Which they are. */
  readonly served: ServedModel;
  readonly require?: PredictorOptions['require'];
}

export interface ChainOrder {
  readonly config: Config;
  readonly journal: string;
  readonly journalOptions?: JournalOptions | undefined;
  readonly publication: Publication;
  readonly predicting?: Predicting | undefined;
  /** What the journal has, of a session that goes on. */
  readonly record?: OnRecord | undefined;
  /** What is on record is not gone on with: the session begins in an epoch of its own. */
  readonly isNew?: boolean | undefined;
  /** Of a session that begins: history, in the order of time, unrecorded. What it comes to is the state that the record begins with. */
  readonly history?: ((chain: Feed<Given>) => Promise<void> | undefined) | undefined;
  /** Whether the next row is ready by {@link history}. */
  readonly isWarm?: boolean | undefined;
}

/** Whether a session is on record there. */
export const hasRecord = (directory: string): boolean => existsSync(directory) && segmentNumbers(directory).length > 0;

/** Whether it goes on behind what is on record. */
export const goesOn = ({ journal, isNew = false }: Pick<ChainOrder, 'journal' | 'isNew'>): boolean =>
  !isNew && hasRecord(journal);

/** The recorded chain of this journal: where it ended, or from the beginning. */
export async function openLiveChain(order: ChainOrder): Promise<LiveChain> {
  const chain = order.predicting === undefined ? await openEngine(order) : await openSession(order, order.predicting);
  const { publication } = order;
  publication.begin({ epoch: chain.epoch(), ordinal: chain.counts().rows });
  return chain;
}

/** The journal of a session, which says whether it began warm: there may be no row yet as it ends. */
function journalOf({ journal, journalOptions, isWarm = false }: ChainOrder): JournalWriter {
  const recorder = createJournal(journal, { ...journalOptions, beginsWhole: true });
  const start = (begun: RecordedStart): void => {
    recorder.start(begun);
    if (isWarm && begun.state?.recovered !== true) recorder.note(WARM);
  };
  return { ...recorder, start };
}

/** Ears of the record first: what is published is on record. */
function bothEars(first: EngineSinks, second: EngineSinks): EngineSinks {
  return {
    onRows(rows) {
      first.onRows?.(rows);
      second.onRows?.(rows);
    },
    onBars(bars) {
      first.onBars?.(bars);
      second.onBars?.(bars);
    },
    onHole(hole, instrument) {
      first.onHole?.(hole, instrument);
      second.onHole?.(hole, instrument);
    },
    onNotice(notice, instrument) {
      first.onNotice?.(notice, instrument);
      second.onNotice?.(notice, instrument);
    },
  };
}

async function openEngine(order: ChainOrder): Promise<LiveChain> {
  const { config, journal, publication, history } = order;
  const { sinks } = publication;
  const found = goesOn(order)
    ? await recoverEngine(openJournal(journal), (ears) => createEngine(config, ears))
    : undefined;
  const past = found === undefined && history !== undefined ? createEngine(config) : undefined;
  if (past !== undefined) await history?.(past);
  const recorder = journalOf(order);
  const epoch = nextEpoch(journal);
  const engine = recordEngine(recorder, (ears) => createEngine(config, bothEars(ears, sinks), { epoch }));
  if (found !== undefined) await resumeEngine(engine, found);
  else if (past !== undefined) engine.restore(past.snapshot(), { epoch });
  let taken: Uint8Array<ArrayBuffer> | undefined;
  return {
    ...engine,
    settle: () => recorder.settle(),
    // It is on record: the next is written over it, for memory that is new takes longer than what is put there.
    snapshot: () => void (taken = engine.snapshot(undefined, taken)),
    sync: () => recorder.sync(),
    replace: () => fail('state', 'model', 'a session that predicts (--artefact, --model)', 'one of rows alone'),
  };
}

async function openSession(order: ChainOrder, predicting: Predicting): Promise<LiveChain> {
  const { config, journal, publication, history } = order;
  const epoch = nextEpoch(journal);
  const make = (by: Predicting, sinks: EngineSinks): Session =>
    createSession({ engine: (ears) => createEngine(config, ears, { epoch }), ...by, sinks });
  const tail = createRowTail();
  const remembering: EngineSinks = { onRows: (rows) => tail.add(rows) };
  const recorder = journalOf(order);
  const begin = (by: Predicting): RecordedSession =>
    recordSession(recorder, (ears) => make(by, bothEars(bothEars(ears, remembering), publication.sinks)));
  const found = goesOn(order) ? await recoverLast(order, predicting, make, tail) : undefined;
  const past = found === undefined && history !== undefined ? make(predicting, remembering) : undefined;
  if (past !== undefined) await history?.(past);
  let session = begin(predicting);
  let { served } = predicting;
  let taken: SessionState | undefined;
  const snapshot = (): void => {
    taken = session.snapshot(taken);
    // Beside every state, so that nobody has to look for it further back.
    recorder.note(noteOf(served));
  };
  if (found !== undefined) await resumeSession(session, found);
  else if (past !== undefined) session.restore(past.snapshot(), epoch);
  if (found?.isReplaced === true) snapshot();
  return {
    ...describing(() => session),
    snapshot,
    settle: () => recorder.settle(),
    sync: () => recorder.sync(),
    async replace(by) {
      const next = begin(by);
      const { rows } = session.counts();
      const predictor = await predictorBehind(by.artefact, by.model, by, { tail, rows });
      const { engine } = session.snapshot();
      session.stop();
      next.restore({ engine, predictor, recovered: true });
      [session, served] = [next, by.served];
      snapshot();
    },
  };
}

/** Where a session ended, for what predicts now: another than did then looks back at the rows on record. */
async function recoverLast(
  { journal, config, record }: ChainOrder,
  predicting: Predicting,
  make: (by: Predicting, sinks: EngineSinks) => Session,
  tail: RowTail,
): Promise<(Recovered<SessionState> & { readonly isReplaced: boolean }) | undefined> {
  const rows = record?.rows ?? [];
  if (record?.served === undefined || noteOf(record.served) === noteOf(predicting.served)) {
    const found = await recoverSession(openJournal(journal), (sinks) => make(predicting, sinks));
    if (found !== undefined) tail.fill(rows.slice(0, rowsBefore(rows, found.rows)));
    return found && { ...found, isReplaced: false };
  }
  const found = await recoverEngine(openJournal(journal), (sinks) => createEngine(config, sinks), 'predictions');
  if (found === undefined) return undefined;
  tail.fill(rows.slice(0, rowsBefore(rows, found.rows)));
  const { artefact, model } = predicting;
  const predictor = await predictorBehind(artefact, model, predicting, { tail, rows: found.rows });
  const engine = Uint8Array.from(found.state.engine);
  return { ...found, state: { ...found.state, engine, predictor }, isReplaced: true };
}

/** How many of the rows on record come before the row with this ordinal. */
const rowsBefore = (rows: readonly EmittedRow[], ordinal: number): number =>
  rows.findLastIndex((row) => row.ordinal < ordinal) + 1;

/** What a session is and takes, whichever it is now. */
function describing(now: () => RecordedSession): Omit<LiveChain, 'snapshot' | 'settle' | 'sync' | 'replace'> {
  const { plan, schema, columns } = now();
  return {
    plan,
    schema,
    columns,
    push: (trades, facts) => now().push(trades, facts),
    pushBar: (bar, facts) => now().pushBar(bar, facts),
    pushSeries: (name, row, facts) => now().pushSeries(name, row, facts),
    advance: (time, facts) => now().advance(time, facts),
    hole: (hole, facts) => now().hole(hole, facts),
    release: (time, facts) => now().release(time, facts),
    epoch: () => now().epoch(),
    counts: () => now().counts(),
    lastEvent: () => now().lastEvent(),
    stop: () => now().stop(),
  };
}
