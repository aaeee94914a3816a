/**
 * The artefact: everything that was learned on the training rows, in one JSON file that names itself by its content. Data
 * sets, models and live sessions that do not belong to it are refused.
 *
 * `digest` covers what was fitted, and that is a function of the training rows alone. What was learned on validation with
 * a model at hand (calibration, threshold) stands apart in `decision`, which has a digest of its own that covers `digest` too,
 * so the model, which is trained after the fit and before the decision, can carry the artefact's name.
 */
import { sha256OfText } from '../base/bytes/hashing.ts';
import { requireFormat } from '../base/format.ts';
import { fail } from '../base/errors.ts';
import type { LabelConfig } from '../labels/section.ts';
import type { Calibration } from '../model/calibrate.ts';
import type { Threshold } from '../model/threshold.ts';
import type { SplitConfig } from '../splits/section.ts';
import type { LearnedColumn } from '../transform/column.ts';
import { requireInstruments, type Instrument, type Instruments } from '../trades/instrument.ts';
import type { SequenceBreaks } from '../transform/sequence.ts';

/** The format of artefacts that is written and read. */
export const ARTEFACT_FORMAT = 3;

/** What `fit` learned, a function of the training rows and the configuration. */
export interface Fitted {
  /** Version of Minotaur that fitted it. */
  readonly engineVersion: string;
  /** Of the chain whose rows it was fitted on. */
  readonly schemaId: string;
  /** The instruments that it is for: those whose rows were at hand, or `any`. */
  readonly instruments: Instruments;
  /** Columns of the rows that it was fitted on, in order. */
  readonly inputs: readonly string[];
  /** What was learned of the columns that were selected, in the order in which the model sees them. */
  readonly learned: readonly LearnedColumn[];
  /** Columns left out, and why. */
  readonly dropped: readonly { readonly name: string; readonly reason: string }[];
  /** Those of the learned columns that are price levels: a model of them knows the date, not the pattern. */
  readonly priceLevels: readonly string[];
  /** Training rows that the selection looked at: all of them, or evenly spaced ones. */
  readonly selectedOver: number;
  /** The label that the training rows were chosen by, as configured. */
  readonly label: LabelConfig;
  /** How rows were divided, as configured. */
  readonly split: SplitConfig;
  /** Rows that a prediction looks at, and what breaks them. */
  readonly sequence: { readonly length: number } & SequenceBreaks;
  /** Which rows it was fitted on. */
  readonly training: {
    readonly rows: number;
    /** Times of the first and last training row, microseconds. */
    readonly from: number;
    readonly to: number;
    /** SHA-256 of their times: which rows they are, so that a model trains on these and no others. */
    readonly times: string;
    /** SHA-256 of the training rows: their times, then column after column, as little-endian doubles. */
    readonly digest: string;
    /** Whose they are, instrument after instrument; absent where `instruments` lists the only one. */
    readonly instruments?: readonly TrainedInstrument[];
  };
}

/** An instrument of which there were rows to learn from. */
export interface TrainedInstrument {
  /** As the venue and its files name it. */
  readonly symbol: string;
  /** Its venue; null where nothing is known of it. */
  readonly venue: string | null;
  /** Training rows of it; 0 where its rows came later. */
  readonly rows: number;
}

/** A feature, and how much a model leans on it. */
export interface Importance {
  /** Of the feature, as the model sees it: `t-2 close` is that of two rows before. */
  readonly feature: string;
  /** In the unit of {@link Importances}. */
  readonly value: number;
}

/** The features that a model leans on most. */
export interface Importances {
  /** What the values are: `gain` of a feature's splits, `|coefficient|`, or `importance` where nothing is known of the model. */
  readonly unit: string;
  /** The greatest first; empty where nothing is known of the model. */
  readonly top: readonly Importance[];
}

/** Those of a model of which nothing is known. */
export const UNKNOWN_IMPORTANCES: Importances = { unit: 'importance', top: [] };

