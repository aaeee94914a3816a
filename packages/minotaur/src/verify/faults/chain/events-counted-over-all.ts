import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';

/** Events are counted over all instruments, so that their numbers depend on which feed was faster. */
export const eventsCountedOverAll = fault({
  name: 'events-counted-over-all',
  imitates: 'one sequence number for the whole process',
  several: true,
  plant: plantWrap(
    'both',
    rejoinSeveral({
      changeBar(bar, i, engine, instrument) {
        const { instruments = {} } = engine.counts();
        const { name } = engine.plan.instruments[instrument];
        for (const [other, { trades }] of Object.entries(instruments))
          if (other !== name) bar[COLUMN.event][i] += 2 * trades;
      },
    }),
  ),
});
