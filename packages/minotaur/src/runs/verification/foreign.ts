/** `verify --foreign`: anybody's feature code, as a black box. */
import { availableParallelism } from 'node:os';
import {
  choice,
  amount,
  either,
  flag,
  listOf,
  numeric,
  optionsOf,
  requireKind,
  textual,
  whole,
} from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { judge, type Judged } from '../../foreign/foreign.ts';
import { referenceOf } from '../../foreign/experiments/reference.ts';
import { readTable, type ReadTable } from '../../foreign/table/read.ts';
import { sliceRows, timesOf, type ForeignTable, type TimeForm } from '../../foreign/table/table.ts';
import { openCommand } from '../../foreign/target/command.ts';
import { runLines } from '../../foreign/target/lines.ts';
import { openPython, type FrameKind } from '../../foreign/target/python.ts';
import { isFailed, type Answer, type Target } from '../../foreign/target/target.ts';
import { compareLive, type LiveVerdict } from '../../foreign/verdicts/live.ts';
import type { RecognisedColumn } from '../../recognise/told.ts';
import { recogniseAnswer } from '../recognition/foreign-columns.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';

/** What `verifyForeign` takes. */
export interface ForeignOptions extends RunOptions {
  /** A function of Python, as `features.py:make`: it is given a table, and gives columns back. */
  readonly foreign?: string | undefined;
  /** Any program, with `{in}` and `{out}` for the CSV files that it reads and writes. */
  readonly cmd?: string | undefined;
  /** A strategy of freqtrade, as `Strategy.py` or `Strategy.py:Class`: its indicators are asked about. */
  readonly freqtrade?: string | undefined;
  /** A program that takes rows as lines and answers each with one: against `foreign` or `cmd`, or against itself. */
  readonly live?: string | undefined;
  /** The table: CSV, plain or compressed, or Parquet. */
  readonly file: string;
  /** The user's interpreter; `python3` where absent. */
  readonly python?: string | undefined;
  /** What the function is given; by what its module has loaded where absent. */
  readonly frame?: FrameKind | undefined;
  /** Name of the column with the times; told by its name where absent. */
  readonly timeColumn?: string | undefined;
  /** In what form the function is given times; as the file has them where absent. */
  readonly times?: TimeForm | undefined;
  /** Whether times are the index of the data frame. */
  readonly index?: boolean | undefined;
  /** Columns that are labels: they look ahead because they are to. */
  readonly labels?: readonly string[] | undefined;
  /** The end of the span that scalers are fitted on: a number of rows, or a time. Nothing is changed in it. */
  readonly trained?: number | string | undefined;
  /** Bars that a live system hands the code. */
  readonly window?: number | undefined;
  /** Random cuts; 8 where absent. */
  readonly cuts?: number | undefined;
  /** Runs of the code at most; 400 where absent. */
  readonly runs?: number | undefined;
  /** Seconds after which no run is begun; 600 where absent. */
  readonly seconds?: number | undefined;
  /** Seconds that one run may take; 120 where absent. */
  readonly timeout?: number | undefined;
  /** A new interpreter for every run. */
  readonly fresh?: boolean | undefined;
  /** Only the first so many rows. */
  readonly limit?: number | undefined;
  /** Of cuts, futures and generators; 1 where absent. */
  readonly seed?: number | undefined;
}

const FOREIGN = optionsOf<ForeignOptions>(
  { file: textual },
  {
    ...RUN,
    foreign: textual,
    cmd: textual,
    freqtrade: textual,
    live: textual,
    python: textual,
    frame: choice(['auto', 'pandas', 'polars', 'numpy', 'lists', 'rows']),
    timeColumn: textual,
    times: choice(['s', 'ms', 'us', 'ns', 'utc', 'naive']),
    index: flag,
    labels: listOf(textual),
    trained: either(numeric, textual),
    window: amount,
    cuts: whole,
    runs: amount,
    seconds: numeric,
    timeout: numeric,
    fresh: flag,
    limit: amount,
    seed: whole,
  },
);

/** What `verifyForeign` found. */
export interface ForeignReport extends Judged {
  /** The code, as it was named. */
  readonly name: string;
  /** What ran, in terms and words. */
  readonly ran: readonly (readonly [term: string, text: string])[];
  /** The table. */
  readonly input: ForeignInput;
  /** The columns that an expression of the catalogue computes; of those that look ahead the nearest one that does not. */
  readonly recognised: readonly RecognisedColumn[];
  /** Where a live program was asked for. */
  readonly live: LiveVerdict | null;
  /** Seconds that everything took. */
  readonly seconds: number;
}

/** The table that code was tried on. */
export interface ForeignInput {
  /** Its file. */
  readonly file: string;
  /** Its rows. */
  readonly rows: number;
  /** Time of the first, microseconds. */
  readonly from: number;
  /** Time of the last, microseconds. */
  readonly to: number;
  /** Columns that the code was given. */
  readonly columns: readonly string[];
  /** Columns of the file that it was not: they hold neither numbers nor texts that could be read. */
  readonly leftOut: readonly string[];
}

const RUNS = 400;
const SECONDS = 600;
const TIMEOUT = 120;
const LANES = 8;
/** Rows by which anything can be told. */
const LEAST_ROWS = 100;

