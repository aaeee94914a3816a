/** `init`: a configuration that runs on these files, and whose rows become ready within them. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { flag, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { NEEDED, OPTIONAL } from './inspect.ts';
import { partialFile } from '../../files/atomic.ts';
import { loadReading } from '../../files/config-file.ts';
import { expandPaths } from '../../files/paths.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { barriersOf } from '../../inspect/draft/barriers.ts';
import { draftBase } from '../../inspect/draft/base.ts';
import { draftsOf, READY_WITHIN, type Draft } from '../../inspect/draft/draft.ts';
import { draftText } from '../../inspect/draft/draft-text.ts';
import type { DraftFacts } from '../../inspect/draft/sections.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import type { SpanReport } from '../../inspect/measures/span.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { beginRun, secondsSince } from '../course/options.ts';
import type { SurveyedBars } from './bars-survey.ts';
import { draftBars } from './init-bars.ts';
import { barsOf } from './other-kinds.ts';
import type { OpenedTrades, SurveyedTrades } from './surveying.ts';
import { tryConfig, type TrialOutcome } from './dry-build.ts';
import type { InspectOptions } from './inspect.ts';
import { tradesInspection } from './trades-inspection.ts';
import { openForSurvey, surveyTrades, type Reading } from './surveyed.ts';

/** What `init` takes. */
export interface InitOptions extends InspectOptions {
  /** Where the configuration goes; minotaur.yaml where absent. */
  readonly out?: string | undefined;
  /** Replaces a file that is there. */
  readonly force?: boolean | undefined;
}

const INIT = optionsOf<InitOptions>(NEEDED, { ...OPTIONAL, out: textual, force: flag });

/** What `init` wrote, and what came of it when it was tried. */
interface Initialised {
  /** The file. */
  readonly out: string;
  /** Whose features: `starter`, as the preset; `brief` and `least` need less history. */
  readonly features: 'starter' | 'brief' | 'least';
  /** Rows that came of it. */
  readonly rows: number;
  /** Of these, rows that are ready. */
  readonly readyRows: number;
  /** Seconds from the first trade or bar to the first row that is ready. */
  readonly readyAfter: number;
  /** The same as a share of the span. */
  readonly share: number;
  /** What a person has to know of the files; what has to be decided first. */
  readonly findings: readonly Finding[];
  /** That it took. */
  readonly seconds: number;
}

/** The same of trades. */
export interface TradesInit extends Initialised {
  /** What the files are of. */
  readonly kind: 'trades';
  /** Quote units of a short dollar bar. */
  readonly threshold: number;
  /** Trades that it was tried on. */
  readonly trades: number;
}

/** The same of bars that somebody made. */
export interface BarsInit extends Initialised {
  /** What the files are of. */
  readonly kind: 'bars';
  /** Its clocks: that of the bars first, then those that are made of it. */
  readonly clocks: readonly string[];
  /** Bars that it was tried on. */
  readonly bars: number;
}

/** What `init` wrote, of files of trades or of bars. */
export type InitReport = TradesInit | BarsInit;

/** Where the package keeps the schema of configurations. */
const SCHEMA = ['node_modules', 'minotaur', 'dist', 'config.schema.json'];

/**
 * Writes a configuration with comments, after trying it on the files.
 * @throws {MinotaurError} where the file is there already, the files are neither trades nor bars that can be read, or too short for any
 */
export async function init(options: InitOptions): Promise<InitReport> {
  requireKind('init', INIT, options);
  const started = beginRun(options);
  const { files, accept, out = 'minotaur.yaml', force = false, config: argument = { clocks: {} } } = options;
  if (!force && existsSync(out))
    fail('input', out, 'a file that is not there yet (`force` replaces it)', 'one that is');
  requireOwnPlace(out, [expandPaths(files)], options.config);
  const page = partialFile(out);
  const facts = {
    schema: fromFile(out, join(...SCHEMA)),
    data: files.map((pattern) => fromFile(out, pattern)),
    files: expandPaths(files).map((file) => basename(file)),
  };
  try {
    const reading: Reading = { ...options, files, accept, config: await loadReading(argument) };
    const opened = await openEither(reading);
    const { text, ...told } =
      'isTimeAssumed' in opened
        ? await initBars(opened, reading, facts)
        : await initTrades(await surveyTrades(reading, opened), reading, facts);
    page.write(text);
    return { out, ...told, seconds: secondsSince(started) };
  } finally {
    page.abort();
  }
}

