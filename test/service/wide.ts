/** A session of wide rows, made up. */
import { createPublication, type Publication } from '../../packages/minotaur/src/service/publication/publication.ts';
import type { PublicationFacts } from '../../packages/minotaur/src/service/publication/facts.ts';

const WIDTH = 1000;

/** Each row has when it was made, and its number. */
export function wide(): { publication: Publication; emit: (count: number) => void } {
  const facts: PublicationFacts = {
    session: 'wide',
    schemaId: 's',
    artefact: null,
    engineVersion: '0',
    instruments: ['X'],
    clocks: [],
    columns: Array.from({ length: WIDTH }, (_, i) => `c${i}`),
    meanings: [],
    config: {},
    barPlaces: new Map(),
    drive: 0,
  };
  const publication = createPublication(facts, { now: () => 0 });
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  const values = new Float64Array(WIDTH);
  const one = Float64Array.of(1);
  let made = 0;
  return {
    publication,
    emit(count) {
      for (let i = 0; i < count; i++) {
        values[0] = performance.now();
        values[1] = made++;
        publication.sinks.onRows?.({ count: 1, width: WIDTH, time: one, values, ready: one, complete: one });
        publication.commit(1);
      }
    },
  };
}
