/** Events as they are recorded: each written down before the chain sees it, and what was refused after. */
import type { GivenBar } from '../bars/given.ts';
import type { SeriesRow } from '../bars/series.ts';
import { MinotaurError } from '../base/errors.ts';
import type { BarFacts, Described, EventFacts, Hole } from '../chain/contract.ts';
import { complaintOf, shown } from '../trades/door.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import type { RecordedState, Recorder } from './record.ts';

/** Names of events, as a refusal has them. */
const EVENTS: ReadonlySet<string> = new Set(['trades', 'bar', 'series', 'watermark', 'hole', 'release']);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** A session begins with its first event. */
export function eventsInto(recorder: Recorder, chain: Described, stateNow: () => RecordedState) {
  const single = createTradeBlock(1);
  single.length = 1;
  const known: ReadonlySet<string> = new Set(chain.plan.instruments.map(({ name }) => name));
  let started = false;
  let state = chain.counts().trades > 0 ? stateNow() : undefined;
  const start = (): void => {
    if (!started) recorder.start({ plan: chain.plan, epoch: chain.epoch(), rows: chain.counts().rows, state });
    started = true;
  };
  const isKnown = (facts: EventFacts | undefined): boolean =>
    facts?.instrument === undefined || known.has(facts.instrument);
  /** Whether it is said which instrument an event is of, where there are several. */
  const isNamed = (facts: EventFacts | undefined): boolean => known.size === 1 || facts?.instrument !== undefined;
  /** Writes an event down; what it is called where it is refused. What is none of the chain leaves no event on record. */
  const record = (what: string, event: unknown, isEvent: boolean, write: () => void): string => {
    start();
    if (!isEvent) return shown(event);
    write();
    return what;
  };
  return {
    restored(to: RecordedState): void {
      state = to;
      started = false;
    },
    snapshot(taken: RecordedState): void {
      start();
      recorder.snapshot(taken);
    },
    stop(): void {
      // First: where there is none, as while a model is at work, the record has not come to its end.
      state = stateNow();
      recorder.stop();
      started = false;
    },
    /** By itself, because nothing is to be made for a trade. */
    trades(trades: Trade | TradeBlock, facts: EventFacts | undefined): string {
      start();
      if (complaintOf(trades) !== undefined || !isKnown(facts) || !isNamed(facts)) return shown(trades);
      if ('length' in trades) recorder.trades(trades, facts);
      else {
        setTrade(single, 0, trades);
        recorder.trades(single, facts);
      }
      return 'trades';
    },
    bar: (bar: GivenBar, facts: BarFacts | undefined): string =>
      record('bar', bar, isObject(bar) && isKnown(facts), () => recorder.bar(bar, ofItsClock(chain, facts))),
    series(name: string, row: SeriesRow, facts: EventFacts | undefined): string {
      const source = chain.plan.clocks.find((clock) => clock.name === name)?.source;
      return record('series', row, isObject(row) && source?.type === 'series', () => {
        const { time, available_at: available = NaN } = row;
        const names = source?.type === 'series' ? source.values : [];
        const values = Float64Array.from(names.map((value) => row[value] ?? NaN));
        recorder.series({ name, time, available_at: available, values }, facts);
      });
    },
    advance: (time: number, facts: EventFacts | undefined): string =>
      record('watermark', time, typeof time === 'number' && isKnown(facts) && isNamed(facts), () =>
        recorder.advance(time, facts),
      ),
    hole: (hole: Hole, facts: EventFacts | undefined): string =>
      record('hole', hole, isObject(hole) && isKnown(facts) && isNamed(facts), () => recorder.hole(hole, facts)),
    release: (time: number, facts: EventFacts | undefined): string =>
      record('release', time, typeof time === 'number', () => recorder.release(time, facts)),
    refused(what: string, row: number, error: unknown): void {
      const message = error instanceof Error ? error.message : String(error);
      const where = error instanceof MinotaurError ? error.facts.where : '';
      recorder.refused({ what, row: EVENTS.has(what) ? row : NaN, where, message });
      recorder.flush();
    },
  };
}

/** What is known of a bar, with the instrument that its clock is of where there are several. */
function ofItsClock({ plan: { instruments, clocks } }: Described, facts: BarFacts | undefined): BarFacts | undefined {
  if (instruments.length === 1 || facts?.instrument !== undefined) return facts;
  const given = clocks.filter(({ source }) => source.type === 'given');
  const clock = given.length === 1 ? given[0] : given.find(({ name }) => name === facts?.clock);
  return clock === undefined ? facts : { ...facts, instrument: instruments[clock.instrument].name };
}
