/** What a model loses without features, and how the losses are compared. */
import { sfc32 } from 'minotaur-core/internal/base/random';
import type { Falls } from 'minotaur-core/internal/model/evaluation/importance';
import type { AskedRows } from './asked-rows.ts';

/** What a model loses without some of its features. */
export interface FeatureFalls extends Falls {
  /** Of the feature, or of the family. */
  readonly name: string;
  /** The family. */
  readonly family: string;
  /** Columns that change places together. */
  readonly columns: number;
}

/** Columns that change places together. */
export interface FeatureGroup {
  readonly name: string;
  readonly family: string;
  /** Places in the artefact's learned columns. */
  readonly members: readonly number[];
}

/** Sets of rows that intervals are made of. */
const REPLICATES = 400;

/** Resampled sets of the rows, the same whatever is compared. */
export const drawOf = ({ block }: AskedRows) => ({ block, replicates: REPLICATES, begin: () => sfc32(2) });

/** By the fall of the ROC AUC; of equal ones by name. */
export const greatestFirst = (list: readonly FeatureFalls[]): FeatureFalls[] =>
  list.toSorted((a, b) => b.rocAuc.mean - a.rocAuc.mean || (a.name < b.name ? -1 : 1));
