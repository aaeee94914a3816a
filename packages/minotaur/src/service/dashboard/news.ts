/** What the page is told: who speaks, and then, whenever it is asked, what is new since it was asked last. */
import { LIVE_KEPT, type LiveBar, type LiveFacts, type LiveNews, type LiveStretch } from '#view';
import { positionText } from '../protocol/position.ts';
import type { Publication } from '../publication/publication.ts';
import type { PublicationFacts } from '../publication/facts.ts';
import type { Ring } from '../publication/ring.ts';
import type { Stretch } from '../publication/vitals.ts';

/** A reader of a publication; nothing is kept for it beside where it is. */
export interface News {
  readonly facts: LiveFacts;
  /** All that is kept, the first time. Numbers that are none become null when this is written as JSON. */
  next(subscribers: number): LiveNews;
}

const BAR_COLUMNS = ['open', 'high', 'low', 'close'] as const;

/** @param clock whose bars are told; the one that rows come with where this is none */
export function createNews(publication: Publication, clock: string | undefined): News {
  const { facts, recent, monitor } = publication;
  const name = facts.clocks.some((one) => one.name === clock) ? clock : facts.clocks[facts.drive]?.name;
  const bars = recent.bars.get(name ?? '');
  const places = BAR_COLUMNS.map((column) =>
    (facts.clocks.find((one) => one.name === name)?.columns ?? []).indexOf(column),
  );
  const reads = {
    bars: bars === undefined ? () => [] : reader(bars, LIVE_KEPT.bars),
    predictions: reader(recent.predictions, LIVE_KEPT.predictions),
    events: reader(recent.events, LIVE_KEPT.events),
    seconds: reader(monitor.vitals.seconds, LIVE_KEPT.stretches),
    quarters: reader(monitor.vitals.quarters, LIVE_KEPT.stretches),
  };
  let version = 0;
  let row = -1;
  return {
    facts: factsOf(facts, name ?? ''),
    next(subscribers) {
      const changed = monitor.continuity.since(version);
      version = monitor.continuity.version;
      const newest = recent.rows.next - 1;
      const isNew = newest > row;
      row = newest;
      return {
        now: publication.now(),
        state: publication.state,
        reasons: publication.reasons,
        ...monitor.look(),
        rows: publication.next.ordinal,
        barTimes: facts.clocks.map((one) => newestTime(recent.bars.get(one.name))),
        subscribers,
        row: isNew ? rowOf(publication, newest) : null,
        bars: reads.bars().map(({ message }): LiveBar => {
          const [open, high, low, close] = places.map((at) => message.values[at] ?? NaN);
          return [message.ordinal, message.time, open, high, low, close];
        }),
        predictions: reads.predictions().map(({ position, message }) => {
          const { time, probability, calibrated, signal, refusal } = message;
          return { position: positionText(position), time, probability, calibrated, signal, refusal };
        }),
        events: reads.events().map(({ message: { number, time, event, data } }) => ({ number, time, event, data })),
        seconds: reads.seconds().map(stretchOf),
        quarters: reads.quarters().map(stretchOf),
        spans: changed.slice(-LIVE_KEPT.spans),
      };
    },
  };
}

/** What is new in a ring, each time it is called; at most so much of it, the newest. */
function reader<T>(ring: Ring<T>, most: number): () => T[] {
  let next = 0;
  return () => {
    const from = Math.max(next, ring.first, ring.next - most);
    next = ring.next;
    return ring.take(from, most);
  };
}

function factsOf({ session, schemaId, artefact, engineVersion, ...facts }: PublicationFacts, clock: string): LiveFacts {
  const { clocks, columns, meanings, training } = facts;
  return {
    session,
    schemaId,
    artefact,
    engineVersion,
    clocks: clocks.map(({ name }) => name),
    clock,
    columns,
    meanings,
    model: training === undefined ? null : { threshold: training.threshold, used: training.used },
  };
}

function rowOf({ recent, facts: { training } }: Publication, newest: number): LiveNews['row'] {
  const message = recent.rows.at(newest)?.message;
  if (message === undefined) return null;
  const { time, ready, complete, values } = message;
  const distances = training === undefined ? null : [...training.distances(values)];
  return { position: positionText(message), time, ready, complete, values: [...values], distances };
}

function newestTime(bars: Ring<{ readonly message: { readonly time: number } }> | undefined): number | null {
  return bars?.at(bars.next - 1)?.message.time ?? null;
}

const stretchOf = ({ time, trades, transit, work, loop }: Stretch): LiveStretch => {
  return [time, trades, transit.p50, transit.p99, work.p50, work.p99, loop];
};
