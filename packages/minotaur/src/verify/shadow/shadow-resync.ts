/**
 * Where rows of a session with a hole are those of history again: bars of time once they are complete, bars of a threshold
 * from the next boundary where they are anchored, otherwise never.
 */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';

/** What of a chain's rows can be compared behind a hole. */
export interface Resync {
  /** The hole whose end tells which rows are history's again; undefined where none will be. */
  until(hole: Hole): Hole | undefined;
  /** Which columns forget what was before the hole to the last bit. */
  readonly columns: readonly boolean[];
}

export function resyncOf({ clocks, rows }: Plan): Resync {
  const sources = clocks.map(({ source }) => source);
  const never = sources.some(
    (source) => source.type === 'derived' || (source.type === 'rule' && source.anchor === undefined),
  );
  const anchors = sources.flatMap((source) =>
    source.type === 'rule' && source.anchor !== undefined ? [source.anchor] : [],
  );
  const forgets = ({ features, columns }: FeatureGraph): boolean[] =>
    features.map(({ column }) => columns[column].memory.class === 'finite');
  const columns = [
    // The age follows the features of a clock.
    ...clocks.flatMap(({ graph }) => [...forgets(graph), true]),
    ...(rows === undefined ? [] : forgets(rows.graph)),
  ];
  return {
    columns,
    until(hole) {
      if (never) return undefined;
      const ends = anchors.map((anchor) => anchor.after(hole.to) - 1);
      return { ...hole, to: Math.max(hole.to, ...ends) };
    },
  };
}