/** Trades first; what is refused as such may be bars. */
async function openEither(reading: Reading): Promise<OpenedTrades | SurveyedBars> {
  try {
    return await openForSurvey(reading);
  } catch (error) {
    if (!(error instanceof MinotaurError && error.kind === 'input')) throw error;
    const bars = await barsOf(reading.files, { ...sourceOptions(reading.config), accept: reading.accept });
    if (bars === undefined) throw error;
    return bars;
  }
}

type Facts = Pick<DraftFacts, 'schema' | 'data' | 'files'>;
type Written<Report> = Omit<Report, 'out' | 'seconds'> & { readonly text: string };

async function initTrades(surveyed: SurveyedTrades, reading: Reading, facts: Facts): Promise<Written<TradesInit>> {
  const { settled, instrument, survey } = surveyed;
  const { findings } = tradesInspection(surveyed);
  const base = draftBase(settled.config, instrument, survey);
  const { draft, tried } =
    (await firstReady(draftsOf(survey.span, base), reading, survey.span)) ?? failShort(survey.span, findings);
  const barriers = barriersOf(tried.closes);
  const text = draftText({ ...facts, draft, barriers, span: survey.span, findings, tried });
  const { trades, rows, readyRows, readyAfter } = tried;
  const share = readyAfter / survey.span.seconds;
  const { set, threshold } = draft;
  return { text, kind: 'trades', features: set.name, threshold, trades, rows, readyRows, readyAfter, share, findings };
}

async function initBars(surveyed: SurveyedBars, reading: Reading, facts: Facts): Promise<Written<BarsInit>> {
  const { text, draft, tried, span, findings } = await draftBars(surveyed, reading, facts);
  const { trades: bars, rows, readyRows, readyAfter } = tried;
  const clocks = [draft.given, ...draft.slower];
  const share = readyAfter / span;
  return { text, kind: 'bars', features: draft.set.name, clocks, bars, rows, readyRows, readyAfter, share, findings };
}

/** A path as it is from a file's folder on. */
function fromFile(file: string, path: string): string {
  return relative(dirname(resolve(file)), resolve(path))
    .split(sep)
    .join('/');
}

interface Tried {
  readonly draft: Draft;
  readonly tried: TrialOutcome;
}

/** The first whose rows are ready early enough; else the one whose are ready first. */
async function firstReady(drafts: readonly Draft[], reading: Reading, span: SpanReport): Promise<Tried | undefined> {
  const from = span.from ?? 0;
  const until = from + READY_WITHIN * span.seconds * MICROS_PER_SECOND;
  let best: Tried | undefined;
  for (const draft of drafts) {
    const { files, accept, onProgress, signal } = reading;
    const tried = await tryConfig({ config: draft.config, files, accept, onProgress, signal, from, until });
    if (tried.readyAfter <= READY_WITHIN * span.seconds) return { draft, tried };
    if (tried.readyRows > 0 && tried.readyAfter < (best?.tried.readyAfter ?? Infinity)) best = { draft, tried };
  }
  return best;
}

function failShort({ trades, seconds }: SpanReport, findings: readonly Finding[]): never {
  const span = `${trades.toLocaleString('en')} trades over ${Number(seconds.toPrecision(3)).toLocaleString('en')} s`;
  const wrong = findings.flatMap(({ kind, text }) => (kind === 'wrong' ? [text] : []));
  return fail(
    'input',
    'the span of the files',
    'trades enough for rows to become ready: some hundred at the least, over some seconds',
    [span, ...wrong].join('; '),
  );
}
