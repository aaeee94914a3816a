import type { EndRule } from '../bars/kind.ts';

/** Where the bars of a clock come from. */
export type ClockSource =
  | {
      readonly type: 'rule';
      readonly rule: EndRule;
      /** The rule as the schema has it. */
      readonly text: string;
      readonly anchorDay: boolean;
      readonly delay: number;
    }
  | { readonly type: 'interval'; readonly every: number; readonly carryEmpty: boolean; readonly delay: number }
  | { readonly type: 'given' }
  | {
      readonly type: 'series';
      readonly values: readonly string[];
      /** Microseconds from the time of a row until it became known; NaN where each says it itself. */
      readonly delay: number;
      /** Microseconds from then until a row of the chain may hold it. */
      readonly latency: number;
      /** Microseconds after which its values are NaN; Infinity: never. */
      readonly maxAge: number;
      readonly keepsOlder: boolean;
    }
  | {
      readonly type: 'derived';
      readonly parent: number;
      readonly by: 'count' | 'dollarVolume' | 'volume';
      readonly threshold: number;
      readonly carry: boolean;
    }
  | {
      readonly type: 'resampled';
      readonly parent: number;
      readonly every: number;
      readonly carryEmpty: boolean;
      readonly delay: number;
    };
