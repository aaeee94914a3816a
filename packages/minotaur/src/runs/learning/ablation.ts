/**
 * Ablation: a model is fitted and trained anew without each family of features, beside one with all of them. What another family can
 * say too is not lost, as it is where values change places; and it takes a training for each family.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { createFalls } from 'minotaur-core/internal/model/evaluation/importance';
import type { LoadedConfig } from '../../files/config-file.ts';
import type { RowsArgument } from '../../store/pool.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { openAsked, type AskedRows } from './asked-rows.ts';
import { drawOf, type FeatureFalls, type FeatureGroup } from './feature-falls.ts';
import { fit } from './fit.ts';
import { openFittedRows } from './fitted-rows.ts';
import type { TargetFiles } from './targets.ts';
import { train } from './train.ts';

export interface AblationOptions {
  readonly run: RunOptions & TargetFiles & { readonly rows: RowsArgument };
  /** Of the model that is trained. */
  readonly config: LoadedConfig;
  readonly families: readonly FeatureGroup[];
  /** Of what family every column is, those that the selection dropped among them: one of them would come in its twin's place. */
  readonly familyOf: ReadonlyMap<string, string>;
  readonly asked: AskedRows;
}

/** What is lost of every family that a model can be without. */
export async function ablate({ run, config, families, familyOf, asked }: AblationOptions): Promise<FeatureFalls[]> {
  if (families.length < 2) fail('input', 'ablation', 'features of two families or more', `only ${families[0].name}`);
  const course = createCourse(run, { step: 'train without', unit: 'families', total: families.length });
  // What a training says of itself would be told as if it were all.
  const { signal, rows, labels, splits, fold } = run;
  const quiet = { signal, rows, labels, splits, fold };
  const say = async (exclude: readonly string[]): Promise<Float64Array> => {
    const folder = mkdtempSync(join(tmpdir(), 'minotaur-ablation-'));
    try {
      const own = without(config, exclude);
      const [artefact, model] = [join(folder, 'artefact.json'), join(folder, 'model.onnx')];
      await fit({ signal, rows, splits, fold, config: own, out: artefact });
      await train({ ...quiet, config: own, artefact, out: model });
      const fitted = await openFittedRows(rows, artefact);
      const opened = await openAsked(fitted, model, asked, quiet);
      try {
        return await opened.say(undefined, createCourse(quiet, { step: 'ask the model', unit: 'predictions' }));
      } finally {
        await opened.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const fallsOf = createFalls({ probabilities: await say([]), labels: asked.labels }, drawOf(asked));
  const found: FeatureFalls[] = [];
  for (const { name, family, members } of families) {
    const own = [...familyOf].flatMap(([column, of]) => (of === family ? [column] : []));
    const falls = fallsOf([await say(own)]);
    found.push({ name, family, columns: members.length, ...falls });
    await course.add(1);
  }
  return found;
}

/** The configuration whose selection leaves `columns` out too. */
function without(loaded: LoadedConfig, columns: readonly string[]): LoadedConfig {
  const { selection } = loaded.config;
  return {
    ...loaded,
    config: { ...loaded.config, selection: { ...selection, exclude: [...selection.exclude, ...columns] } },
  };
}
