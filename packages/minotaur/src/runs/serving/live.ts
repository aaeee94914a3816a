/** `live`: from the sockets of venues to rows and predictions that are served, on record. */
import { randomUUID } from 'node:crypto';
import { requireKind } from 'minotaur-core/internal/base/options';
import { planOf } from 'minotaur-core';
import { LIVE } from './live-options.ts';
import { resolveConfig, type LoadedConfig } from '../../files/config-file.ts';
import { holdingJournal } from '../../journal/lock.ts';
import { createMetrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createJournalHistory } from '../../service/publication/history.ts';
import { createPublication } from '../../service/publication/publication.ts';
import { trainingOf } from '../../service/publication/training.ts';
import { createLog } from '../../service/server/log.ts';
import { startService } from '../../service/server/server.ts';
import { listenedOf } from '../../service/supervisor/listening.ts';
import { createMeters } from '../../service/supervisor/meters.ts';
import { startMonitoring } from '../../service/supervisor/monitoring.ts';
import type { Supervisor } from '../../service/supervisor/supervisor.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { begin, type Scene } from './beginning.ts';
import { firstNeededOf, followInto, requireBus } from './bus-following.ts';
import { createNight } from './night.ts';
import { createReplacement, openPredicting, type Replacement } from './replacement.ts';
import { digestsOf, waitForFiles } from './collecting.ts';
import type { LiveOptions } from './live-options.ts';
import { dumpsOf, removeDumps } from './warm-start.ts';

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
  requireKind('live', LIVE, options);
  const loaded = await resolveConfig(options.config);
  const { instruments } = planOf(loaded.config);
  // What cannot be listened to is refused before anything is opened.
  await requireBus(options, instruments);
  instruments.forEach(listenedOf);
  return holdingJournal(options.journal, () => runLocked(options, loaded));
}

async function sceneOf(options: LiveOptions, loaded: LoadedConfig): Promise<Scene> {
  const { journal, addresses, around = processSurroundings() } = options;
  const plan = planOf(loaded.config);
  const predicting = await openPredicting(options, journal, plan);
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
    night.watchDisk();
    const unhang = options.onHangup?.(() => replaceLoudly(session.actions.replaceModel, scene));
    const { supervisor, ending } = await runThrough(scene, session, following);
    unhang?.();
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

type Handle = ReturnType<typeof createHandle>;

/** One session after the other, in one record: one that collected ends once the files that it waited for are there. */
async function runThrough(scene: Scene, session: Handle, following: ReturnType<typeof createFollowing>) {
  const { options, around, publication, night, loaded } = scene;
  const { journal, addresses: hosts = {}, artefact, model } = options;
  const tried = new Set<string>();
  for (let isFirst = true; ; isFirst = false) {
    const { supervisor, awaited } = await begin({ ...scene, predicting: session.replacement.current }, session.signal);
    const files = { awaited, directory: dumpsOf(journal), hosts };
    // Those that were there were not enough.
    for (const digest of await digestsOf(files)) tried.add(digest);
    removeDumps(journal);
    const off = watch(supervisor, scene);
    if (isFirst) night.start({ journal, config: loaded.source, artefact, model });
    session.begun(supervisor);
    following.begin();
    let isAnew = false;
    const stopWaiting = waitForFiles({
      ...files,
      around,
      tried,
      isReady: () => publication.recent.rows.at(publication.recent.rows.next - 1)?.message.ready === true,
      trades: () => supervisor.chain.counts().trades,
      onThere() {
        isAnew = true;
        supervisor.stop();
      },
    });
    const ending = await supervisor.ended;
    stopWaiting();
    off();
    if (!isAnew || ending.why !== 'told' || session.signal.aborted) return { supervisor, ending };
    await following.end();
    publication.setReason('bootstrapping', 'the files that it collected for are there');
    publication.setReason('stopped');
    publication.setState('bootstrapping');
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
      async snapshot() {
        await supervisor?.snapshot();
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

/** What goes on beside the session until it has ended. */
function watch(supervisor: Supervisor, scene: Scene): () => void {
  const { options, plan, around, publication, metrics } = scene;
  const { journal } = options;
  const unwatch = startMonitoring({ supervisor, publication, plan, metrics, journal, around });
  const meter = createMeters(metrics, around.now);
  const timer = setInterval(() => {
    for (const [venue, status] of supervisor.status()) meter(venue, status);
  }, METERED);
  return () => {
    clearInterval(timer);
    unwatch();
  };
}
