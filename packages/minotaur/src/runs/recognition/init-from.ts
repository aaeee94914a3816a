/** `init --from`: a configuration whose columns equal those of somebody's table. */
import { existsSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import { flag, listOf, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { partialFile, type PartialFile } from '../../files/atomic.ts';
import { loadReading, configInput } from '../../files/config-file.ts';
import { openSide } from '../../compare/sides/open.ts';
import type { Side } from '../../compare/sides/side.ts';
import type { Bars } from '../../recognise/candidates/values.ts';
import { recognise } from '../../recognise/recognise.ts';
import { tellRecognised, type RecognisedColumn } from '../../recognise/told.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { beginRun, createCourse, secondsSince, type Course, type RunOptions, RUN } from '../course/options.ts';
import { settleEnd } from './bar-end.ts';
import { barsOfFiles, barsOfTrades } from './bars.ts';
import { draftFeatures, recognisedCommands, recognisedText, unlisted } from './draft.ts';
import { joinTable, timesOfTable, type TableTimes } from './joined.ts';

/** What `initFrom` takes. */
export interface InitFromOptions extends RunOptions {
  /** The table: Parquet, text, the directory of a run, or a journal, with a column of times. */
  readonly from: string;
  /** Files of the bars that its features are of, and globs; where there are neither these nor trades, the table has them itself. */
  readonly bars?: readonly string[] | undefined;
  /** Files of trades, and globs: the bars are time bars as long as the table's rows are apart. */
  readonly trades?: readonly string[] | undefined;
  /** Where the configuration goes; minotaur.yaml where absent. */
  readonly out?: string | undefined;
  /** Replaces a file that is there. */
  readonly force?: boolean | undefined;
  /** Says of the instrument, and how the files are read, what they do not say themselves; it need not have clocks. */
  readonly config?: ConfigInput | string | undefined;
  /** Goes on in spite of evidence that files of trades are of another instrument. */
  readonly accept?: boolean | undefined;
}

const INIT_FROM = optionsOf<InitFromOptions>(
  { from: textual },
  {
    ...RUN,
    bars: listOf(textual),
    trades: listOf(textual),
    out: textual,
    force: flag,
    config: configInput,
    accept: flag,
  },
);

/** What `initFrom` wrote, and what the columns were found to be. */
export interface InitFromReport {
  /** The configuration. */
  readonly out: string;
  /** The table. */
  readonly from: string;
  /** Rows of the table that are at a bar. */
  readonly rows: number;
  /** Its columns of numbers. */
  readonly columns: readonly RecognisedColumn[];
  /** Commands that build the rows, and compare them with the table. */
  readonly commands: readonly string[];
  /** Columns that the second leaves out: a list of names cannot hold theirs, as with `=`. */
  readonly uncompared: readonly string[];
  /** That it took. */
  readonly seconds: number;
}

/** Where the package keeps the schema of configurations. */
const SCHEMA = ['node_modules', 'minotaur', 'dist', 'config.schema.json'];
const OF_BARS = ['open', 'high', 'low', 'close', 'volume'];

/**
 * Finds the expression that computes each column of a table, and writes a configuration of those.
 * @throws {MinotaurError} where the file is there already, there are no bars, the rows are not theirs, or no column is recognised
 */
export async function initFrom(options: InitFromOptions): Promise<InitFromReport> {
  requireKind('initFrom', INIT_FROM, options);
  const started = beginRun(options);
  const { from, out = 'minotaur.yaml', force = false } = options;
  if (!force && existsSync(out))
    fail('input', out, 'a file that is not there yet (`force` replaces it)', 'one that is');
  if (options.bars !== undefined && options.trades !== undefined)
    fail('config', 'init --from', 'bars or trades', 'both');
  requireOwnPlace(out, [from, options.bars, options.trades], options.config);
  const config = await loadReading(options.config ?? { clocks: {} });
  const side = await openSide(from, options.signal);
  let page: PartialFile | undefined;
  try {
    page = partialFile(out);
    const times = await timesOfTable(side);
    const every = options.trades === undefined ? undefined : everyOf(times);
    const bars = await readBarsOf(side, config, every, options);
    const joined = await settleEnd(joinTable(side, times, bars), options);
    let course: Course | undefined;
    const found = await recognise(joined.bars, joined.columns, {
      step: times.step,
      isAbsent: joined.isAbsent,
      onPart: async (more, total) => {
        course ??= createCourse(options, { step: 'recognise', unit: 'expressions', total });
        await course.add(more);
      },
    });
    const columns = found.map(tellRecognised);
    const features = draftFeatures(columns);
    if (features.length === 0)
      fail(
        'input',
        from,
        'a column that an expression of the catalogue computes',
        `${columns.length} columns, none of which is`,
      );
    const { end, rows } = joined;
    const place = (file: string): string => fromFile(out, file);
    const { bars: files = [from], trades } = options;
    const data = trades === undefined ? { bars: files.map(place) } : { trades: trades.map(place) };
    page.write(
      recognisedText({
        from,
        columns,
        features,
        schema: fromFile(out, join(...SCHEMA)),
        data,
        every,
        end,
        reading: readingOf(config),
      }),
    );
    const commands = recognisedCommands({ config: out, rows: rowsOf(out), from, key: times.name, end, features });
    return { out, from, rows, columns, commands, uncompared: unlisted(features), seconds: secondsSince(started) };
  } finally {
    page?.abort();
    side.close();
  }
}

function readBarsOf(side: Side, config: Config, every: string | undefined, options: InitFromOptions): Promise<Bars> {
  const { from, bars, trades, accept, onProgress, signal } = options;
  if (trades !== undefined && every !== undefined)
    return barsOfTrades(trades, { config, every, accept, onProgress, signal });
  const input = { ...config.input, accept };
  if (bars !== undefined) return barsOfFiles(bars, input);
  const names = new Set(side.columns.map(({ name }) => name.trim().toLowerCase()));
  const missing = OF_BARS.filter((name) => !names.has(name));
  if (missing.length > 0 || side.what === 'journal')
    fail(
      'config',
      from,
      `the bars that its features are of: --bars FILE or --trades FILE, or columns ${OF_BARS.join(', ')} of its own`,
      `neither, and no ${missing.join(', ')}`,
    );
  return barsOfFiles([from], input);
}

/** The length of a bar in the words of a configuration. */
function everyOf({ name, step }: TableTimes): string {
  const seconds = step / 1e6;
  if (!Number.isInteger(seconds) || seconds < 1)
    fail('input', name, 'rows that are whole seconds apart, as time bars of trades are', `${seconds} s`);
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const [unit, word] = units.find(([length]) => seconds % length === 0) ?? units[3];
  return `${seconds / unit}${word}`;
}

/** What a configuration says of reading that is not so without it. */
function readingOf(config: Config): Record<string, unknown> {
  const plain = parseConfig({ clocks: {} });
  const own = (value: unknown, usual: unknown): unknown =>
    Object.fromEntries(
      Object.entries(value as object).filter(
        ([key, one]) =>
          one !== undefined && JSON.stringify(one) !== JSON.stringify((usual as Record<string, unknown>)[key]),
      ),
    );
  const { symbol, instruments } = config;
  const sections = { input: own(config.input, plain.input), trades: own(config.trades, plain.trades) };
  return {
    ...(symbol === undefined ? {} : { symbol }),
    ...(instruments === undefined ? {} : { instruments }),
    ...Object.fromEntries(Object.entries(sections).filter(([, section]) => Object.keys(section as object).length > 0)),
  };
}

/** Where the rows go. */
const rowsOf = (out: string): string => join(dirname(out), `${parse(out).name}-rows`);

/** A path as it is from a file's folder on. */
function fromFile(file: string, path: string): string {
  return relative(dirname(resolve(file)), resolve(path))
    .split(sep)
    .join('/');
}
