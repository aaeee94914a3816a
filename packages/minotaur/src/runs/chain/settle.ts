/** Settling the instrument of a run: what the configuration leaves open, an earlier run or the first file says. */
import {
  instrumentInputOf,
  instrumentsOf,
  settledKeysOf,
  withInstrument,
  withSettled,
} from 'minotaur-core/internal/trades/instrument';
import type { Instrument, SettledKeys } from 'minotaur-core/internal/trades/instrument';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import type { Config } from 'minotaur-core/internal/config/config';
import type { LoadedConfig } from '../../files/config-file.ts';
import { sourceOptions, type SourceOptions } from '../../files/trades/source-options.ts';
import { toldByFiles, type ToldByFile } from '../../files/trades/told-by-files.ts';

/** What a run may know of its instrument beside the configuration. */
export interface InstrumentSources {
  /** Files of trades and globs; the first file tells. */
  readonly trades?: readonly string[] | undefined;
  /** Its name, where the run was told; the configuration's own then goes by that name. */
  readonly instrument?: string | undefined;
  /** That of the state, rows or journal which the run goes on from. */
  readonly known?: Instrument | undefined;
  /** Whether evidence of another instrument in the files is overridden. */
  readonly accept?: boolean | undefined;
}

/** An instrument with everything settled, and what settled it where the configuration does not say it. */
export interface SettledInstrument extends Instrument {
  /** By key, what it was told by: the path of a file, or `an earlier run`. */
  readonly told: Readonly<Record<string, string>>;
}

/** A configuration whose instrument is settled, and how its files are read. */
export interface SettledConfig {
  readonly config: Config;
  readonly input: SourceOptions;
  readonly instrument: SettledInstrument;
}

/** What was loaded of a configuration, settled; other threads and processes get the same. */
export type Settled<Loaded extends LoadedConfig> = Loaded & SettledConfig;

const EARLIER = 'an earlier run';
const KEYS = ['symbol', 'venue', 'ids'] as const;

/**
 * The one place where an instrument is settled: build, replay, label, verify and the shadow go by it. What the configuration
 * says wins, then what is known, then what the first file tells: the symbol of its rows or name, the venue that its layout
 * is of, and what its ids are good for.
 * @throws {MinotaurError} where the first file cannot be read, or what is said does not fit together
 */
export async function settleInstrument(
  raw: Config,
  { trades, instrument: name, known, accept }: InstrumentSources,
): Promise<SettledConfig> {
  const given = name === undefined ? raw : withInstrument(raw, name);
  const earlier = known === undefined ? given : withSettled(given, settledKeysOf(known));
  const file = await askFile(earlier, trades, accept);
  const config = file === undefined ? earlier : withSettled(earlier, file);
  const newly = (key: keyof SettledKeys, from: Config, to: Config): boolean =>
    instrumentInputOf(from)?.[key] === undefined && instrumentInputOf(to)?.[key] !== undefined;
  const told: Record<string, string> = {};
  for (const key of KEYS) {
    if (newly(key, given, earlier)) told[key] = EARLIER;
    else if (file !== undefined && newly(key, earlier, config)) told[key] = file.file;
  }
  const [instrument] = instrumentsOf(config);
  // A symbol that only the first file says is no choice among several: a second one is refused, not left out.
  const { instrument: own, ...input } = sourceOptions(config);
  const read = told['symbol'] === file?.file && file !== undefined ? { ...own, symbol: undefined } : own;
  return { config, input: { ...input, instrument: read, accept }, instrument: { ...instrument, told } };
}

/** The same of what was loaded. */
export async function settleLoaded<Loaded extends LoadedConfig>(
  loaded: Loaded,
  sources: InstrumentSources,
): Promise<Settled<Loaded>> {
  const { trades, instrument, known, accept } = sources;
  const settled = await settleInstrument(loaded.config, { trades, instrument, known, accept });
  const source = { ...loaded.source, instrument, settled: settledKeysOf(settled.instrument) };
  return { ...loaded, ...settled, source };
}

/** What the first file says, where the configuration and what is known leave anything open. */
async function askFile(
  config: Config,
  trades: readonly string[] | undefined,
  accept: boolean | undefined,
): Promise<ToldByFile | undefined> {
  const said = instrumentInputOf(config);
  const ids = said?.ids ?? (said?.venue === undefined ? undefined : profileNamed(said.venue)?.defaults.ids);
  const isOpen = said?.symbol === undefined || said.venue === undefined || ids === undefined;
  return trades === undefined || !isOpen ? undefined : toldByFiles(trades, { ...sourceOptions(config), accept });
}
