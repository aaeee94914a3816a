/** `live`: from the sockets of venues to rows and predictions that are served, on record. */
import { randomUUID } from 'node:crypto';
import { fail } from 'minotaur-core/internal/base/errors';
import { planOf } from 'minotaur-core';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import type { PredictorOptions } from 'minotaur-core/internal/live/predictor';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { resolveConfig, type ConfigArgument, type LoadedConfig } from '../../files/config-file.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { createMetrics, type Metrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createJournalHistory } from '../../service/publication/history.ts';
import { createPublication, type Publication } from '../../service/publication/publication.ts';
import { trainingOf } from '../../service/publication/training.ts';
import { createLog } from '../../service/server/log.ts';
import { startService } from '../../service/server/server.ts';
import type { TlsFiles } from '../../service/server/tls-files.ts';
import { createKeptMessages } from '../../service/supervisor/kept-messages.ts';
import { lockJournal } from '../../service/supervisor/lock.ts';
import { countNote, createMeters, createTimings } from '../../service/supervisor/meters.ts';
import { startMonitoring, timingsOf } from '../../service/supervisor/monitoring.ts';
import { createSeeds, seedsOnRecord } from '../../service/supervisor/seeds.ts';
import { hasRecord, type Given, type Predicting } from '../../service/supervisor/session-chain.ts';
import {
  startSupervisor,
  type Supervisor,
  type SupervisorNote,
  type VenueAddress,
} from '../../service/supervisor/supervisor.ts';
import { readArtefact } from '../../store/artefact.ts';
import { processSurroundings, type Surroundings } from '../../venues/wire/surroundings.ts';
import type { RunOptions } from '../course/options.ts';
import { createNight, type NightOptions } from './night.ts';

/** What `live` takes. */
export interface LiveOptions extends RunOptions, NightOptions {
  /** The chain: a preset's name, a file, or the configuration itself. Each instrument names its venue. */
  readonly config: ConfigArgument;
  /** Directory of the record; a session that is there goes on. */
  readonly journal: string;
  /** Files of trades, the newest last, with which a session of one instrument begins. */
  readonly history?: readonly string[] | undefined;
  /** What fit and train wrote. With `model`. */
  readonly artefact?: string | undefined;
  /** The model to predict with, .onnx. With `artefact`. */
  readonly model?: string | undefined;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
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
  /** Once it listens. */
  readonly onListening?: ((url: string) => void) | undefined;
}

