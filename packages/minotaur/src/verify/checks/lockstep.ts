/**
 * Checks that run two engines side by side over the same events and compare everything they emit, stretch by stretch:
 * one takes large blocks, the other whatever the law says must not matter.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { result, sidesOf, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import type { Stretch } from '../harness/feed.ts';
import { countValues, firstDivergence, traceEngine, type TracedEngine } from '../harness/trace.ts';

/** Pushes a whole stretch into the second engine in its own way; returns how often it did something special. */
type Driver = (traced: TracedEngine, stretch: Stretch) => number;

async function lockstep(
  check: Pick<Check, 'name' | 'law'>,
  context: CheckContext,
  special: string,
  drive: Driver,
  side: 'historical' | 'live' = 'historical',
): Promise<CheckResult> {
  const sides = sidesOf(context);
  const reference = traceEngine(sides.historical);
  const other = traceEngine(sides[side]);
  const compared = { events: 0, rows: 0, values: 0, [special]: 0 };
  for await (const stretch of context.open()) {
    reference.clear();
    other.clear();
    stretch.push(reference.engine, 0, stretch.length);
    compared[special] += drive(other, stretch);
    compared.events += stretch.length;
    compared.rows += reference.trace.rows.times.length;
    compared.values += countValues(reference.trace);
    context.onProgress?.(stretch.length);
    const first = firstDivergence(reference.engine.plan, reference.trace, other.trace);
    if (first) return result(check, compared, first);
  }
  const a = reference.engine.snapshot();
  const b = other.engine.snapshot();
  const same = Buffer.compare(a, b) === 0;
  return result(
    check,
    compared,
    same ? null : { message: 'all outputs agree, but the states after the last event differ' },
  );
}

/** Cuts that favour what breaks: single events, a few, and long runs, as long as the stretch has them. */
function cutSize(random: () => number, length: number): number {
  const choice = random();
  if (choice < 0.3) return 1;
  if (choice < 0.6) return 2 + Math.floor(random() * 8);
  return 10 + Math.floor(random() * Math.min(3000, length / 2));
}

export const parity: Check = {
  name: 'parity',
  law: 'the historical build and the live replay, one event at a time, give the same bits',
  run(context) {
    const drive: Driver = ({ engine }, stretch) => {
      for (let i = 0; i < stretch.length; i++) stretch.push(engine, i, i + 1);
      return stretch.length;
    };
    return lockstep(this, context, 'pushes', drive, 'live');
  },
};

export const blocks: Check = {
  name: 'blocks',
  law: 'L1: any way of cutting the input into blocks gives the same bits',
  run(context) {
    const random = mulberry32(context.seed);
    return lockstep(this, context, 'cuts', ({ engine }, stretch) => {
      let cuts = 0;
      for (let i = 0; i < stretch.length; cuts++) {
        const to = Math.min(stretch.length, i + cutSize(random, stretch.length));
        stretch.push(engine, i, to);
        i = to;
      }
      return cuts;
    });
  },
};

export const snapshot: Check = {
  name: 'snapshot',
  law: 'L2: a snapshot at any event, inside half-built bars too, goes on with the same bits',
  run(context) {
    const random = mulberry32(context.seed + 1);
    return lockstep(this, context, 'restores', (traced, stretch) => {
      const { engine } = traced;
      let restores = 0;
      for (let i = 0; i < stretch.length; restores++) {
        const to = Math.min(stretch.length, i + 1 + Math.floor(random() * Math.min(900, stretch.length / 3)));
        stretch.push(engine, i, to);
        const bytes = engine.snapshot();
        // What was not in the snapshot has to come from somewhere else: drive the engine elsewhere before it goes back.
        traced.muted = true;
        const end = Math.min(stretch.length, to + 50);
        stretch.garble(to, end, restores).push(engine, to, end);
        engine.restore(bytes);
        traced.muted = false;
        i = to;
      }
      return restores;
    });
  },
};
