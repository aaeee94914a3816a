import * as z from 'zod';
import { parseDelay, parseSpan } from './time.ts';

/** A length of time as text. */
export const span = z.string().refine((text) => Number.isFinite(parseSpan(text)), {
  error: 'expected a span such as 500ms, 30s, 1min, 4hour, 1day, 1week',
});

/** The same, or nothing. */
export const delay = z.union([z.literal(0), z.string()]).refine((text) => Number.isFinite(parseDelay(text)), {
  error: 'expected 0, or a span such as 250ms, 30s',
});
