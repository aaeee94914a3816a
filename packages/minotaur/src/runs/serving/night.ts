/** What a live session needs in order to run for months: a look at its disk, old segments put away, yesterday proved, somebody woken. */
import { statfsSync } from 'node:fs';
import { numeric, secret, textual, type Optional } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { JournalEars } from '../../journal/segments.ts';
import type { Metrics } from '../../service/metrics/metrics.ts';
import { createAlarms, type Alarms } from '../../service/night/alarms.ts';
import { createDiskWatch } from '../../service/night/disk.ts';
import { removeOldSegments } from '../../service/night/retention.ts';
import { dailyTime } from '../../service/night/schedule.ts';
import { createWebhook, type Webhook } from '../../service/night/webhook.ts';
import type { Publication } from '../../service/publication/publication.ts';
import type { VenueAddress } from '../../service/supervisor/listening.ts';
import type { SupervisorNote } from '../../service/supervisor/notes.ts';
import { venueOfMarket } from '../../venues/named.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { dayAheadOf, type ShadowDay, type ShadowMarket, type ShadowTask } from './shadow-day.ts';
import { startNightly, type Nightly, type NightlyOrder } from './shadow-nightly.ts';

/** What of it is asked for. */
export interface NightOptions {
  /** When yesterday is compared with the venue's file of it: `daily`, or `daily@HH:MM`, UTC. Absent: never. */
  readonly shadow?: string | undefined;
  /** Days that segments of the record are kept. Absent: all of them. */
  readonly keep?: number | undefined;
  /** Address that alarms are posted to. */
  readonly webhook?: string | undefined;
  /** What these messages are signed with. */
  readonly webhookSecret?: string | undefined;
}

export const NIGHT: Optional<NightOptions> = {
  shadow: textual,
  keep: numeric,
  webhook: textual,
  webhookSecret: secret,
};

/** What else reads the record. */
interface NightReaders {
  /** The oldest segment that is still to be read, asked each time; absent: nobody reads. */
  readonly firstNeeded?: (() => number) | undefined;
}

export interface NightOrder extends NightReaders {
  readonly options: NightOptions;
  /** By the venue's name. */
  readonly addresses?: Readonly<Record<string, VenueAddress>> | undefined;
  readonly journal: string;
  readonly instruments: readonly Instrument[];
  readonly publication: Publication;
  readonly metrics: Metrics;
  readonly log: (line: object) => void;
  readonly around: Surroundings;
  readonly times?: Pick<NightlyOrder, 'look' | 'again'> | undefined;
}

export interface Night {
  /** For the journal of the session. */
  readonly ears: JournalEars;
  note(note: SupervisorNote): void;
  /** The bus takes nothing, in words; undefined where it does. */
  bus(words: string | undefined): void;
  /** The disk is looked at from here on: what a session gathers before it runs may fill it. */
  watchDisk(): void;
  /** The session runs. */
  start(shadow: Omit<ShadowTask, 'day' | 'folder' | 'isCompared' | keyof Compared>): void;
  /** It has ended, by itself where there is a reason. */
  end(reason: string | undefined): Promise<void>;
}

/** Milliseconds between two looks at the disk, and at old segments. */
const METERED = 1000;
const SWEPT = 3_600_000;
/** That the last alarms may take once the session has ended. */
const FAREWELL = 5000;

/** @throws {MinotaurError} of kind `config` for what cannot be */
export function createNight(order: NightOrder): Night {
  const { options, journal, publication, metrics, around } = order;
  const at = options.shadow === undefined ? undefined : dailyTime(options.shadow);
  const compared = at === undefined ? undefined : comparedOf(order);
  const webhook = webhookOf(order);
  const alarms = createAlarms((alarm) => webhook?.send(alarm));
  let nightly: Nightly | undefined;
  let [stop, unwatch] = [(): void => {}, (): void => {}];
  const unlisten = clearHole(publication, alarms);
  return {
    ears: earsOf(order, alarms),
    note(note) {
      if (note.what === 'hole' && note.hole.kind !== 'official')
        alarms.raise('hole', `${note.instrument}: trades are missing, and nothing filled the hole`);
    },
    bus: (words) => (words === undefined ? alarms.clear('bus', 'it takes what comes') : alarms.raise('bus', words)),
    watchDisk() {
      const timer = setInterval(diskLook(order, alarms), METERED);
      unwatch = () => clearInterval(timer);
    },
    start(shadow) {
      const sweep = (): void => {
        if (options.keep === undefined || nightly?.isRunning === true) return;
        const before = around.wall() - options.keep * MICROS_PER_DAY;
        const remove = async (): Promise<number> => removeOldSegments(journal, before, order.firstNeeded?.());
        remove().then(
          (removed) => removed > 0 && publication.event('retention', { removed }),
          (error: unknown) => order.log({ event: 'retention', error: String(error) }),
        );
      };
      const broom = setInterval(sweep, SWEPT);
      sweep();
      if (compared !== undefined && at !== undefined) {
        const onDay = (day: ShadowDay): void => tellDay(order, alarms, day);
        nightly = startNightly({ task: { ...shadow, ...compared }, at, around, onDay, ...order.times });
      }
      stop = () => clearInterval(broom);
    },
    async end(reason) {
      stop();
      unwatch();
      unlisten();
      if (reason !== undefined) alarms.raise('stopped', reason);
      await nightly?.stop();
      await webhook?.close(FAREWELL);
      metrics.set('ready', 0);
    },
  };
}

