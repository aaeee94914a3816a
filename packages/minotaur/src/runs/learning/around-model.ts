/** What else is known of a model: how it was trained, which trials it was chosen from, what it loses without features. */
import { existsSync, readFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import * as z from 'zod';
import { systemWords } from '../../node/system-words.ts';
import type { FeatureFalls } from './feature-falls.ts';
import { curvePath } from './curve-file.ts';

/** Files that were written beside a model. */
export interface AroundFiles {
  /** The model, .onnx, whose `<model>.curve.json` is read where there is one. */
  readonly model?: string | undefined;
  /** A summary of the study that the model was chosen in, .json. */
  readonly trials?: string | undefined;
  /** What `importance --out` wrote. */
  readonly importance?: string | undefined;
}

/** A number that JSON has as null where it is none. */
const number = z.number().nullable();
const fall = z.object({ mean: number, spread: number, interval: z.tuple([number, number]) });
const falls = z.array(
  z.object({ name: z.string(), family: z.string(), columns: z.number(), rocAuc: fall, logLoss: fall }),
);

const curveFile = z.array(z.object({ epoch: z.number(), trainLoss: number, validationLoss: number, auc: number }));
const trialsFile = z.array(
  z.object({
    number: z.int().nonnegative(),
    state: z.string(),
    value: number,
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
);
const importanceFile = z.object({
  format: z.literal(1),
  artefact: z.string(),
  on: z.enum(['validation', 'test']),
  rows: z.number(),
  independent: z.number(),
  families: falls,
  features: falls,
  ablation: falls.default([]),
  warnings: z.array(z.string()),
});

/** The end of an epoch of a training; NaN where it said no number. */
interface CurveEpoch {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** ROC AUC of validation rows. */
  readonly auc: number;
}

/** What is known of a model beside its predictions. */
export interface AroundModel {
  /** Empty where the training left none. */
  readonly curve: readonly CurveEpoch[];
  /** Empty where none are given. */
  readonly trials: readonly { readonly number: number; readonly state: string; readonly value: number | null }[];
  /** Absent where nobody asked. */
  readonly losses?: {
    readonly on: 'validation' | 'test';
    readonly rows: number;
    readonly independent: number;
    readonly families: readonly FeatureFalls[];
    readonly features: readonly FeatureFalls[];
    readonly ablation: readonly FeatureFalls[];
    readonly warnings: readonly string[];
  };
}

/**
 * Reads them; what `importance` says has to be of this artefact.
 * @throws {MinotaurError} where a file is missing, or not what it should be
 */
export function readAround(artefact: string, { model, trials, importance }: AroundFiles): AroundModel {
  const curve = model === undefined ? undefined : curvePath(model);
  const asked = importance === undefined ? undefined : read(importance, importanceFile, 'what importance --out wrote');
  if (asked !== undefined && asked.artefact !== artefact)
    fail('state', `${importance}, artefact`, `${artefact}, whose predictions are evaluated`, asked.artefact);
  return {
    curve:
      curve !== undefined && existsSync(curve)
        ? read(curve, curveFile, 'a curve that train wrote').map(({ epoch, trainLoss, validationLoss, auc }) => {
            return {
              epoch,
              trainLoss: trainLoss ?? NaN,
              validationLoss: validationLoss ?? NaN,
              auc: auc ?? NaN,
            };
          })
        : [],
    trials: trials === undefined ? [] : read(trials, trialsFile, 'trials: number, state, value, parameters of each'),
    ...(asked && {
      losses: {
        on: asked.on,
        rows: asked.rows,
        independent: asked.independent,
        families: asked.families.map(fallsOf),
        features: asked.features.map(fallsOf),
        ablation: asked.ablation.map(fallsOf),
        warnings: asked.warnings,
      },
    }),
  };
}

function fallsOf({ rocAuc, logLoss, ...named }: z.infer<typeof falls>[number]): FeatureFalls {
  return { ...named, rocAuc: numbers(rocAuc), logLoss: numbers(logLoss) };
}

function numbers({ mean, spread, interval: [from, to] }: z.infer<typeof fall>): FeatureFalls['rocAuc'] {
  return { mean: mean ?? NaN, spread: spread ?? NaN, interval: [from ?? NaN, to ?? NaN] };
}

function read<T>(file: string, schema: z.ZodType<T>, expected: string): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail('input', file, expected, error instanceof SyntaxError ? 'text that is no JSON' : systemWords(error));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  return fail('input', file, expected, `${path.length === 0 ? 'at its root' : path.join('.')}: ${message}`);
}
