/** `live`: from the sockets of venues to rows and predictions that are served, on record. */
import { statfsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { planOf } from 'minotaur-core';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import { createMetrics, type Metrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createJournalHistory } from '../../service/publication/history.ts';
import { createPublication, type Publication } from '../../service/publication/publication.ts';
import { createLog } from '../../service/server/log.ts';
import { startService } from '../../service/server/server.ts';
import type { TlsFiles } from '../../service/server/tls-files.ts';
import { lockJournal } from '../../service/supervisor/lock.ts';
import { watchLoop } from '../../service/supervisor/loop-watch.ts';
import { countNote, createMeters } from '../../service/supervisor/meters.ts';
import type { VenueAddress } from '../../service/supervisor/listening.ts';
import type { SupervisorNote } from '../../service/supervisor/notes.ts';
import { readOnRecord } from '../../service/supervisor/on-record.ts';
import { hasRecord } from '../../service/supervisor/session-chain.ts';
import { startSupervisor, type Supervisor } from '../../service/supervisor/supervisor.ts';
import { processSurroundings, type Surroundings } from '../../venues/wire/surroundings.ts';
import type { RunOptions } from '../course/options.ts';
import { createReplacement, openPredicting, type PredictingOptions, type Replacement } from './replacement.ts';
import { removeDumps, warmStart, type WarmStartOptions } from './warm-start.ts';

/** What `live` takes. */
export interface LiveOptions extends RunOptions, WarmStartOptions, PredictingOptions {
  /** The chain: a preset's name, a file, or the configuration itself. Each instrument names its venue. */
  readonly config: ConfigArgument;
  /** Directory of the record; a session that is there goes on. */
  readonly journal: string;
  /** Where venues are, by their names, in place of their own addresses. */
  readonly addresses?: Readonly<Record<string, VenueAddress>> | undefined;
  /** What a hole does that nothing filled: it ends the session (default), or rows go on as not complete. */
  readonly onHole?: 'stop' | 'degrade' | undefined;
  /** 127.0.0.1 where absent. */
  readonly host?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** File of tokens; absent: nobody is asked, on loopback only. */
  readonly tokens?: string | undefined;
  /** Origins of pages from elsewhere that may call. */
  readonly origins?: readonly string[] | undefined;
  /** Files of a certificate. */
  readonly tls?: TlsFiles | undefined;
  /** Clocks and chance; those of the process where absent. */
  readonly around?: Surroundings | undefined;
  /** Is given what reads the files of artefact and model anew, to be called when it is told to; what is returned ends that. */
  readonly onHangup?: ((replace: () => void) => () => void) | undefined;
  /** Once it listens. */
  readonly onListening?: ((url: string) => void) | undefined;
}

/** How a session ended. */
export interface LiveReport {
  /** `told`: by a signal or an administrator; `hole`: one stayed open; `broken`: it could not go on; `gone`: the venue has the symbol no more. */
  readonly why: 'told' | 'hole' | 'broken' | 'gone';
  /** In words; absent where it was told to. */
  readonly reason?: string;
  /** Of the record. */
  readonly epoch: number;
  /** Trades that the chain has used, since its cold start. */
  readonly trades: number;
  /** Rows, since its cold start. */
  readonly rows: number;
}

/** Milliseconds between two looks at what is so now. */
const METERED = 1000;
/** Milliseconds for which one arrival in a hundred may wait: longer, so many seconds in a row, and the service is not ready. The metric is prom-client's. */
const MOST_DELAY = 250;
const MOST_SLOW = 5;
/** Of the disk: below, the service is not ready. */
const LEAST_FREE = 0.02;

/**
 * Runs until the signal, a hole that stays open, or an error ends it.
 * @throws {MinotaurError} for a configuration without venues, a journal that another session writes or that is of another chain,
 * an address that cannot be had
 */
export async function live(options: LiveOptions): Promise<LiveReport> {
  const { config } = await resolveConfig(options.config);
  const lock = lockJournal(options.journal);
  try {
    return await runLocked(options, config);
  } finally {
    lock.release();
  }
}

async function runLocked(options: LiveOptions, config: Config): Promise<LiveReport> {
  const { journal, around = processSurroundings(), addresses, onHole = 'stop', host = '127.0.0.1', port } = options;
  const { tokens, tls, origins = [] } = options;
  const plan = planOf(config);
  const predicting = await openPredicting(options, journal);
  const publication = createPublication(factsOf(plan, randomUUID(), predicting?.artefact.digest ?? null), {
    now: around.wall,
  });
  const [metrics, log] = [await createMetrics(), await createLog()];
  const note = listenTo(publication, metrics, plan.instruments, (line) => log.info(line));
  const session = createHandle(options.signal, (supervisor) =>
    createReplacement({ ...options, running: config, publication, first: predicting, supervisor }),
  );
  const served = { publication, history: createJournalHistory(journal), metrics, log, actions: session.actions };
  const service = await startService({ ...served, host, port, tokens, tls, origins });
  options.onListening?.(service.url);
  try {
    const onRecord = hasRecord(journal) ? readOnRecord(journal, plan.instruments) : undefined;
    const isNew = onRecord?.isWhole !== true;
    const onEvent = (event: string, facts: object): void => {
      log.info({ event, ...facts });
      publication.event(event, plain(facts));
    };
    const onProgress = (text: string): void => publication.setReason('bootstrapping', text);
    const supervisor = await startSupervisor({
      config,
      instruments: plan.instruments,
      publication,
      journal,
      around,
      addresses,
      predicting,
      isNew,
      record: onRecord,
      warm: isNew ? warmStart(options, { config, plan, journal, around, onEvent, onProgress }) : undefined,
      signal: session.signal,
      seeds: () => (isNew ? new Map() : onRecord.seeds),
      onOpenHole: onHole,
      onNote: note,
    });
    removeDumps(journal);
    const off = watch(supervisor, publication, metrics, journal);
    session.begun(supervisor);
    const unhang = options.onHangup?.(
      () =>
        void session.actions
          .replaceModel()
          .catch((error: unknown) => log.warn({ event: 'model-refused', message: wordsOf(error) })),
    );
    const ending = await supervisor.ended;
    unhang?.();
    off();
    const { trades, rows } = supervisor.chain.counts();
    const reason = 'error' in ending ? { reason: wordsOf(ending.error) } : {};
    return { why: ending.why, ...reason, epoch: supervisor.chain.epoch(), trades, rows };
  } catch (error) {
    // It was told to end before there was anything to end.
    if (session.signal.aborted) return { why: 'told', epoch: 0, trades: 0, rows: 0 };
    throw error;
  } finally {
    await service.close();
    await session.replacement.current?.model.close();
  }
}

/** A session, which may not have begun yet: what can be ordered of it. */
function createHandle(
  signal: AbortSignal | undefined,
  replacementOf: (supervisor: () => Supervisor | undefined) => Replacement,
) {
  const early = new AbortController();
  let supervisor: Supervisor | undefined;
  const replacement = replacementOf(() => supervisor);
  const stop = (): void => {
    early.abort();
    supervisor?.stop();
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  return {
    /** Ends it before it has begun. */
    signal: early.signal,
    replacement,
    actions: {
      replaceModel: () => replacement.replace(),
      snapshot() {
        supervisor?.snapshot();
        return { rows: supervisor?.chain.counts().rows ?? 0 };
      },
      stop,
    },
    begun(one: Supervisor): void {
      supervisor = one;
      if (early.signal.aborted) one.stop();
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}

/** As JSON has it; an id above 2^53 is its digits. */
function plain(facts: object): Record<string, unknown> {
  const text = JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return JSON.parse(text) as Record<string, unknown>;
}

/** Each note once in the log, in the metrics and among the events. */
function listenTo(
  publication: Publication,
  metrics: Metrics,
  instruments: readonly Instrument[],
  log: (line: object) => void,
): (note: SupervisorNote) => void {
  return (note) => {
    const instrument = instruments.find(({ name }) => name === note.instrument);
    countNote(metrics, { venue: instrument?.venue ?? '', symbol: instrument?.symbol ?? '' }, note);
    const { what, ...facts } = note;
    // The raw message of an unknown one is for a file, not for a log.
    const told = 'raw' in facts ? { ...facts, raw: undefined } : facts;
    const said = plain(told);
    log({ event: what, ...said });
    publication.event(what, said);
    if (what === 'waiting') publication.setReason('hole', `trades from ${note.first} on are waited for`);
    else if (what === 'repaired' || what === 'hole') publication.setReason('hole');
  };
}

/** Every second: what is so now. */
function watch(supervisor: Supervisor, publication: Publication, metrics: Metrics, journal: string): () => void {
  const meter = createMeters(metrics);
  const loop = watchLoop();
  let slow = 0;
  const timer = setInterval(() => {
    for (const [venue, status] of supervisor.status()) meter(venue, status);
    const { bavail, bsize, blocks } = statfsSync(journal);
    metrics.set('journal_free_bytes', bavail * bsize);
    const delay = loop.look();
    slow = delay > MOST_DELAY ? slow + 1 : 0;
    const words = `what arrives waits for up to ${Math.round(delay)} ms`;
    publication.setReason('busy', slow >= MOST_SLOW ? words : undefined);
    publication.setReason('disk', bavail / blocks < LEAST_FREE ? `${bavail * bsize} bytes are free` : undefined);
  }, METERED);
  return () => {
    clearInterval(timer);
    loop.stop();
  };
}