type Compared = Pick<ShadowTask, 'markets'>;

/** What the comparison is of: every instrument has a venue with files of days, and these days are the same. */
function comparedOf({ instruments, addresses = {} }: NightOrder): Compared {
  const markets = instruments.map(({ name, venue, symbol }): ShadowMarket => {
    const known = venue === null ? undefined : venueOfMarket(venue);
    if (venue === null || known?.dump === undefined)
      return fail('config', `shadow, ${name}`, 'a venue with files of days (minotaur venues)', String(venue));
    return { instrument: name, venue, symbol, baseUrl: addresses[known.name]?.dumps };
  });
  const [first, ...others] = markets;
  const other = others.find(({ venue }) => dayAheadOf(venue) !== dayAheadOf(first.venue));
  if (other !== undefined) {
    const found = `${first.venue} and ${other.venue}, whose days begin at other hours`;
    fail('config', 'shadow', 'venues whose days begin at one time', found);
  }
  return { markets };
}

function webhookOf({ options, publication, around, metrics, log }: NightOrder): Webhook | undefined {
  const { webhook: url, webhookSecret } = options;
  if (url === undefined) return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    fail('config', 'webhook', 'an address as https://example.org/hook', 'another text');
  const { session, instruments } = publication.facts;
  const onOutcome = (outcome: string, words: string): void => {
    metrics.add('webhooks_total', 1, { outcome });
    if (outcome !== 'sent') log({ event: 'webhook', outcome, words });
  };
  return createWebhook({ url, secret: webhookSecret, sender: { session, instruments }, around, onOutcome });
}

function earsOf({ metrics, publication, around }: NightOrder, alarms: Alarms): JournalEars {
  return {
    onWritten: (bytes) => metrics.add('journal_bytes_total', bytes),
    onSynced: (milliseconds) => metrics.observe('journal_sync_seconds', milliseconds / 1000),
    onSnapshot: () => metrics.set('snapshot_timestamp_seconds', around.wall() / 1e6),
    onBroken({ message }) {
      publication.setReason('journal', message);
      alarms.raise('journal', message);
    },
  };
}

/** A hole is over once a row has nothing to do with it. */
function clearHole({ recent, listen }: Publication, alarms: Alarms): () => void {
  let seen = recent.rows.next;
  return listen(() => {
    const { next } = recent.rows;
    if (next === seen) return;
    seen = next;
    if (recent.rows.at(next - 1)?.message.complete === true) alarms.clear('hole', 'rows are complete again');
  });
}

function diskLook({ journal, metrics, publication }: NightOrder, alarms: Alarms): () => void {
  const watch = createDiskWatch();
  return () => {
    const { bavail, bsize, blocks } = statfsSync(journal);
    const free = bavail * bsize;
    metrics.set('journal_free_bytes', free);
    const level = watch(bavail / blocks);
    if (level === undefined) return;
    const words = `${(100 * (bavail / blocks)).toFixed(1)} % of the disk are free`;
    publication.event('disk', { level, free });
    publication.setReason('disk', level === 'full' ? words : undefined);
    if (level === 'enough') alarms.clear('disk', words);
    else
      alarms.raise(
        'disk',
        level === 'low' ? `low: less than 10 % of the disk are free` : `full: less than 2 % are free`,
      );
  };
}

/** What is known of a day, wherever somebody looks. */
function tellDay({ publication, metrics, log }: NightOrder, alarms: Alarms, found: ShadowDay): void {
  const { day, ok, rows, words, outcome } = found;
  const said = { day, ok, rows, words };
  log({ event: 'shadow', ...said, outcome });
  publication.event('shadow', { ...said, outcome });
  publication.setStatus('shadow', said);
  if (ok === null) return;
  metrics.set('shadow_ok', ok ? 1 : 0);
  publication.setReason('shadow', ok ? undefined : `${day}: ${words}`);
  if (ok) alarms.clear('shadow', `${day}: the same bits, ${rows} rows`);
  else alarms.raise('shadow', `${day}: ${words}`);
}
