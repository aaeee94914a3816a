/** What the commands that go on from rows say in words. */
import { describePriceLevels, ENTRY_AT_THE_CLOSE } from '../../runs/learning/warnings.ts';
import { describeLabelCounts } from '../../runs/learning/label.ts';
import type {
  CalibrateReport,
  DatasetManifest,
  FitReport,
  FoldReport,
  LabelReport,
  PredictReport,
  SplitReport,
  MemberReport,
  TrainingReport,
  TrainReport,
} from '../../runs.ts';
import { instrumentLine } from './instrument.ts';
import { cost, count, settings } from './figures.ts';

export const INDENT = '          ';
/** Dropped columns, and important features, that are named. */
const DROPPED = 10;
const LEANS = 5;

export function labelSummary(report: LabelReport): string {
  return [
    `label     ${settings(report.label)}`,
    ...(report.label.delay === 0 ? [`${INDENT}${ENTRY_AT_THE_CLOSE}`] : []),
    ...report.instruments.map((instrument) => instrumentLine(instrument)),
    ...describeLabelCounts(report.counts).map((line) => INDENT + line),
    ...eachInstrument(report.symbols, ({ labelled, rows }) => `${count(labelled)} of ${count(rows)} rows labelled`),
    `${eventWords(report)} -> ${report.out}`,
    cost(report),
  ].join('\n');
}

/** What decided the labels. */
const eventWords = ({ events, eventUnit }: LabelReport): string =>
  events === 0 ? 'of the rows alone' : `${count(events)} ${eventUnit}`;

export function splitSummary({ out, split, sequence, rows, folds, seconds }: SplitReport): string {
  return [
    `split     ${settings({ ...split, sequence })}`,
    ...folds.flatMap(({ symbols, ...all }, k) => [
      `fold ${k}    ${foldCounts(all)}`,
      ...eachInstrument(symbols, foldCounts),
    ]),
    `${count(rows)} rows -> ${out}, ${seconds.toFixed(1)} s`,
  ].join('\n');
}

/** A line for each instrument, where there are several. */
export function eachInstrument<T>(symbols: Readonly<Record<string, T>>, words: (figures: T) => string): string[] {
  const entries = Object.entries(symbols);
  return entries.length === 1 ? [] : entries.map(([symbol, figures]) => `${INDENT}${symbol}: ${words(figures)}`);
}

function foldCounts({ train, validation, test, purged, none }: Omit<FoldReport, 'symbols'>): string {
  return (
    `${rowsOrNone(train, 'train')}, ${count(validation)} validation, ${count(test)} test; purged ${count(purged.label)} by label, ` +
    `${count(purged.sequence)} by sequence, ${count(purged.embargo)} by embargo; ${count(none)} in none`
  );
}

const rowsOrNone = (rows: number, what: string): string => (rows === 0 ? `no ${what} rows` : `${count(rows)} ${what}`);

export function fitSummary(report: FitReport): string {
  const { digest, columns, dropped, priceLevels, training, selectedOver, instruments, out } = report;
  const all = selectedOver === training.rows;
  const over = all ? 'all training rows' : `${count(selectedOver)} evenly spaced training rows`;
  return [
    `${count(training.rows)} training rows -> ${columns.length} columns learned, exactly; ${dropped.length} dropped, over ${over}`,
    ...eachInstrument(report.symbols, ({ training: own, rows }) => `${rowsOrNone(own, 'training')} of ${count(rows)}`),
    `${INDENT}for ${instruments === 'any' ? 'any instrument' : instruments.map(({ symbol }) => symbol).join(', ')}`,
    ...(report.incomplete > 0 ? [`${INDENT}${count(report.incomplete)} ready rows left out: not complete`] : []),
    ...dropped.slice(0, DROPPED).map(({ name, reason }) => `${INDENT}${name}: ${reason}`),
    ...(dropped.length > DROPPED ? [`${INDENT}and ${dropped.length - DROPPED} more`] : []),
    ...(priceLevels.length > 0 ? [`${INDENT}${describePriceLevels(priceLevels)}`] : []),
    `artefact  ${digest} -> ${out}`,
    cost(report),
  ].join('\n');
}

