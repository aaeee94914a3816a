/** `live`: from the sockets of venues to rows and predictions that are served, on record. */
import { randomUUID } from 'node:crypto';
import { planOf } from 'minotaur-core';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { resolveConfig, type ConfigArgument, type LoadedConfig } from '../../files/config-file.ts';
import { lockDirectory } from '../../node/lock.ts';
import { createMetrics, type Metrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createJournalHistory } from '../../service/publication/history.ts';
import { createPublication, type Publication } from '../../service/publication/publication.ts';
import { trainingOf } from '../../service/publication/training.ts';
import { createLog } from '../../service/server/log.ts';
import { startService } from '../../service/server/server.ts';
import type { TlsFiles } from '../../service/server/tls-files.ts';
import { createKeptMessages } from '../../service/supervisor/kept-messages.ts';
import type { VenueAddress } from '../../service/supervisor/listening.ts';
import { countNote, createMeters, createTimings } from '../../service/supervisor/meters.ts';
import { startMonitoring, timingsOf } from '../../service/supervisor/monitoring.ts';
import type { SupervisorNote } from '../../service/supervisor/notes.ts';
import { readOnRecord } from '../../service/supervisor/on-record.ts';
import { hasRecord, type Predicting } from '../../service/supervisor/session-chain.ts';
import { startSupervisor, type Supervisor } from '../../service/supervisor/supervisor.ts';
import { processSurroundings, type Surroundings } from '../../venues/wire/surroundings.ts';
import type { RunOptions } from '../course/options.ts';
import { firstNeededOf, followInto, requireBus, type LiveBusOptions } from './bus-following.ts';
import { createNight, type Night, type NightOptions } from './night.ts';
import { createReplacement, openPredicting, type PredictingOptions, type Replacement } from './replacement.ts';
import { removeDumps, warmStart, type WarmStartOptions } from './warm-start.ts';

