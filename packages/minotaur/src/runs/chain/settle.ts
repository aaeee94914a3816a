/** Settling the instruments of a run: what the configuration leaves open, an earlier run or the first file says. */
import { instrumentsOf, settledKeysOf, withInstrument } from 'minotaur-core/internal/trades/instrument';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Config } from 'minotaur-core/internal/config/config';
import type { LoadedConfig } from '../../files/config-file.ts';
import { toldByFiles } from '../../files/trades/told-by-files.ts';
import { refuseUnnamed, type Files } from './run-files.ts';
import { settleWith, type KnownOfInstruments, type SettledConfig } from './settled.ts';

/** What a run may know of its instruments beside the configuration. */
export interface InstrumentSources {
  /** Files of trades and globs, by instrument where there are several; the first file of each tells. */
  readonly trades?: Files | undefined;
  /** Its name, where the run was told; the configuration's own then goes by that name. */
  readonly instrument?: string | undefined;
  /** Those of the state, rows or journal which the run goes on from. */
  readonly known?: readonly Instrument[] | undefined;
  /** Whether evidence of another instrument in the files is overridden. */
  readonly accept?: boolean | undefined;
}

/** What was loaded of a configuration, settled; other threads and processes get the same. */
export type Settled<Loaded extends LoadedConfig> = Loaded & SettledConfig;

/**
 * The one place where the instruments of files are settled: build, replay, label, verify and the shadow go by it. See
 * {@link settleWith} for what wins.
 * @throws {MinotaurError} where a first file cannot be read, or what is said does not fit together
 */
export async function settleInstruments(raw: Config, sources: InstrumentSources): Promise<SettledConfig> {
  const { instrument, trades, known, accept } = sources;
  const config = instrument === undefined ? raw : withInstrument(raw, instrument);
  const names = instrumentsOf(config).map(({ name }) => name);
  if (names.length > 1 && Array.isArray(trades)) refuseUnnamed('trades', 'an instrument', names);
  const ask: KnownOfInstruments['ask'] = async (name, options) => {
    const files = filesOf(trades, name);
    return files === undefined ? undefined : toldByFiles(files, options);
  };
  return settleWith(config, { ask, known, accept });
}

/** Those of an instrument; without names they are of the only one. */
function filesOf(files: Files | undefined, name: string): readonly string[] | undefined {
  if (files === undefined || Array.isArray(files)) return files as readonly string[] | undefined;
  return (files as Readonly<Record<string, readonly string[]>>)[name];
}

/** The same of what was loaded. */
export async function settleLoaded<Loaded extends LoadedConfig>(
  loaded: Loaded,
  sources: InstrumentSources,
): Promise<Settled<Loaded>> {
  const { trades, instrument, known, accept } = sources;
  const settled = await settleInstruments(loaded.config, { trades, instrument, known, accept });
  const source = { ...loaded.source, instrument, settled: settled.instruments.map(settledKeysOf) };
  return { ...loaded, ...settled, source };
}
