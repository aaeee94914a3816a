/** How a session of `live` begins: where its record ends, or anew, warm where history can be had; and who hears of it. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { LoadedConfig } from '../../files/config-file.ts';
import type { Metrics } from '../../service/metrics/metrics.ts';
import type { Publication } from '../../service/publication/publication.ts';
import type { createLog } from '../../service/server/log.ts';
import { createKeptMessages } from '../../service/supervisor/kept-messages.ts';
import { countNote, createTimings } from '../../service/supervisor/meters.ts';
import { timingsOf } from '../../service/supervisor/monitoring.ts';
import type { SupervisorNote } from '../../service/supervisor/notes.ts';
import { createOpenHoles } from '../../service/supervisor/open-holes.ts';
import { readOnRecord } from '../../service/supervisor/on-record.ts';
import { hasRecord, type Predicting } from '../../service/supervisor/session-chain.ts';
import { countUnpredicted } from '../../service/supervisor/unpredicted.ts';
import { startSupervisor, type Supervisor } from '../../service/supervisor/supervisor.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { AwaitedFile } from './collecting.ts';
import type { LiveOptions } from './live-options.ts';
import type { Night } from './night.ts';
import { goesOnCollecting, warmStart } from './warm-start.ts';

/** What a session is made of, before it begins. */
export interface Scene {
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

/** A session that has begun. */
export interface Begun {
  readonly supervisor: Supervisor;
  /** Files that would make it warm; none: it is, or it waits for none. */
  readonly awaited: readonly AwaitedFile[];
}

/** Begins the session: where the record ends, or anew, warm where history can be had. */
export async function begin(scene: Scene, signal: AbortSignal): Promise<Begun> {
  const { options, plan, around, predicting, publication, metrics, log, night } = scene;
  const { journal, addresses, onHole = 'stop' } = options;
  const { config } = scene.loaded;
  const { instruments } = plan;
  const record = hasRecord(journal)
    ? readOnRecord(journal, instruments, { predicts: predicting !== undefined })
    : undefined;
  const isNew = record?.isWhole !== true;
  // What was recorded, and the files that were waited for, may be enough by now.
  const recorded = !isNew && goesOnCollecting(options, record, instruments) ? journal : undefined;
  const onEvent = (event: string, facts: object): void => {
    log.info({ event, ...facts });
    publication.event(event, plain(facts));
  };
  let awaited: readonly AwaitedFile[] = [];
  const onCollecting = (days: readonly AwaitedFile[]): void => void (awaited = days);
  const onProgress = (text: string): void => publication.setReason('bootstrapping', text);
  const supervisor = await startSupervisor({
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
    warm:
      isNew || recorded !== undefined
        ? warmStart(options, { config, plan, journal, recorded, around, onEvent, onCollecting, onProgress })
        : undefined,
    signal,
    seeds: () => (isNew ? new Map() : record.seeds),
    onOpenHole: onHole,
    onNote: noteTo(scene),
    timings: timingsOf(publication.monitor.vitals, createTimings(metrics, instruments)),
    onHeld: heldTo(scene),
    onPredictions: (predictions) => countUnpredicted(metrics, predictions),
  });
  return { supervisor, awaited };
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

/** How many trades are held while the session begins, for whoever asks. */
function heldTo({ plan, publication, metrics }: Scene): (counts: ReadonlyMap<string, number>) => void {
  return (counts) => {
    for (const { name, venue, symbol } of plan.instruments)
      metrics.set('held_trades', counts.get(name) ?? 0, { venue: venue ?? '', symbol });
    publication.setStatus('held', Object.fromEntries(counts));
  };
}

/** As JSON has it; an id above 2^53 is its digits. */
function plain(facts: object): Record<string, unknown> {
  const text = JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return JSON.parse(text) as Record<string, unknown>;
}

/** Each note once in the log, in the metrics and among the events; what is waited for is why the service is not ready. */
export function listenTo(
  publication: Publication,
  metrics: Metrics,
  instruments: readonly Instrument[],
  log: (line: object) => void,
): (note: SupervisorNote) => void {
  const openHoles = createOpenHoles();
  // What an earlier session waited for, this one asks for anew.
  publication.setReason('hole');
  return (note) => {
    const instrument = instruments.find(({ name }) => name === note.instrument);
    countNote(metrics, { venue: instrument?.venue ?? '', symbol: instrument?.symbol ?? '' }, note);
    const { what, ...facts } = note;
    // The raw message of an unknown one is in its file, not in a log.
    const told = 'raw' in facts ? { ...facts, raw: undefined } : facts;
    const said = plain(told);
    log({ event: what, ...said });
    publication.event(what, said);
    publication.setReason('hole', openHoles(note));
  };
}