/** Learned on validation, for one model. */
export interface Decision {
  /** SHA-256 of the model file. */
  readonly model: string;
  /** From the model's probability to the share of label 1; null where none was asked for. */
  readonly calibration: Calibration | null;
  /** From which calibrated probability on the signal is 1. */
  readonly threshold: Threshold;
  /** The features that the model leans on most. */
  readonly importances: Importances;
}

/** What was fitted, named by its content, with what was decided on validation for one model. */
export interface Artefact extends Fitted {
  /** SHA-256 of the fitted part. */
  readonly digest: string;
  /** Absent before `train` or `calibrate`. */
  readonly decision?: Decision & { readonly digest: string };
}

/** JSON with sorted keys, so that equal content is equal text. Numbers are written so that they read back as the same bits. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** Names what was fitted by its content. */
export function createArtefact(fitted: Fitted): Artefact {
  return { ...fitted, digest: sha256OfText(canonicalJson({ format: ARTEFACT_FORMAT, ...fitted })) };
}

/** The artefact with what was learned on validation for a model, in place of what it had before. */
export function decide(artefact: Artefact, decision: Decision): Artefact {
  return { ...artefact, decision: { ...decision, digest: decisionDigest(artefact.digest, decision) } };
}

function decisionDigest(artefact: string, { model, calibration, threshold, importances }: Decision): string {
  return sha256OfText(canonicalJson({ artefact, model, calibration, threshold, importances }));
}

/** The artefact as text, the same text for the same content. */
export function encodeArtefact(artefact: Artefact): string {
  return `${canonicalJson({ format: ARTEFACT_FORMAT, ...artefact })}\n`;
}

/** Reads an artefact; refuses one whose content is not what its digests say. */
export function decodeArtefact(text: string, where: string): Artefact {
  let value: { format?: number } & Artefact;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    fail('state', where, 'an artefact that fit wrote', 'text that is no JSON, or not all of it');
  }
  if (typeof value !== 'object' || value === null) fail('state', where, 'an artefact that fit wrote', String(value));
  const { format, digest, decision, ...fitted } = value;
  requireFormat({
    what: 'an artefact',
    expected: ARTEFACT_FORMAT,
    found: format ?? 'none',
    where: `${where}, format`,
    instead: 'fit and train again',
  });
  const found = sha256OfText(canonicalJson({ format, ...fitted }));
  if (found !== digest)
    fail('state', `${where}, digest`, `${digest}, as it says of itself`, `${found}: it was changed`);
  if (decision !== undefined && decision.digest !== decisionDigest(digest, decision))
    fail('state', `${where}, decision`, 'a calibration and threshold as they were learned', 'changed ones');
  return { ...fitted, digest, ...(decision === undefined ? {} : { decision }) };
}

/** Refuses rows that `artefact` was not fitted for, naming the first difference. */
export function requireArtefact(
  artefact: Artefact,
  found: {
    readonly schemaId: string;
    readonly columns: readonly string[];
    readonly engineVersion: string;
    readonly instruments: readonly Instrument[];
  },
  where: string,
): void {
  const { inputs, schemaId, engineVersion } = artefact;
  const length = Math.max(inputs.length, found.columns.length);
  for (let i = 0; i < length; i++) {
    if (inputs[i] === found.columns[i]) continue;
    const [expected, actual] = [inputs[i], found.columns[i]].map((name) => (name === undefined ? 'none' : `'${name}'`));
    fail('state', `${where}, column ${i + 1}`, `${expected}, as the artefact was fitted on`, actual);
  }
  if (engineVersion !== found.engineVersion)
    fail('state', `${where}, engine version`, engineVersion, found.engineVersion);
  requireInstruments(artefact.instruments, found.instruments, `${where}, instrument`);
  if (schemaId !== found.schemaId)
    fail(
      'state',
      `${where}, schema`,
      `${schemaId}, the chain whose rows the artefact was fitted on`,
      `${found.schemaId}: the same columns of another chain (its bars, warm-up, or parameters that no name says)`,
    );
}
