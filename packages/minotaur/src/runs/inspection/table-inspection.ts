/** What is said of files that are no trades. */
import type { Finding } from '../../inspect/survey/finding.ts';
import type { InspectedFiles } from './evidence.ts';

/** Bars or rows, and from when to when. */
export interface TableInspection {
  /** What the files are. */
  readonly kind: 'bars' | 'series';
  /** What was read. */
  readonly files: readonly InspectedFiles[];
  /** How many. */
  readonly rows: number;
  /** Time of the first, microseconds: of a bar when it opens. */
  readonly from: number | null;
  /** Time of the last: of a bar when it closes. */
  readonly to: number | null;
  /** Of bars: the commonest time from when one opens to when the next does, in seconds, where most lie so far apart; else null. */
  readonly interval: number | null;
  /** Names of what there is beside times. */
  readonly columns: readonly string[];
  /** What a person has to know. */
  readonly findings: readonly Finding[];
}
