/**
 * From what a journal holds to the chain that goes on behind it, whatever ended the session: the newest state on record, then
 * the events after it, unrecorded, up to the last whose rows are on record.
 */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { createSchema, requireSameSchema } from 'minotaur-core/internal/base/schema';
import type { Described, Engine, EngineSinks, Feed } from 'minotaur-core/internal/chain/contract';
import type { RecordedEngine, RecordedSession } from 'minotaur-core/internal/live/recording';
import type { RecordedState } from 'minotaur-core/internal/live/record';
import type { Session, SessionState } from 'minotaur-core/internal/live/session';
import { createRowDigest, type RowDigest } from 'minotaur-core/internal/rows/digest';
import { requireSameInstrument } from 'minotaur-core/internal/trades/instrument';
import { nodeHashing } from '../node/hashing.ts';
import { repeat, type RecordedPush } from './pushes.ts';
import { pushesOnce } from './without-repeats.ts';
import type { Journal, JournalEntry } from './reader.ts';
import { newestState } from './states.ts';

/** Where a chain has to go on. */
export interface Recovered<State extends RecordedState = RecordedState> {
  /** Behind the last event whose rows are all on record, its digest that of all rows so far. */
  readonly state: State;
  /** Of the state. */
  readonly epoch: number;
  /** Rows that the chain has emitted by then. */
  readonly rows: number;
  /** The event after it, where the record lacks some of its rows, or that it was refused: to be handed in again, and recorded again. */
  readonly unfinished: RecordedPush | undefined;
}

/** What a call of an engine or a session gives. */
type Done = void | Promise<unknown>;

/** A chain with whatever stands behind it. */
interface Chain<State extends RecordedState> extends Feed<Done>, Described {
  /** Without the digest. */
  take(): State;
  put(state: RecordedState, epoch: number): void;
  /** Whether each row has a prediction. */
  readonly predicts: boolean;
}

/**
 * What an engine's journal comes to; undefined where it holds no session.
 *
 *     const found = await recoverEngine(openJournal(directory), (sinks) => createEngine(config, sinks));
 *     const engine = recordEngine(createJournal(directory), (sinks) => createEngine(config, sinks));
 *     if (found) await resumeEngine(engine, found);
 *
 * `beside`: rows were predicted, so that the newest event is on record once its predictions are.
 * @throws {MinotaurError} where the journal is of another chain, or damaged before its end
 */
export function recoverEngine(
  journal: Journal,
  make: (sinks: EngineSinks) => Engine,
  beside?: 'predictions',
): Promise<Recovered | undefined> {
  return recover(journal, (sinks): Chain<RecordedState> => {
    const engine = make(sinks);
    const predicts = beside === 'predictions';
    const take = (): RecordedState => ({ engine: engine.snapshot() });
    return { ...engine, take, put: (state, epoch) => engine.restore(state.engine, epoch), predicts };
  });
}

/**
 * The same of a session: rows behind the newest state on record are predicted again, so that the predictor is where it was.
 * @throws {MinotaurError} as {@link recoverEngine}
 */
export function recoverSession(
  journal: Journal,
  make: (sinks: EngineSinks) => Session,
): Promise<Recovered<SessionState> | undefined> {
  return recover(journal, (sinks): Chain<SessionState> => {
    const session = make(sinks);
    const cold = session.snapshot();
    const put = ({ engine, predictor = cold.predictor }: RecordedState, epoch: number): void =>
      session.restore({ engine: Uint8Array.from(engine), predictor: Uint8Array.from(predictor) }, epoch);
    return { ...session, take: () => session.snapshot(), put, predicts: true };
  });
}

/** Lets a recorded engine go on where {@link recoverEngine} found its journal to end. */
export async function resumeEngine(engine: RecordedEngine, { state, unfinished }: Recovered): Promise<void> {
  const { engine: bytes, ...beside } = state;
  engine.restore(bytes, beside);
  if (unfinished !== undefined) await repeatLast(engine, unfinished);
}

/** Lets a recorded session go on where {@link recoverSession} found its journal to end. */
export async function resumeSession(
  session: RecordedSession,
  { state, unfinished }: Recovered<SessionState>,
): Promise<void> {
  session.restore(state);
  if (unfinished !== undefined) await repeatLast(session, unfinished);
}

/** The newest state on record, and what came after it. */
interface Anchor {
  readonly state: RecordedState | undefined;
  readonly epoch: number;
  readonly rows: number;
  readonly behind: Iterable<JournalEntry>;
}

/** What is older than the newest state is not read. */
function newestAnchor(journal: Journal, { plan }: Described): Anchor | undefined {
  const place = newestState(journal);
  if (place === undefined) return undefined;
  const entries = ofSameChain(journal.records(undefined, place), plan);
  const { value: first } = entries.next();
  if (first?.record.kind !== 'start' && first?.record.kind !== 'snapshot') return undefined;
  const { state, rows } = first.record;
  return { state, rows, epoch: first.header.epoch, behind: entries };
}

function* ofSameChain(entries: Iterable<JournalEntry>, plan: Described['plan']): Generator<JournalEntry, undefined> {
  let known = '';
  for (const entry of entries) {
    const { segment, header } = entry;
    if (segment !== known) {
      requireSameSchema(plan.schema, createSchema(header.schema), segment);
      plan.instruments.forEach((own, i) => requireSameInstrument(own, header.instruments[i], segment));
    }
    known = segment;
    yield entry;
  }
  return undefined;
}

async function recover<State extends RecordedState>(
  journal: Journal,
  make: (sinks: EngineSinks) => Chain<State>,
): Promise<Recovered<State> | undefined> {
  let digest: RowDigest = createRowDigest(nodeHashing);
  const chain = make({ onRows: (rows) => digest.add(rows) });
  const anchor = newestAnchor(journal, chain);
  if (anchor === undefined) return undefined;
  const put = (state: RecordedState): void => {
    chain.put(state, anchor.epoch);
    digest = createRowDigest(nodeHashing, state.digest);
  };
  const take = (): State => ({ ...chain.take(), digest: digest.state(), recovered: true });
  put(anchor.state ?? chain.take());
  let unfinished: RecordedPush | undefined;
  const pushes = pushesOnce(anchor.behind);
  for (let next = pushes.next(); next.done !== true;) {
    const push = next.value;
    next = pushes.next();
    if (next.done !== true) await repeat(chain, push, chain.plan);
    else if (push.cut) unfinished = push;
    else {
      const before = take();
      const rows = chain.counts().rows;
      const isRefused = await repeatLast(chain, push);
      if (!isRefused && isOnRecord(push, rows, chain)) continue;
      put(before);
      unfinished = push;
    }
  }
  return { state: take(), epoch: anchor.epoch, rows: chain.counts().rows, unfinished };
}

/** Whether it was refused: the newest push of a session may have been without a word of it on record, where it ended there. */
async function repeatLast(feed: Feed<Done> & Pick<Described, 'plan'>, push: RecordedPush): Promise<boolean> {
  try {
    await repeat(feed, push, feed.plan);
    return false;
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    return true;
  }
}

/** Whether the record has all that the newest push gave. */
function isOnRecord(
  { rows, predictions, refused }: RecordedPush,
  before: number,
  chain: Chain<RecordedState>,
): boolean {
  const after = chain.counts().rows;
  if (after === before) return true;
  return rows === after && (!chain.predicts || refused !== undefined || predictions === after - before);
}
