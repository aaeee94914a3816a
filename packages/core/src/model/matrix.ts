/** What a model is trained on: columns of float32, as the model's door will see them, and labels of 0 and 1. */
import { exp, log1p } from '../base/elementary/index.ts';
import { fail } from '../base/errors.ts';

/** Column-major: `columns[c][r]` is column c of row r. */
export interface Matrix {
  readonly rows: number;
  readonly width: number;
  readonly columns: readonly Float32Array[];
}

/** What is to be learned of each row. */
export interface Targets {
  /** 0 or 1 a row. */
  readonly y: Float64Array;
  /** What a row counts for; 1 where absent. */
  readonly weights?: Float64Array;
}

export interface Labelled extends Targets {
  readonly x: Matrix;
}

/** The values of one row, in column order. */
export function rowOf(x: Matrix, row: number): Float32Array {
  return Float32Array.from(x.columns, (column) => column[row]);
}

function requireLength(where: string, what: string, found: number, expected: number): void {
  if (found !== expected) fail('input', where, `${expected} ${what}`, `${found}`);
}

/** Refuses what no classifier can be learned from; `where` names the split. */
export function requireTrainable({ x, ...targets }: Labelled, where: string): void {
  if (x.rows === 0) fail('input', where, 'at least one row', 'none');
  requireLength(where, 'columns', x.columns.length, x.width);
  requireLength(where, 'labels', targets.y.length, x.rows);
  x.columns.forEach((column, c) => requireLength(`${where}, column ${c}`, 'values', column.length, x.rows));
  requireTargets(targets, where);
}

/** The same of the labels alone, before there is a column. */
export function requireTargets({ y, weights }: Targets, where: string): void {
  if (y.length === 0) fail('input', where, 'at least one row', 'none');
  if (weights) requireLength(where, 'weights', weights.length, y.length);
  let positive = 0;
  for (let i = 0; i < y.length; i++) {
    if (y[i] !== 0 && y[i] !== 1) fail('input', `${where}, row ${i}`, 'a label of 0 or 1', `${y[i]}`);
    if (weights && !(weights[i] > 0 && weights[i] < Infinity)) {
      fail('input', `${where}, row ${i}`, 'a positive, finite weight', `${weights[i]}`);
    }
    positive += y[i];
  }
  if (positive === 0) fail('input', where, 'labels of both classes', `no positive label in ${y.length} rows`);
  if (positive === y.length) fail('input', where, 'labels of both classes', `no negative label in ${y.length} rows`);
}

/** 1 / (1 + e^-z). */
export function sigmoid(z: number): number {
  return 1 / (1 + exp(-z));
}

/** -log of the probability that the score z gives to label y, without overflow: log(1 + e^z) - y z. */
export function lossOfScore(z: number, y: number): number {
  return Math.max(z, 0) + log1p(exp(-Math.abs(z))) - y * z;
}
