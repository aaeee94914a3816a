/** A wrapper that has a chain take rows of series as known at another time than they became known. */
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import type { Wrap } from './wrap.ts';

/** A row that says when it became known. */
type KnownRow = SeriesRow & { readonly available_at: number };

/** `known` gives the time of each, by the latency of its series. */
export function knownSeries(known: (row: KnownRow, latency: number) => number): Wrap {
  return (inner) => (sinks) => {
    const engine = inner(sinks);
    const latencyOf = (name: string): number => {
      const source = engine.plan.clocks.find((clock) => clock.name === name)?.source;
      return source?.type === 'series' ? source.latency : 0;
    };
    return {
      ...engine,
      pushSeries(name, row) {
        const { available_at: available } = row;
        const at = available === undefined ? undefined : known({ ...row, available_at: available }, latencyOf(name));
        engine.pushSeries(name, { ...row, available_at: at });
      },
    };
  };
}
