/** What a session says of itself, from its plan and its artefact. */
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { portable } from 'minotaur-core/internal/config/portable';
import type { Speaker } from '../protocol/messages.ts';
import type { Training } from './training.ts';

/** Who publishes, and what its rows are. */
export interface PublicationFacts extends Speaker {
  /** Names of the values of a row, in order. */
  readonly columns: readonly string[];
  /** What each of them is, as `clock: expression`. */
  readonly meanings: readonly string[];
  /** The configuration, as JSON can hold it. */
  readonly config: unknown;
  /** Where each column of a clock's bars stands in what the chain hands over. */
  readonly barPlaces: ReadonlyMap<string, BarPlace>;
  /** Index of the clock that rows come with. */
  readonly drive: number;
  /** Where there is a model: what its training knows of rows. */
  readonly training?: Training | undefined;
}

/** How bars of a clock are read. */
interface BarPlace {
  /** Index of the clock. */
  readonly clock: number;
  /** In the order of the clock's columns. */
  readonly columns: readonly number[];
  readonly time: number;
  readonly ordinal: number;
}

/** Of a chain with this plan; `artefact` is the digest of what predicts. */
export function factsOf(plan: Plan, session: string, artefact: string | null = null): PublicationFacts {
  const clocks = plan.clocks.map(({ name, barColumns }) => ({
    name,
    columns: barColumns.filter((column) => column !== 'event'),
  }));
  const places = clocks.map(({ name, columns }, clock) => {
    const at = (wanted: string): number => plan.clocks[clock].graph.columns.findIndex(({ text }) => text === wanted);
    return [name, { clock, columns: columns.map(at), time: at('available_at'), ordinal: at('ordinal') }] as const;
  });
  return {
    session,
    schemaId: plan.schema.id,
    artefact,
    engineVersion: ENGINE_VERSION,
    instruments: plan.instruments.map(({ name }) => name),
    clocks,
    columns: plan.columns,
    meanings: plan.meanings,
    config: portable(plan.config),
    barPlaces: new Map(places),
    drive: plan.drive,
  };
}