export function trainSummary(report: TrainReport): string {
  const { kind, rows, symbols, columns, length, threshold, importances, training, out } = report;
  return [
    `${kind}: ${count(rows.train)} training rows of ${inputWords(columns, length)}, ${count(rows.validation)} validation rows`,
    ...eachInstrument(
      symbols,
      ({ train, validation }) => `${rowsOrNone(train, 'training')}, ${count(validation)} validation`,
    ),
    ...(training === undefined ? [] : trainingLines(training)),
    thresholdLine(threshold),
    ...importances.slice(0, LEANS).map(({ feature, value }) => `${INDENT}${feature} ${value.toPrecision(4)}`),
    `model     ${out}, its golden rows beside it; calibration and threshold are in the artefact`,
    cost(report),
  ].join('\n');
}

/** What a model is given at a row. */
const inputWords = (values: number, length: number): string =>
  length === 1 ? `${count(values)} columns` : `${count(values / length)} columns in sequences of ${count(length)}`;

function trainingLines({ parameters, others, ...first }: TrainingReport): string[] {
  const { device, threads, matrixBytes } = first;
  return [
    `${INDENT}${count(parameters)} parameters${others.length === 0 ? '' : `, ${others.length + 1} times, each from a seed of its own`}`,
    ...[first, ...others].flatMap(memberLines),
    `${INDENT}${device}, ${threads} threads; ${(matrixBytes / 1e6).toFixed(1)} MB of rows`,
  ];
}

function memberLines({ curve, bestEpoch, ending, steps, from }: MemberReport): string[] {
  const { trainLoss, validationLoss } = curve[bestEpoch - 1];
  const over = ending === 'patience' ? 'validation got no better' : 'all epochs done';
  const since = from === 0 ? '' : `, gone on with from step ${count(from)}`;
  return [
    `${INDENT}${count(steps)} steps in ${curve.length} epochs (${over})${since}`,
    `${INDENT}best at epoch ${bestEpoch}: loss ${trainLoss.toFixed(4)} in training, ${validationLoss.toFixed(4)} on validation`,
  ];
}

/** No score of the validation rows: the threshold was chosen by them, and a score without its interval says too much. */
const thresholdLine = ({ value, by }: TrainReport['threshold']): string =>
  `threshold ${value.toFixed(4)} by ${by} on validation; how good the model is, and how much that is worth: predict, then evaluate`;

export function calibrateSummary({ rows, symbols, threshold, out }: CalibrateReport): string {
  return [
    `${count(rows)} validation rows`,
    ...eachInstrument(symbols, (own) => `${count(own)} rows`),
    thresholdLine(threshold),
    `artefact  ${out}, with the calibration and threshold of the model that predicted`,
  ].join('\n');
}

export function predictSummary(report: PredictReport): string {
  const { rows, predicted, incomplete, refusals, symbols, digest, seconds, out } = report;
  return [
    `${count(predicted)} of ${count(rows)} rows predicted -> ${out}`,
    ...eachInstrument(symbols, (own) => `${count(own.predicted)} of ${count(own.rows)}, digest ${own.digest}`),
    ...(incomplete > 0 ? [`${INDENT}${count(incomplete)} of them not complete`] : []),
    ...Object.entries(refusals).map(([reason, n]) => `${INDENT}${count(n)} ${reason}`),
    `digest    ${digest}`,
    `${seconds.toFixed(1)} s`,
  ].join('\n');
}

export function exportSummary({ files, columns, sequence, fold }: DatasetManifest, out: string): string {
  const [rows] = files['values.npy'].shape;
  const [windows] = files['ends.npy'].shape;
  const bytes = Object.values(files).reduce((total, file) => total + file.bytes, 0);
  return `${count(rows)} rows x ${count(columns.length)} columns, fold ${fold}; ${count(windows)} windows of ${sequence.length} rows -> ${out}, ${(bytes / 1e6).toFixed(1)} MB`;
}
