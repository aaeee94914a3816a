/**
 * Expressions built in TypeScript. They give the same trees as the text, so the same schema and the same bits:
 *
 *     feature(ops.rsi(column('close'), 14))                                  // rsi(close, 14)
 *     feature(ops.lag(ops.logReturn(column('close')), range(1, 5)))          // lag(log_return(close), 1..5)
 *     feature(ops.div(ops.sub(column('high'), column('low')), column('low')), 'high_low_pct')
 */
import type { BarColumn } from '../bars/bar.ts';
import { operators } from './catalogue.gen.ts';
import { expressionText, type Expression, type Feature } from './contract/expression.ts';
import type { Operator } from './contract/operator.ts';

/** What stands where an operator takes a series: an expression, or a number for a constant one. */
export type Operand = Expression | number;

type Inputs<T extends readonly unknown[]> = { [K in keyof T]: Operand };
type Numbers<T extends readonly unknown[]> = { [K in keyof T]: number | (Expression & { kind: 'range' }) };
type Call<O extends Operator> = (
  ...args: [...Inputs<O['inputs']>, ...Partial<Numbers<O['params']>>] | Numbers<O['params']>
) => Expression & { kind: 'call' };

/** Every operator of the catalogue as a function, under its exported name: `ops.logReturn(x)`. */
export const ops = Object.fromEntries(
  Object.entries(operators).map(([key, op]: [string, Operator]) => [
    key,
    (...args: Operand[]) => apply(op.name, ...args),
  ]),
) as unknown as { readonly [K in keyof typeof operators]: Call<(typeof operators)[K]> };

/** Calls an operator by name: for operators of your own. */
export function apply(name: string, ...args: readonly Operand[]): Expression & { kind: 'call' } {
  const trees = args.map((arg): Expression => (typeof arg === 'number' ? { kind: 'number', value: arg } : arg));
  return { kind: 'call', name, args: trees };
}

/** The name of a column of rows, with its suffix. */
export type RowColumn = string & {};

/** A column of the clock's bars; in a feature of rows, one of the row: `column('close_db_s')`. */
export function column(name: BarColumn | RowColumn): Expression {
  return { kind: 'column', name };
}

/** The integers from..to: one feature for each. */
export function range(from: number, to: number): Expression & { kind: 'range' } {
  return { kind: 'range', from, to };
}

/** One output of an operator that has several: `output(ops.bbands(column('close'), 20, 2, 2), 'upper')`. */
export function output(call: Expression & { kind: 'call' }, name: string): Expression {
  return { ...call, output: name };
}

/** A feature for a configuration; `names` as after `as`. */
export function feature(expression: Expression, ...names: readonly string[]): Feature {
  const text = expressionText(expression) + (names.length > 0 ? ` as ${names.join(', ')}` : '');
  return { expression, names, text };
}
