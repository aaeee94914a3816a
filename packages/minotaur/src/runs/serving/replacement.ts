/** What predicts in a live session: opened from copies that the journal keeps, and replaced between two rows. */
import { choice, textual, type Optional } from 'minotaur-core/internal/base/options';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { portable } from 'minotaur-core/internal/config/portable';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { PredictorOptions } from 'minotaur-core/internal/live/predictor';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import { withinLimit } from '../../runtime/answer-limit.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import type { Publication } from '../../service/publication/publication.ts';
import type { Predicting } from '../../service/supervisor/session-chain.ts';
import type { Supervisor } from '../../service/supervisor/supervisor.ts';
import { readArtefact, readArtefactOf } from '../../store/artefact.ts';
import { keepModel, noteOf } from '../../store/served-model.ts';

/** What `live` takes of what predicts. */
export interface PredictingOptions {
  /** What fit and train wrote. With `model`. */
  readonly artefact?: string | undefined;
  /** The model to predict with, .onnx. With `artefact`. */
  readonly model?: string | undefined;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
}

export const PREDICTING: Optional<PredictingOptions> = {
  artefact: textual,
  model: textual,
  require: choice(['ready', 'complete']),
};

/** Sections that say what is learned of rows, and nothing of what rows are. */
const LEARNED: ReadonlySet<string> = new Set(['data', 'label', 'split', 'sequence', 'model', 'transform', 'selection']);

/**
 * Opens what predicts rows of the plan, as the journal keeps it; undefined where nothing does.
 * @throws {MinotaurError} before anything is kept where the artefact was fitted on rows of another chain
 */
export async function openPredicting(
  { artefact, model, require }: PredictingOptions,
  journal: string,
  plan: Plan,
): Promise<Predicting | undefined> {
  if (artefact === undefined && model === undefined) return undefined;
  if (artefact === undefined || model === undefined)
    fail('config', 'live', 'artefact and model, or neither', artefact === undefined ? 'a model' : 'an artefact');
  readArtefactOf(plan, artefact);
  const kept = keepModel(journal, { artefact, model });
  try {
    const read = readArtefact(kept.files.artefact);
    const opened = withinLimit(await openModelOf(read, kept.files.model));
    return { artefact: read, model: opened, served: kept.served, require };
  } catch (error) {
    kept.forget();
    throw asGiven(error, [
      [kept.files.artefact, artefact],
      [kept.files.model, model],
    ]);
  }
}

/** Of a refused copy, which may be gone: where the file is that it was made of. */
function asGiven(error: unknown, paths: readonly (readonly [copy: string, given: string])[]): unknown {
  if (!(error instanceof MinotaurError)) return error;
  const named = (text: string): string =>
    paths.reduce((said, [copy, given]) => said.replaceAll(copy, () => given), text);
  const { where, expected, found } = error.facts;
  return new MinotaurError(error.kind, { where: named(where), expected: named(expected), found: named(found) });
}

export interface ReplacementOrder extends PredictingOptions {
  /** As the session was given it; a file is read again. */
  readonly config: ConfigArgument;
  readonly running: Config;
  readonly journal: string;
  readonly publication: Publication;
  /** What the session began with. */
  readonly first: Predicting | undefined;
  readonly supervisor: () => Supervisor | undefined;
}

export interface Replacement {
  /** What predicts now. */
  readonly current: Predicting | undefined;
  /** Reads the files anew, and predicts with them from the next row on. @throws {MinotaurError}, nothing changed, where they do not fit */
  replace(): Promise<object>;
}

export function createReplacement(order: ReplacementOrder): Replacement {
  const { publication, journal, first } = order;
  let current = first;
  let before: Promise<unknown> = Promise.resolve();
  const replace = async (): Promise<object> => {
    const supervisor = order.supervisor() ?? fail('state', 'model', 'a session that has begun', 'one that begins');
    requireSameChain(order.running, (await resolveConfig(order.config)).config);
    const old = current ?? fail('state', 'model', 'a session that predicts (--artefact, --model)', 'one of rows alone');
    const by = (await openPredicting(order, journal, planOf(order.running))) ?? old;
    if (noteOf(by.served) === noteOf(old.served)) {
      await by.model.close();
      return { ...by.served, replaced: false };
    }
    try {
      const ordinal = await supervisor.replace(by);
      current = by;
      publication.setArtefact(by.artefact.digest);
      const told = { ...by.served, before: old.served.model, next: `${supervisor.chain.epoch()}:${ordinal}` };
      publication.event('model', told);
      await old.model.close();
      return { ...told, replaced: true };
    } catch (error) {
      await by.model.close();
      if (error instanceof MinotaurError) publication.event('model-refused', { message: error.message });
      throw error;
    }
  };
  return {
    get current() {
      return current;
    },
    replace() {
      const next = before.then(replace);
      before = next.catch(() => {});
      return next;
    },
  };
}

/**
 * What rows are stays what it is while a session runs: another chain is another session.
 * @throws {MinotaurError} of kind `state`, with the path of the first difference
 */
function requireSameChain(running: Config, found: Config): void {
  const chainOf = (config: Config): object =>
    Object.fromEntries(Object.entries(portable(config) as object).filter(([name]) => !LEARNED.has(name)));
  const difference = firstDifference(chainOf(running), chainOf(found), '');
  if (difference === undefined) return;
  const [path, expected, actual] = difference;
  fail(
    'state',
    `configuration, ${path}`,
    `${expected}, as the session has it (another chain is a new session)`,
    actual,
  );
}

type Difference = readonly [path: string, expected: string, found: string];

function firstDifference(a: unknown, b: unknown, path: string): Difference | undefined {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? undefined : [path, shown(a), shown(b)];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
