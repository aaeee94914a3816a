/** What a recorder can be told, as generated calls, and what has to be read of it again. */
import * as fc from 'fast-check';
import type { GivenBar } from '../packages/core/src/bars/given.ts';
import { createPlan } from '../packages/core/src/chain/plan.ts';
import type { EventFacts } from '../packages/core/src/chain/contract.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import type { JournalRecord, Received, RecordedState, Recorder } from '../packages/core/src/live/record.ts';
import { createRowDigest } from '../packages/core/src/rows/digest.ts';
import {
  createTradeBlock,
  rowOf,
  sliceTrades,
  TRADE_VALUES,
  type TradeBlock,
} from '../packages/core/src/trades/trade.ts';

const plan = createPlan(
  parseConfig({ symbol: 'XY', clocks: { short: { bars: 'tick', threshold: 5 } }, features: { short: ['close'] } }),
);
const { instruments } = plan;

/** A call of a recorder, and what has to be read again of it, given what was recorded before. */
export interface Call {
  write(recorder: Recorder): void;
  reads(so: SoFar): JournalRecord[];
}

/** What later records say of earlier ones. */
interface SoFar {
  readonly digest: ReturnType<typeof createRowDigest>;
  readonly times: number[];
}

/** -0 and NaN as well: the bits are what is kept. */
const double = fc.double();
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const state: fc.Arbitrary<RecordedState> = fc.oneof(
  fc.record({ engine: bytes, predictor: bytes }),
  fc.record({ engine: bytes }),
);
const facts: fc.Arbitrary<EventFacts | undefined> = fc.option(
  fc.record(
    {
      instrument: fc.constant('XY'),
      arrival: double.filter((value) => value === value),
      origin: fc.oneof(fc.constantFrom('stream', 'repair'), text),
      maxSilence: fc.constantFrom(1e6, Infinity),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

export function receivedOf({ arrival = NaN, origin = '', maxSilence = NaN }: EventFacts = {}): Received {
  return { instrument: 0, origin: { text: origin, maxSilence }, arrival: arrival as number };
}

export const block = fc
  .array(fc.tuple(double, double, double, double, fc.uint32Array({ minLength: 4, maxLength: 4 })), { maxLength: 600 })
  .map((rows): TradeBlock => {
    const filled = createTradeBlock(rows.length);
    filled.length = rows.length;
    rows.forEach((row, i) => {
      TRADE_VALUES.forEach((name, k) => (filled[name][i] = row[k] as number));
      filled.id.set(row[4], 4 * i);
    });
    return filled;
  });

const pushed = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: block.map((all) => sliceTrades(all, 0, Math.min(1, all.length))) }, block),
    facts,
    fc.boolean(),
  )
  .map(([trades, told, each]): Call => {
    // A time for each trade, or one for all.
    const arrivals = each && told?.arrival !== undefined ? Float64Array.from(trades.time, (_, i) => i) : undefined;
    const given = arrivals ? { ...told, arrival: arrivals } : told;
    return {
      write: (recorder) => recorder.trades(trades, given),
      reads: () =>
        Array.from({ length: trades.length }, (_, i) => ({
          kind: 'trade' as const,
          ...rowOf(trades, i),
          ...receivedOf(arrivals ? { ...told, arrival: arrivals[i] } : told),
          more: i + 1 < trades.length,
        })),
    };
  });

const barOf = (values: readonly number[]): GivenBar => {
  const [open_time, close_time, open, high, low, close, volume] = values;
  return { open_time, close_time, open, high, low, close, volume };
};
const given = fc
  .tuple(fc.array(double, { minLength: 7, maxLength: 7 }).map(barOf), fc.constantFrom('', 'given', 'zwölf'), facts)
  .map(([bar, clock, told]): Call => {
    return {
      write: (recorder) => recorder.bar(bar, clock === '' ? told : { ...told, clock }),
      reads: () => [{ kind: 'bar', bar, clock, ...receivedOf(told) }],
    };
  });

const advance = fc.tuple(double, facts).map(([time, told]): Call => {
  return {
    write: (recorder) => recorder.advance(time, told),
    reads: () => [{ kind: 'advance', time, ...receivedOf(told) }],
  };
});

const release = fc.tuple(double, facts).map(([time, told]): Call => {
  return {
    write: (recorder) => recorder.release(time, told),
    reads: () => [{ kind: 'release', time, ...receivedOf(told) }],
  };
});

const series = fc
  .tuple(
    fc.record({ name: text, time: double, available_at: double, values: fc.float64Array({ maxLength: 5 }) }),
    facts,
  )
  .map(([value, told]): Call => {
    return {
      write: (recorder) => recorder.series(value, told),
      reads: () => [{ kind: 'series', value, ...receivedOf(told) }],
    };
  });

