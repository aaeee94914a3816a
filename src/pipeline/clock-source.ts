import type { ThresholdKind } from '../bars/kind.ts';

/** Where the bars of a clock come from. */
export type ClockSource =
  | {
      readonly type: 'threshold';
      readonly kind: ThresholdKind;
      readonly threshold: number;
      readonly carry: boolean;
      readonly anchorDay: boolean;
    }
  | { readonly type: 'interval'; readonly every: number; readonly carryEmpty: boolean }
  | { readonly type: 'given' }
  | {
      readonly type: 'derived';
      readonly parent: number;
      readonly by: 'count' | 'dollarVolume' | 'volume';
      readonly threshold: number;
      readonly carry: boolean;
    };
