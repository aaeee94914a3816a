import * as z from 'zod';
import { parseDelay, parseSpan } from './time.ts';

/** Of a number too, which has no unit: it is said what a span looks like. */
const SPAN = { error: 'expected a span such as 500ms, 30s, 1min, 4hour, 1day, 1week' };
const DELAY = { error: 'expected 0, or a span such as 250ms, 30s' };

/** A length of time as text. */
export const span = z.string(SPAN).refine((text) => Number.isFinite(parseSpan(text)), SPAN);

/** The same, or nothing. */
export const delay = z
  .union([z.literal(0), z.string()], DELAY)
  .refine((text) => Number.isFinite(parseDelay(text)), DELAY);