/** Rows behind the beginning of a hole, as the record names them. */
function behind({ times }: SoFar, from: number): readonly [number, number] {
  let first = times.length;
  while (first > 0 && times.length - first < 1024 && times[first - 1] > from) first--;
  return [START_ROWS + first, START_ROWS + times.length];
}
const hole = fc.oneof(
  fc.record({ from: double, to: double }),
  fc.record({ from: double, to: double, missing: fc.integer({ min: 1 }) }),
);
const declared = fc.tuple(hole, facts).map(([one, told]): Call => {
  return {
    write: (recorder) => recorder.hole(one, told),
    reads: (so) => [{ kind: 'hole', hole: one, rows: behind(so, one.from), ...receivedOf(told) }],
  };
});
const gap = hole.map((one): Call => {
  return {
    write: (recorder) => recorder.gap(one),
    reads: (so) => [{ kind: 'gap', hole: one, rows: behind(so, one.from) }],
  };
});

const refused = fc.record({ what: text, row: double, where: text, message: text }).map((refusal): Call => {
  return { write: (recorder) => recorder.refused(refusal), reads: () => [{ kind: 'refused', ...refusal }] };
});

const row = fc.record({
  time: double,
  ready: fc.boolean(),
  complete: fc.boolean(),
  values: fc.float64Array({ maxLength: 9 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 3 }).map((all): Call => {
  const width = Math.min(...all.map(({ values }) => values.length));
  const cut = all.map((one) => ({ ...one, values: one.values.slice(0, width) }));
  const emitted = {
    count: cut.length,
    width,
    time: Float64Array.from(cut, ({ time }) => time),
    values: Float64Array.from(cut.flatMap(({ values }) => [...values])),
    ready: Float64Array.from(cut, ({ ready }) => +ready),
    complete: Float64Array.from(cut, ({ complete }) => +complete),
  };
  return {
    write: (recorder) => recorder.rows(emitted),
    reads({ digest, times }) {
      digest.add(emitted);
      return cut.map((one) => ({ kind: 'row' as const, ordinal: START_ROWS - 1 + times.push(one.time), ...one }));
    },
  };
});

const prediction = fc
  .tuple(
    fc.record(
      { time: double, probability: double, calibrated: double, signal: double, complete: fc.boolean(), refusal: text },
      { requiredKeys: ['time', 'probability', 'calibrated', 'signal', 'complete'] },
    ),
    fc.nat(),
  )
  .map(([one, ordinal]): Call => {
    return {
      write: (recorder) => recorder.prediction(one, ordinal),
      reads: () => [{ kind: 'prediction', ordinal, prediction: one }],
    };
  });

const snapshot = state.map((taken): Call => {
  return {
    write: (recorder) => recorder.snapshot(taken),
    reads: ({ digest, times }) => [
      { kind: 'snapshot', rows: START_ROWS + times.length, state: { ...taken, digest: digest.state() } },
    ],
  };
});

const note = fc.tuple(text, facts).map(([words, told]): Call => {
  return {
    write: (recorder) => recorder.note(words, told),
    reads: () => [{ kind: 'note', text: words, arrival: receivedOf(told).arrival }],
  };
});

const event = fc.oneof(
  pushed,
  given,
  advance,
  release,
  series,
  declared,
  gap,
  refused,
  rows,
  prediction,
  snapshot,
  note,
);

/** A call of every kind. */
export const everyKind = fc.tuple(
  pushed,
  given,
  advance,
  declared,
  rows,
  prediction,
  refused,
  gap,
  note,
  release,
  series,
  snapshot,
);

/** Rows that the session of these tests had emitted before. */
export const START_ROWS = 7;
const EPOCH = 3;

/** A session with its stop. */
export function sessionOf(calls: readonly Call[], begins: RecordedState | undefined, epoch = EPOCH): Call[] {
  const of = { plan, epoch, rows: START_ROWS };
  const start: Call = {
    write: (recorder) => recorder.start(begins === undefined ? of : { ...of, state: begins }),
    reads({ digest }) {
      const kept = begins && { ...begins, digest: digest.state() };
      return [{ kind: 'start', epoch, instruments, rows: START_ROWS, state: kept }];
    },
  };
  const stop: Call = { write: (recorder) => recorder.stop(), reads: () => [{ kind: 'stop' }] };
  return [start, ...calls, stop];
}

export const session = fc
  .tuple(fc.option(state, { nil: undefined }), fc.array(event, { minLength: 10, maxLength: 60 }))
  .map(([begins, calls]) => sessionOf(calls, begins));

/** What a journal of these calls has to give. */
export function expected(calls: readonly Call[]): JournalRecord[] {
  const so: SoFar = { digest: createRowDigest(), times: [] };
  return calls.flatMap((call) => call.reads(so));
}

export function write(recorder: Recorder, calls: readonly Call[]): void {
  for (const call of calls) call.write(recorder);
}
