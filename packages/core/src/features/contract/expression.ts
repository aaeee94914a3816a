/**
 * Expressions: what a feature is, as text or built in TypeScript. Both give the same tree.
 *
 *     rsi(close, 14)
 *     lag(log_return(close), 1..5)
 *     (high - low) / low as high_low_pct
 *     macd(close, 12, 26, 9) as fast, signal, hist
 *     bbands(close, 20, 2, 2).upper
 *
 * Precedence, loosest first: or, and, not, comparisons, + -, * /, unary minus. There is no power operator: its bits
 * differ between versions of the runtime.
 */
import { fail } from '../../base/errors.ts';

/** The tree of an expression; its leaves are bar columns and numbers. */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Stands for as many features as it has integers. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      /** One output of an operator that has several. */
      readonly output?: string;
    };

/** A line under `features`: an expression and the names of its columns. */
export interface Feature {
  /** What is computed. */
  readonly expression: Expression;
  /** Names given with `as`; empty: named after the operator. */
  readonly names: readonly string[];
  /** The text as written, for messages. */
  readonly text: string;
}

const TOKEN =
  /\s*(?:(\d+\.\.\d+)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|[-+*/(),.<>]))/y;

interface Token {
  readonly kind: 'range' | 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const KINDS = ['range', 'number', 'name', 'sign'] as const;

const INFIX: ReadonlyMap<string, { readonly name: string; readonly level: number }> = new Map([
  ['or', { name: 'or', level: 1 }],
  ['and', { name: 'and', level: 2 }],
  ['<', { name: 'lt', level: 4 }],
  ['<=', { name: 'le', level: 4 }],
  ['>', { name: 'gt', level: 4 }],
  ['>=', { name: 'ge', level: 4 }],
  ['==', { name: 'eq', level: 4 }],
  ['!=', { name: 'ne', level: 4 }],
  ['+', { name: 'add', level: 5 }],
  ['-', { name: 'sub', level: 5 }],
  ['*', { name: 'mul', level: 6 }],
  ['/', { name: 'div', level: 6 }],
]);
const NOT_LEVEL = 3;
const UNARY_LEVEL = 7;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) {
      const bad = at + (text.slice(at).length - text.slice(at).trimStart().length);
      fail('config', place(text, bad), 'a name, a number or an operator', `'${text[bad]}'`);
    }
    const kind = match.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: KINDS[kind], text: match[kind + 1], at: TOKEN.lastIndex - match[kind + 1].length });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end', at: text.length });
  return tokens;
}

const place = (text: string, at: number): string => `feature '${text}', column ${at + 1}`;

/** Parses one feature: an expression and, optionally, `as` with one name or one per output. */
export function parseFeature(text: string): Feature {
  const tokens = tokenize(text);
  let next = 0;
  const peek = (): Token => tokens[next];
  const refuse = (expected: string): never => fail('config', place(text, peek().at), expected, `'${peek().text}'`);
  const take = (sign: string): void => {
    if (peek().text !== sign) refuse(`'${sign}'`);
    next++;
  };

  function list(): Expression[] {
    const args: Expression[] = [];
    take('(');
    if (peek().text !== ')') {
      args.push(expression(0));
      while (peek().text === ',') {
        next++;
        args.push(expression(0));
      }
    }
    take(')');
    return args;
  }

  function named(name: string): Expression {
    if (peek().text !== '(') return { kind: 'column', name };
    const args = list();
    if (peek().text !== '.') return { kind: 'call', name, args };
    next++;
    if (peek().kind !== 'name') refuse('the name of an output');
    return { kind: 'call', name, args, output: tokens[next++].text };
  }

  function operand(): Expression {
    const token = peek();
    next++;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'range') {
      const [from, to] = token.text.split('..').map(Number);
      if (to < from) fail('config', place(text, token.at), 'a range that rises', `'${token.text}'`);
      return { kind: 'range', from, to };
    }
    if (token.text === '(') {
      const inner = expression(0);
      take(')');
      return inner;
    }
    if (token.text === '-') {
      const inner = expression(UNARY_LEVEL);
      return inner.kind === 'number' ? { kind: 'number', value: -inner.value } : call('neg', inner);
    }
    if (token.text === 'not') return call('not', expression(NOT_LEVEL));
    if (token.kind === 'name' && token.text !== 'as' && !INFIX.has(token.text)) return named(token.text);
    next--;
    return refuse('a column, a number or an operator call');
  }

  function expression(level: number): Expression {
    let left = operand();
    for (;;) {
      const infix = INFIX.get(peek().text);
      if (infix === undefined || infix.level <= level) return left;
      next++;
      left = call(infix.name, left, expression(infix.level));
    }
  }

  const tree = expression(0);
  const names: string[] = [];
  if (peek().text === 'as') {
    do {
      next++;
      if (peek().kind !== 'name') refuse('a feature name after as');
      names.push(tokens[next++].text);
    } while (peek().text === ',');
  }
  if (peek().kind !== 'end') refuse('an operator, `as` or the end');
  return { expression: tree, names, text: text.trim() };
}

function call(name: string, ...args: Expression[]): Expression {
  return { kind: 'call', name, args };
}

/** The one text of an expression: equal texts are one node of the graph. */
export function expressionText(e: Expression): string {
  switch (e.kind) {
    case 'column':
      return e.name;
    case 'number':
      return String(e.value);
    case 'range':
      return `${e.from}..${e.to}`;
    case 'call':
      return `${e.name}(${e.args.map(expressionText).join(', ')})${e.output === undefined ? '' : `.${e.output}`}`;
  }
}

/** Replaces columns by expressions; how a composite operator's own names become its arguments. */
export function substitute(e: Expression, names: ReadonlyMap<string, Expression>): Expression {
  if (e.kind === 'column') return names.get(e.name) ?? e;
  if (e.kind !== 'call') return e;
  return { ...e, args: e.args.map((arg) => substitute(arg, names)) };
}

/** One feature per integer of the range inside `feature`, if there is one. `as name` becomes `name_<integer>`. */
export function expandRange(feature: Feature): Feature[] {
  const ranges = rangesIn(feature.expression);
  if (ranges.length === 0) return [feature];
  if (ranges.length > 1) {
    fail('config', `feature '${feature.text}'`, 'one range in an expression', `${ranges.length} ranges`);
  }
  const [{ from, to }] = ranges;
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    expression: fillRange(feature.expression, from + i),
    names: feature.names.map((name) => `${name}_${from + i}`),
    text: feature.text,
  }));
}

function rangesIn(e: Expression): { from: number; to: number }[] {
  if (e.kind === 'range') return [e];
  return e.kind === 'call' ? e.args.flatMap(rangesIn) : [];
}

function fillRange(e: Expression, value: number): Expression {
  if (e.kind === 'range') return { kind: 'number', value };
  return e.kind === 'call' ? { ...e, args: e.args.map((arg) => fillRange(arg, value)) } : e;
}