/** What `live` takes. */
export interface LiveOptions extends RunOptions, WarmStartOptions, PredictingOptions, NightOptions, LiveBusOptions {
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

/**
 * Runs until the signal, a hole that stays open, or an error ends it.
 * @throws {MinotaurError} for a configuration without venues, a journal that another session writes or that is of another chain,
 * an address that cannot be had
 */
export async function live(options: LiveOptions): Promise<LiveReport> {
  const loaded = await resolveConfig(options.config);
  await requireBus(options, planOf(loaded.config).instruments);
  const lock = lockDirectory(options.journal, 'session.lock', 'a journal that no other session writes');
  try {
    return await runLocked(options, loaded);
  } finally {
    lock.release();
  }
}

/** What a session is made of, before it begins. */
interface Scene {
  readonly options: LiveOptions;
  readonly loaded: LoadedConfig;
  readonly plan: Plan;
  readonly around: Surroundings;
  readonly predicting: Predicting | undefined;
  readonly publication: Publication;
  readonly metrics: Metrics;
  readonly log: Awaited<ReturnType<typeof createLog>>;
  readonly night: Night;
}

async function sceneOf(options: LiveOptions, loaded: LoadedConfig): Promise<Scene> {
  const { journal, addresses, around = processSurroundings() } = options;
  const plan = planOf(loaded.config);
  const predicting = await openPredicting(options, journal);
  const training = predicting && trainingOf(predicting.artefact, plan.columns);
  const facts = { ...factsOf(plan, randomUUID(), predicting?.artefact.digest ?? null), training };
  const publication = createPublication(facts, { now: around.wall });
  const [metrics, log] = [await createMetrics(), await createLog()];
  const { instruments } = plan;
  const firstNeeded = firstNeededOf(options, instruments);
  const told = { options, addresses, journal, instruments, publication, metrics, around, firstNeeded };
  const night = createNight({ ...told, log: (line) => log.info(line) });
  return { options, loaded, plan, around, predicting, publication, metrics, log, night };
}

async function runLocked(options: LiveOptions, loaded: LoadedConfig): Promise<LiveReport> {
  const scene = await sceneOf(options, loaded);
  const { journal, host = '127.0.0.1', port, tokens, tls, origins = [] } = options;
  const { publication, metrics, log, night, predicting } = scene;
  const session = createHandle(options.signal, (supervisor) =>
    createReplacement({ ...options, running: loaded.config, publication, first: predicting, supervisor }),
  );
  const served = { publication, history: createJournalHistory(journal), metrics, log, actions: session.actions };
  const service = await startService({ ...served, host, port, tokens, tls, origins });
  options.onListening?.(service.url);
  let reason: string | undefined;
  const following = createFollowing(scene);
  try {
    const supervisor = await begin(scene, session.signal);
    removeDumps(journal);
    const off = watch(supervisor, scene);
    session.begun(supervisor);
    following.begin();
    const unhang = options.onHangup?.(() => replaceLoudly(session.actions.replaceModel, scene));
    const ending = await supervisor.ended;
    unhang?.();
    off();
    reason = 'error' in ending ? wordsOf(ending.error) : undefined;
    const { trades, rows } = supervisor.chain.counts();
    return { why: ending.why, ...(reason !== undefined && { reason }), epoch: supervisor.chain.epoch(), trades, rows };
  } catch (error) {
    // It was told to end before there was anything to end.
    if (session.signal.aborted) return { why: 'told', epoch: 0, trades: 0, rows: 0 };
    reason = wordsOf(error);
    throw error;
  } finally {
    await following.end();
    await night.end(reason);
    await service.close();
    await session.replacement.current?.model.close();
  }
}

/** What is recorded goes into a bus, where there is one. */
function createFollowing({ options, publication, metrics, log, night }: Scene) {
  const { bus, journal } = options;
  let end = async (): Promise<void> => {};
  return {
    begin(): void {
      if (bus === undefined) return;
      const tell = (line: object): void => log.info(line);
      end = followInto(bus, { options, journal, publication, metrics, log: tell, onAway: (words) => night.bus(words) });
    },
    end: () => end(),
  };
}

/** Begins the session: where the record ends, or anew, warm where history can be had. */
function begin(scene: Scene, signal: AbortSignal): Promise<Supervisor> {
  const { options, plan, around, predicting, publication, metrics, log, night } = scene;
  const { journal, addresses, onHole = 'stop' } = options;
  const { config } = scene.loaded;
  const { instruments } = plan;
  const record = hasRecord(journal)
    ? readOnRecord(journal, instruments, { predicts: predicting !== undefined })
    : undefined;
  const isNew = record?.isWhole !== true;
  const onEvent = (event: string, facts: object): void => {
    log.info({ event, ...facts });
    publication.event(event, plain(facts));
  };
  const onProgress = (text: string): void => publication.setReason('bootstrapping', text);
  return startSupervisor({
    config,
    instruments,
    publication,
    journal,
    journalOptions: { ears: night.ears },
    around,
    addresses,
    predicting,
    isNew,
    record,
    warm: isNew ? warmStart(options, { config, plan, journal, around, onEvent, onProgress }) : undefined,
    signal,
    seeds: () => (isNew ? new Map() : record.seeds),
    onOpenHole: onHole,
    onNote: noteTo(scene),
    timings: timingsOf(publication.monitor.vitals, createTimings(metrics, instruments)),
  });
}

function noteTo({ options, plan, publication, metrics, log, night }: Scene): (note: SupervisorNote) => void {
  const tell = listenTo(publication, metrics, plan.instruments, (line) => log.info(line));
  const keep = createKeptMessages(options.journal);
  return (note) => {
    if (note.what === 'unknown') keep(note.instrument, note);
    tell(note);
    night.note(note);
  };
}

function replaceLoudly(replace: () => Promise<object>, { log }: Scene): void {
  replace().catch((error: unknown) => log.warn({ event: 'model-refused', message: wordsOf(error) }));
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
    // The raw message of an unknown one is in its file, not in a log.
    const told = 'raw' in facts ? { ...facts, raw: undefined } : facts;
    const said = plain(told);
    log({ event: what, ...said });
    publication.event(what, said);
    if (what === 'waiting') publication.setReason('hole', `trades from ${note.first} on are waited for`);
    else if (what === 'repaired' || what === 'hole') publication.setReason('hole');
  };
}

/** What goes on beside the session until it has ended. */
function watch(supervisor: Supervisor, scene: Scene): () => void {
  const { options, loaded, plan, around, publication, metrics, night } = scene;
  const { journal, artefact, model } = options;
  const unwatch = startMonitoring({ supervisor, publication, plan, metrics, journal, around });
  night.start({ journal, config: loaded.source, artefact, model });
  const meter = createMeters(metrics, around.now);
  const timer = setInterval(() => {
    for (const [venue, status] of supervisor.status()) meter(venue, status);
  }, METERED);
  return () => {
    clearInterval(timer);
    unwatch();
  };
}
