/** `importance`: what a model leans on, feature by feature and family by family, and how sure that is. */
import { choice, flag, numeric, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { sfc32 } from 'minotaur-core/internal/base/random';
import { familiesOf } from 'minotaur-core/internal/chain/plan';
import { createFalls } from 'minotaur-core/internal/model/evaluation/importance';
import { measure } from 'minotaur-core/internal/model/evaluation/metrics';
import { ENOUGH } from 'minotaur-core/internal/model/evaluation/verdict';
import { resolveConfig, type ConfigArgument, type LoadedConfig, configArgument } from '../../files/config-file.ts';
import { writeWhole } from '../../files/atomic.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { modelDigest } from '../../store/model.ts';
import { openPool, type RowsArgument, rowsArgument } from '../../store/pool.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { ablate } from './ablation.ts';
import { askRows, changePlaces, openAsked, placesOf, type AskedRows } from './asked-rows.ts';
import { drawOf, greatestFirst, type FeatureFalls, type FeatureGroup } from './feature-falls.ts';
import { openFittedRows, type FittedRows } from './fitted-rows.ts';
import type { TargetFiles } from './targets.ts';

/** What `importance` takes. */
export interface ImportanceOptions extends RunOptions, TargetFiles {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What fit and train wrote. */
  readonly artefact: string;
  /** The model, .onnx. */
  readonly model: string;
  /** Of the build; its features say of which family a column is. */
  readonly config: ConfigArgument;
  /** Whose rows: those of validation where absent. Whoever chooses features by test rows has used them up. */
  readonly on?: 'validation' | 'test' | undefined;
  /** Families only, or every feature too, which is the default. */
  readonly by?: 'families' | 'features' | undefined;
  /** Rows that the model is asked of, evenly spaced; 2,000 where absent. */
  readonly most?: number | undefined;
  /** How often each feature changes places; 5 where absent. */
  readonly repeats?: number | undefined;
  /** Of the places; 1 where absent. */
  readonly seed?: number | undefined;
  /** Whether a model is fitted and trained anew without each family. */
  readonly ablate?: boolean | undefined;
  /** The report, .json, which the page of `evaluate` shows; written nowhere where absent. */
  readonly out?: string | undefined;
}

const IMPORTANCE = optionsOf<ImportanceOptions>(
  { rows: rowsArgument, labels: textual, splits: textual, artefact: textual, model: textual, config: configArgument },
  {
    ...RUN,
    fold: whole,
    on: choice(['validation', 'test']),
    by: choice(['families', 'features']),
    most: numeric,
    repeats: numeric,
    seed: whole,
    ablate: flag,
    out: textual,
  },
);

/** What `importance` found. */
export interface ImportanceReport {
  /** Format of this report. */
  readonly format: 1;
  /** Digest of the artefact. */
  readonly artefact: string;
  /** SHA-256 of the model. */
  readonly model: string;
  /** Whose rows. */
  readonly on: 'validation' | 'test';
  /** Rows that the model was asked of. */
  readonly rows: number;
  /** Labelled rows of the split. */
  readonly of: number;
  /** Independent labels among those asked of. */
  readonly independent: number;
  /** Rows that change places together. */
  readonly block: number;
  /** How often. */
  readonly repeats: number;
  /** Of the places. */
  readonly seed: number;
  /** With every feature in its place. */
  readonly rocAuc: number;
  /** With every feature in its place. */
  readonly logLoss: number;
  /** The greatest fall of the ROC AUC first. */
  readonly families: readonly FeatureFalls[];
  /** The same; empty where only families were asked for. */
  readonly features: readonly FeatureFalls[];
  /** Of models that were trained without a family, beside one that was trained with all, the greatest fall first. */
  readonly ablation?: readonly FeatureFalls[];
  /** What casts doubt on all of it. */
  readonly warnings: readonly string[];
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

const MOST_ROWS = 2000;
const REPEATS = 5;
/** A model that is not asked more often than this is asked for nothing. */
const MOST_REPEATS = 1000;

/**
 * What a model leans on: blocks of rows change the values of a feature, in every row of their sequences at once, and the model is asked
 * again. Takes rows times repeats times features predictions.
 * @throws {MinotaurError} where the files do not belong together, or the rows are too few to change places
 */
export async function importance(options: ImportanceOptions): Promise<ImportanceReport> {
  requireKind('importance', IMPORTANCE, options);
  const started = beginRun(options);
  const { on = 'validation', by = 'features', most = MOST_ROWS, repeats = REPEATS, seed = 1 } = options;
  requireCount('repeats', repeats, MOST_REPEATS);
  requireCount('most', most, Number.MAX_SAFE_INTEGER);
  if (options.out !== undefined)
    requireOwnPlace(
      options.out,
      [options.rows, options.labels, options.splits, options.artefact, options.model],
      options.config,
    );
  const config = await resolveConfig(options.config);
  const rows = await openFittedRows(options.rows, options.artefact);
  const familyOf = await columnFamilies(config, options.rows);
  const families = familyGroups(rows, familyOf);
  const features = by === 'features' ? featureGroups(families, rows) : [];
  const asked = await askRows(rows, options, { on, most });
  const random = sfc32(seed);
  const places = Array.from({ length: repeats }, () => changePlaces(asked, random));
  requirePlaces(places[0], asked);
  const { said, falls } = await permuted(options, rows, asked, places, [...families, ...features]);
  const { rocAuc, logLoss } = measure(said, asked.labels, 0.5);
  const ablation =
    options.ablate === true ? await ablate({ run: options, config, families, asked, familyOf }) : undefined;
  const report: ImportanceReport = {
    format: 1,
    artefact: rows.artefact.digest,
    model: modelDigest(options.model),
    on,
    rows: asked.ends.length,
    of: asked.of,
    independent: asked.independent.labels,
    block: asked.block,
    repeats,
    seed,
    rocAuc,
    logLoss,
    families: greatestFirst(falls.slice(0, families.length)),
    features: greatestFirst(falls.slice(families.length)),
    ...(ablation && { ablation: greatestFirst(ablation) }),
    warnings: warningsOf(on, asked),
    seconds: secondsSince(started),
    peakRssBytes: peakRssBytes(),
  };
  if (options.out !== undefined) writeWhole(options.out, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

function requireCount(where: string, found: number, most: number): void {
  if (!(Number.isInteger(found) && found >= 1 && found <= most))
    fail('config', where, most > 1e6 ? 'a whole number of 1 or more' : `a whole number from 1 to ${most}`, `${found}`);
}

function requirePlaces(places: Uint32Array, { ends, independent }: AskedRows): void {
  if (places.some((row, i) => row !== i)) return;
  const labels = `${independent.labels} independent label${independent.labels === 1 ? '' : 's'}`;
  fail('input', 'importance', 'rows of two blocks or more, which can change places', `${ends.length} rows, ${labels}`);
}

const namesOf = ({ artefact }: FittedRows): string[] => artefact.learned.map(({ name }) => name);

/** Of what family every column of the rows is. */
async function columnFamilies({ config }: LoadedConfig, directories: RowsArgument) {
  const [{ plan }] = (await openPool(directories, config)).parts;
  return familiesOf(plan);
}

/** The families of the columns that the model sees. */
function familyGroups(rows: FittedRows, families: ReadonlyMap<string, string>): FeatureGroup[] {
  const members = new Map<string, number[]>();
  namesOf(rows).forEach((name, k) => {
    const family = families.get(name) ?? fail('internal', name, 'a column of the plan', 'none');
    members.set(family, [...(members.get(family) ?? []), k]);
  });
  return [...members].map(([name, own]) => ({ name, family: name, members: own }));
}

function featureGroups(families: readonly FeatureGroup[], rows: FittedRows): FeatureGroup[] {
  const names = namesOf(rows);
  return families.flatMap(({ family, members }) => members.map((k) => ({ name: names[k], family, members: [k] })));
}

/** What the model says with everything in its place, and what it loses where groups of features change theirs. */
async function permuted(
  options: ImportanceOptions,
  rows: FittedRows,
  asked: AskedRows,
  places: readonly Uint32Array[],
  groups: readonly FeatureGroup[],
): Promise<{ readonly said: Float64Array; readonly falls: readonly FeatureFalls[] }> {
  const model = await openAsked(rows, options.model, asked, options);
  try {
    const total = asked.ends.length * (1 + places.length * groups.length);
    const course = createCourse(options, { step: 'ask the model', unit: 'predictions', total });
    const said = await model.say(undefined, course);
    const fallsOf = createFalls({ probabilities: said, labels: asked.labels }, drawOf(asked));
    const inputs = placesOf(rows.artefact);
    const falls: FeatureFalls[] = [];
    for (const { name, family, members } of groups) {
      const without: Float64Array[] = [];
      for (const from of places)
        without.push(await model.say({ places: members.flatMap((k) => inputs[k]), from }, course));
      falls.push({ name, family, columns: members.length, ...fallsOf(without) });
    }
    return { said, falls };
  } finally {
    await model.close();
  }
}

function warningsOf(on: 'validation' | 'test', { independent: { labels } }: AskedRows): string[] {
  const few = `${labels} independent labels: which feature is worth what cannot be told of less than ${ENOUGH}`;
  const used = 'test rows: whoever chooses features by them has no test any more';
  return [...(labels < ENOUGH ? [few] : []), ...(on === 'test' ? [used] : [])];
}
