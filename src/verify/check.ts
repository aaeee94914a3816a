/** What a check is given and what it says. */
import type { ConfigInput } from '../pipeline/config.ts';
import type { Divergence } from './trace.ts';
import type { Stretch } from './feed.ts';

export interface CheckContext {
  readonly config: ConfigInput | string;
  /** How another process gets the same configuration. */
  readonly configSource: ConfigSource;
  /** Opens the user's events from the start, as stretches of at most {@link STRETCH} events. */
  readonly open: () => AsyncIterable<Stretch>;
  readonly seed: number;
  /** Told of progress, in events. */
  readonly onProgress?: (events: number) => void;
}

export type ConfigSource =
  | { readonly kind: 'value'; readonly value: ConfigInput | string }
  /** A module that default-exports the configuration. */
  | { readonly kind: 'module'; readonly path: string };

export interface CheckResult {
  readonly name: string;
  /** The law in words. */
  readonly law: string;
  readonly holds: boolean;
  /** How much was compared; a check that compared nothing does not hold. */
  readonly compared: Readonly<Record<string, number | string>>;
  readonly first: Divergence | { readonly message: string } | null;
}

export interface Check {
  readonly name: string;
  readonly law: string;
  readonly run: (context: CheckContext) => Promise<CheckResult>;
}

/** Events per stretch: what is held in memory at once. */
export const STRETCH = 8192;

export function result(
  check: Pick<Check, 'name' | 'law'>,
  compared: CheckResult['compared'],
  first: CheckResult['first'] | undefined,
): CheckResult {
  // Two engines that were given nothing agree on everything.
  const nothing = compared['events'] === 0 || compared['values'] === 0;
  const failure = first ?? (nothing ? { message: 'nothing was compared: too little input for this check' } : null);
  return { name: check.name, law: check.law, holds: failure === null, compared, first: failure };
}

/** `8,192 events, 45 rows`: how much a check compared, in words. */
export function describeAmounts(compared: CheckResult['compared']): string {
  return Object.entries(compared)
    .map(([what, n]) => `${typeof n === 'number' ? n.toLocaleString('en') : n} ${what}`)
    .join(', ');
}
