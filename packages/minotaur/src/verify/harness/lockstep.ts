/**
 * Two engines side by side over the same events: one takes them in large blocks, the other in whatever way the law says must
 * not matter. Everything that they emit is compared stretch by stretch, and their states after the last event.
 */
import { firstDivergence } from './compare.ts';
import { result, type Check, type CheckContext, type CheckResult } from './check.ts';
import { sidesOf, type Sides } from './sides.ts';
import type { Stretch } from './stretch.ts';
import { countValues, traceEngine, type TracedEngine } from './trace.ts';

export interface OtherWay {
  /** On which side the second engine is. */
  readonly side: keyof Sides;
  /** What it does now and then, in the plural: `cuts`. */
  readonly doing: string;
  /** Pushes a whole stretch into it; returns how often it did so. */
  drive(other: TracedEngine, stretch: Stretch): number;
}

export async function lockstep(check: Check, context: CheckContext, way: OtherWay): Promise<CheckResult> {
  const sides = sidesOf(context);
  const reference = traceEngine(sides.historical);
  const other = traceEngine(sides[way.side]);
  const compared = { events: 0, rows: 0, values: 0, [way.doing]: 0 };
  for await (const stretch of context.open()) {
    reference.clear();
    other.clear();
    stretch.push(reference.engine, 0, stretch.length);
    compared[way.doing] += way.drive(other, stretch);
    compared.events += stretch.length;
    compared.rows += reference.trace.rows.times.length;
    compared.values += countValues(reference.trace);
    context.onProgress?.(stretch.length);
    const first = firstDivergence(reference.engine.plan, reference.trace, other.trace);
    if (first) return result(check, compared, first);
  }
  const same = Buffer.compare(reference.engine.snapshot(), other.engine.snapshot()) === 0;
  const message = 'all outputs agree, but the states after the last event differ';
  return result(check, compared, same ? null : { message });
}