/** How a session ended. */
export interface LiveReport {
  /** `told`: by a signal or an administrator; `hole`: one stayed open; `broken`: it could not go on. */
  readonly why: 'told' | 'hole' | 'broken';
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

/**
 * Runs until the signal, a hole that stays open, or an error ends it.
 * @throws {MinotaurError} for a configuration without venues, a journal that another session writes or that is of another chain,
 * an address that cannot be had
 */
export async function live(options: LiveOptions): Promise<LiveReport> {
  const loaded = await resolveConfig(options.config);
  const lock = lockJournal(options.journal);
  try {
    return await runLocked(options, loaded);
  } finally {
    lock.release();
  }
}

async function runLocked(options: LiveOptions, { config, source }: LoadedConfig): Promise<LiveReport> {
  const { journal, around = processSurroundings(), addresses, onHole = 'stop', host = '127.0.0.1', port } = options;
  const { tokens, tls, origins = [] } = options;
  const plan = planOf(config);
  const predicting = await predictingOf(options);
  const training = predicting && trainingOf(predicting.artefact, plan.columns);
  const facts = { ...factsOf(plan, randomUUID(), predicting?.artefact.digest ?? null), training };
  const publication = createPublication(facts, { now: around.wall });
  const [metrics, log] = [await createMetrics(), await createLog()];
  const say = (line: object): void => log.info(line);
  const { instruments } = plan;
  const tell = listenTo(publication, metrics, instruments, say);
  const keep = createKeptMessages(journal);
  const night = createNight({ options, addresses, journal, instruments, publication, metrics, log: say, around });
  const note = (said: SupervisorNote): void => {
    if (said.what === 'unknown') keep(said.instrument, said);
    tell(said);
    night.note(said);
  };
  const isNew = !hasRecord(journal);
  const past = isNew ? historyOf(options, config, plan.instruments) : undefined;
  const supervisor = await startSupervisor({
    config,
    instruments: plan.instruments,
    publication,
    journal,
    around,
    addresses,
    predicting,
    history: past?.read,
    seeds: () => (isNew ? (past?.seeds() ?? new Map()) : seedsOnRecord(journal, plan.instruments)),
    onOpenHole: onHole,
    journalOptions: { ears: night.ears },
    onNote: note,
    timings: timingsOf(publication.monitor.vitals, createTimings(metrics, instruments)),
  });
  const unwatch = startMonitoring({ supervisor, publication, plan, metrics, journal, around });
  const actions = {
    snapshot() {
      supervisor.snapshot();
      return { rows: supervisor.chain.counts().rows };
    },
    stop: supervisor.stop,
  };
  const served = { publication, history: createJournalHistory(journal), metrics, log, actions };
  const service = await startService({ ...served, host, port, tokens, tls, origins }).catch(async (error: unknown) => {
    supervisor.stop();
    // The journal is this session's until its record is closed.
    await supervisor.ended;
    throw error;
  });
  options.onListening?.(service.url);
  const off = watch(supervisor, metrics, around.now);
  const { artefact, model } = options;
  night.start({ journal, config: source, artefact, model });
  options.signal?.addEventListener('abort', supervisor.stop, { once: true });
  if (options.signal?.aborted) supervisor.stop();
  const ending = await supervisor.ended;
  off();
  unwatch();
  const reason = 'error' in ending ? wordsOf(ending.error) : undefined;
  await night.end(reason);
  await service.close();
  await predicting?.model.close();
  const { trades, rows } = supervisor.chain.counts();
  return { why: ending.why, ...(reason !== undefined && { reason }), epoch: supervisor.chain.epoch(), trades, rows };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}

async function predictingOf({ artefact, model, require }: LiveOptions): Promise<Predicting | undefined> {
  if (artefact === undefined && model === undefined) return undefined;
  if (artefact === undefined || model === undefined)
    fail('config', 'live', 'artefact and model, or neither', artefact === undefined ? 'a model' : 'an artefact');
  const read = readArtefact(artefact);
  return { artefact: read, model: await openModelOf(read, model), require };
}

/** What a new session begins with. */
function historyOf({ history }: LiveOptions, config: Config, instruments: readonly Instrument[]) {
  if (history === undefined || history.length === 0) return undefined;
  if (instruments.length > 1) fail('config', 'live', 'history of one instrument', `${instruments.length} instruments`);
  const newest = createSeeds(instruments);
  return {
    seeds: newest.take,
    async read(chain: Feed<Given>): Promise<void> {
      const source = await openTrades(history, sourceOptions(config));
      try {
        for await (const { block } of source.blocks()) {
          await chain.push(block, { maxSilence: Infinity });
          newest.addBlock(0, block);
        }
      } finally {
        source.close();
      }
    },
  };
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
    // The raw message of an unknown one is in its file, not in a log.
    const told = 'raw' in facts ? { ...facts, raw: undefined } : facts;
    const said = plain(told);
    log({ event: what, ...said });
    publication.event(what, said);
    if (what === 'waiting') publication.setReason('hole', `trades from ${note.first} on are waited for`);
    else if (what === 'repaired' || what === 'hole') publication.setReason('hole');
  };
}

/** Every second: what is so now. */
function watch(supervisor: Supervisor, metrics: Metrics, now: () => number): () => void {
  const meter = createMeters(metrics, now);
  const timer = setInterval(() => {
    for (const [venue, status] of supervisor.status()) meter(venue, status);
  }, METERED);
  return () => clearInterval(timer);
}
