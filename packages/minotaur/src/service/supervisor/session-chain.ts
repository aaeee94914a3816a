/** The chain of a live session: recorded, published, and going on behind what is on record. */
import { existsSync } from 'node:fs';
import type { Described, EngineSinks, Feed } from 'minotaur-core/internal/chain/contract';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { Prediction, PredictorOptions } from 'minotaur-core/internal/live/predictor';
import { recordEngine, recordSession } from 'minotaur-core/internal/live/recording';
import { createSession, type Session } from 'minotaur-core/internal/live/session';
import type { Model } from 'minotaur-core/internal/model/port';
import { nextEpoch, segmentNumbers } from '../../journal/epochs.ts';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine, recoverSession, resumeEngine, resumeSession } from '../../journal/recover.ts';
import { createJournal, type JournalOptions } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import type { Publication } from '../publication/publication.ts';

/** What a chain's call gives: predictions come where there is a model. */
export type Given = void | Promise<readonly Prediction[]>;

/** A recorded chain, with a model behind it or without. */
export interface LiveChain extends Feed<Given>, Described {
  /** Onto the record, and to the disk. */
  snapshot(): void;
  /** Ends the record as it should end. */
  stop(): void;
}

/** What predicts. */
export interface Predicting {
  readonly artefact: Artefact;
  readonly model: Model;
  readonly require?: PredictorOptions['require'];
}

export interface ChainOrder {
  readonly config: Config;
  readonly journal: string;
  readonly journalOptions?: JournalOptions | undefined;
  readonly publication: Publication;
  readonly predicting?: Predicting | undefined;
  /** What is on record is not gone on with: the session begins in an epoch of its own. */
  readonly isNew?: boolean | undefined;
  /** Of a session that begins: history, in the order of time, unrecorded. What it comes to is the state that the record begins with. */
  readonly history?: ((chain: Feed<Given>) => Promise<void> | undefined) | undefined;
}

/** Whether a session is on record there. */
export const hasRecord = (directory: string): boolean => existsSync(directory) && segmentNumbers(directory).length > 0;

const goesOn = ({ journal, isNew = false }: ChainOrder): boolean => !isNew && hasRecord(journal);

/** The recorded chain of this journal: where it ended, or from the beginning. */
export async function openLiveChain(order: ChainOrder): Promise<LiveChain> {
  const chain = order.predicting === undefined ? await openEngine(order) : await openSession(order, order.predicting);
  const { publication } = order;
  publication.begin({ epoch: chain.epoch(), ordinal: chain.counts().rows });
  return chain;
}

/** Ears of the record first: what is published is on record. */
function bothEars(first: EngineSinks, second: EngineSinks): EngineSinks {
  return {
    onRows(rows) {
      first.onRows?.(rows);
      second.onRows?.(rows);
    },
    onBars: (bars) => second.onBars?.(bars),
    onHole(hole, instrument) {
      first.onHole?.(hole, instrument);
      second.onHole?.(hole, instrument);
    },
    onNotice: (notice, instrument) => second.onNotice?.(notice, instrument),
  };
}

async function openEngine(order: ChainOrder): Promise<LiveChain> {
  const { config, journal, journalOptions, publication, history } = order;
  const { sinks } = publication;
  const found = goesOn(order)
    ? await recoverEngine(openJournal(journal), (ears) => createEngine(config, ears))
    : undefined;
  const past = found === undefined && history !== undefined ? createEngine(config) : undefined;
  if (past !== undefined) await history?.(past);
  const engine = recordEngine(createJournal(journal, journalOptions), (ears) =>
    createEngine(config, bothEars(ears, sinks)),
  );
  if (found !== undefined) await resumeEngine(engine, found);
  else if (past !== undefined) engine.restore(past.snapshot(), { epoch: nextEpoch(journal) });
  return { ...engine, snapshot: () => void engine.snapshot() };
}

async function openSession(order: ChainOrder, predicting: Predicting): Promise<LiveChain> {
  const { config, journal, journalOptions, publication, history } = order;
  const make = (sinks: EngineSinks): Session =>
    createSession({ engine: (ears) => createEngine(config, ears), ...predicting, sinks });
  const found = goesOn(order) ? await recoverSession(openJournal(journal), make) : undefined;
  const past = found === undefined && history !== undefined ? make({}) : undefined;
  if (past !== undefined) await history?.(past);
  const session = recordSession(createJournal(journal, journalOptions), (ears) =>
    make(bothEars(ears, publication.sinks)),
  );
  if (found !== undefined) await resumeSession(session, found);
  else if (past !== undefined) session.restore(past.snapshot(), nextEpoch(journal));
  return { ...session, snapshot: () => void session.snapshot() };
}
