import type { Grid } from '../bars/grid.ts';
import type { EndRule } from '../bars/kind.ts';

/** Where the bars of a clock come from. */
export type ClockSource =
  | {
      readonly type: 'rule';
      readonly rule: EndRule;
      /** The rule as the schema has it. */
      readonly text: string;
      /** Where the open bar is closed whatever the rule says. */
      readonly anchor: Grid | undefined;
      readonly delay: number;
    }
  | { readonly type: 'interval'; readonly grid: Grid; readonly carryEmpty: boolean; readonly delay: number }
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
      readonly grid: Grid;
      readonly carryEmpty: boolean;
      readonly delay: number;
    };
