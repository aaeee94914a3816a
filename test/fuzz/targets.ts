/** What can be fuzzed, by name. */
import { decoders } from './decoders.ts';
import type { Target } from './fuzz.ts';
import { http } from './http.ts';
import { journal } from './journal.ts';

export const TARGETS: Readonly<Record<string, () => Target | Promise<Target>>> = { decoders, http, journal };