/**
 * Puts code to experiments over a table: cuts, other futures, other starts, holes; and judges every column.
 * @throws {MinotaurError} where there is no interpreter, the code cannot be loaded, or it fails on the table as it is
 */
export async function verifyForeign(options: ForeignOptions): Promise<ForeignReport> {
  requireKind('verifyForeign', FOREIGN, options);
  const started = beginRun(options);
  const { file, live, seed = 1 } = options;
  requireOne(options);
  const read = await readTable(file, { time: options.timeColumn, form: options.times, index: options.index });
  const table =
    options.limit === undefined ? read.table : sliceRows(read.table, 0, Math.min(options.limit, read.table.rows));
  if (table.rows < LEAST_ROWS) fail('input', file, `at least ${LEAST_ROWS} rows`, `${table.rows}`);
  const input = inputOf(file, table, read);
  const target = await openTarget(options);
  try {
    const course = createCourse(options, { step: 'experiments', unit: 'runs' });
    const { reference, ...judged } = await judge(target, table, {
      ...options,
      seed,
      leftOut: read.leftOut,
      trained: trainedRows(options.trained, table),
      budget: {
        runs: options.runs ?? RUNS,
        seconds: options.seconds ?? SECONDS,
        lanes: Math.min(LANES, availableParallelism()),
      },
      onRun: () => course.tell(1),
    });
    const found = live === undefined ? null : await verifyLive(live, target, table, options);
    const agrees = found === null || isSame(found);
    const { name, ran } = target;
    const recognised = await recogniseAnswer(
      table,
      reference,
      judged.columns.map((column) => column.name).filter((column) => !reference.words.includes(column)),
      options,
    );
    const holds = judged.holds && agrees;
    return { ...judged, holds, name, ran, input, recognised, live: found, seconds: secondsSince(started) };
  } finally {
    await target.close();
  }
}

function requireOne({ foreign, cmd, freqtrade, live }: ForeignOptions): void {
  const given = [foreign, cmd, freqtrade].filter((one) => one !== undefined);
  if (given.length > 1 || (given.length === 0 && live === undefined))
    fail(
      'config',
      'verify',
      'one of --foreign, --cmd and --freqtrade, or --live',
      given.length > 1 ? given.join(', ') : 'none',
    );
}

async function openTarget(options: ForeignOptions): Promise<Target> {
  const { foreign, freqtrade, cmd, live = '', python, frame, fresh, timeout = TIMEOUT, signal } = options;
  if (cmd !== undefined) return openCommand({ command: cmd, timeout, signal });
  if (freqtrade !== undefined)
    return openPython({ function: freqtrade, kind: 'freqtrade', python, fresh, timeout, signal });
  if (foreign !== undefined) return openPython({ function: foreign, python, frame, fresh, timeout, signal });
  return {
    name: live,
    ran: [
      ['command', live],
      ['runs', 'each as a process of its own, which is given all lines at once'],
    ],
    loading: [],
    isWatched: false,
    run: ({ table }) => runLines(table, { command: live, timeout, isLive: false, signal }),
    close: async () => {},
  };
}

function inputOf(file: string, table: ForeignTable, { leftOut }: ReadTable): ForeignInput {
  const times = timesOf(table);
  const columns = table.columns.map(({ name }) => name);
  return { file, rows: table.rows, from: times[0], to: times[table.rows - 1], columns, leftOut };
}

/** The rows of the training span. */
function trainedRows(trained: number | string | undefined, table: ForeignTable): number {
  if (trained === undefined) return 0;
  const rows = Number(trained);
  if (Number.isInteger(rows)) {
    if (rows >= 1 && rows < table.rows - 1) return rows;
    return fail('config', 'trained', `rows of the training span, 1 to ${table.rows - 2}`, `${rows}`);
  }
  const until = parseIso(String(trained));
  if (Number.isNaN(until)) fail('config', 'trained', 'a number of rows, or a time as 2024-05-01', `'${trained}'`);
  const count = timesOf(table).findIndex((time) => time >= until);
  if (count < 1 || count >= table.rows - 1)
    fail('config', 'trained', `a time within ${table.rows} rows`, `'${trained}'`);
  return count;
}

/** Whether a live program was seen to give what its batch gives: where nothing was compared, nothing was seen. */
const isSame = ({ columns }: LiveVerdict): boolean =>
  columns.length > 0 && columns.every(({ compared, first }) => compared > 0 && first === null);

/** The live program over the same table, against the code itself. */
async function verifyLive(
  command: string,
  target: Target,
  table: ForeignTable,
  { timeout = TIMEOUT, seed = 1, signal }: ForeignOptions,
): Promise<LiveVerdict> {
  const answered = (outcome: Awaited<ReturnType<Target['run']>>, name: string): Answer =>
    isFailed(outcome) ? fail('input', name, 'columns', outcome.failed) : outcome;
  const batch = answered(await target.run({ table, zone: 'UTC', seed }), target.name);
  const live = answered(await runLines(table, { command, timeout, isLive: true, signal }), command);
  const reference = referenceOf(batch, table, table);
  const matched = reference?.match(live, table);
  if (reference === undefined || matched === undefined)
    return fail('input', command, `a line for each of the ${batch.rows} rows of its batch`, `${live.rows}`);
  const names = [...batch.columns.keys()];
  return compareLive(reference, names, { matched, columns: live.columns });
}
