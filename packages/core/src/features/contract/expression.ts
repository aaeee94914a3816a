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

/** Of an expression, and of the numbers of a range: nobody writes more by hand, and a tree has to be walked. */
const MOST_TOKENS = 1000;
const MOST_OF_RANGE = 10_000;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    if (tokens.length === MOST_TOKENS) {
      const where = `feature '${text.trim().slice(0, 40)}...'`;
      fail('config', where, `${MOST_TOKENS} names, numbers and signs at most`, `more in ${text.length} characters`);
    }
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

/** A place in the tokens of one feature. */
interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
}

const peek = ({ tokens, next }: Cursor): Token => tokens[next];

const refuse = (cursor: Cursor, expected: string): never =>
  fail('config', place(cursor.text, peek(cursor).at), expected, `'${peek(cursor).text}'`);

function take(cursor: Cursor, sign: string): void {
  if (peek(cursor).text !== sign) refuse(cursor, `'${sign}'`);
  cursor.next++;
}

function takeName(cursor: Cursor, what: string): string {
  if (peek(cursor).kind !== 'name') refuse(cursor, what);
  return cursor.tokens[cursor.next++].text;
}

/** Parses one feature: an expression and, optionally, `as` with one name or one per output. */
export function parseFeature(text: string): Feature {
  const cursor = { text, tokens: tokenize(text), next: 0 };
  const expression = parseExpression(cursor, 0);
  const names: string[] = [];
  if (peek(cursor).text === 'as') {
    do {
      cursor.next++;
      names.push(takeName(cursor, 'a feature name after as'));
    } while (peek(cursor).text === ',');
  }
  if (peek(cursor).kind !== 'end') refuse(cursor, 'an operator, `as` or the end');
  return { expression, names, text: text.trim() };
}

/** An operand and what is joined to it by infix operators that bind tighter than `level`. */
function parseExpression(cursor: Cursor, level: number): Expression {
  let left = parseOperand(cursor);
  for (;;) {
    const infix = INFIX.get(peek(cursor).text);
    if (infix === undefined || infix.level <= level) return left;
    cursor.next++;
    left = call(infix.name, left, parseExpression(cursor, infix.level));
  }
}

function parseOperand(cursor: Cursor): Expression {
  const token = peek(cursor);
  cursor.next++;
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
  if (token.kind === 'range') {
    const [from, to] = token.text.split('..').map(Number);
    if (to < from) fail('config', place(cursor.text, token.at), 'a range that rises', `'${token.text}'`);
    if (to - from >= MOST_OF_RANGE) {
      const most = `a range of ${MOST_OF_RANGE} numbers at most`;
      fail('config', place(cursor.text, token.at), most, `'${token.text}'`);
    }
    return { kind: 'range', from, to };
  }
  if (token.text === '(') {
    const inner = parseExpression(cursor, 0);
    take(cursor, ')');
    return inner;
  }
  if (token.text === '-') {
    const inner = parseExpression(cursor, UNARY_LEVEL);
    return inner.kind === 'number' ? { kind: 'number', value: -inner.value } : call('neg', inner);
  }
  if (token.text === 'not') return call('not', parseExpression(cursor, NOT_LEVEL));
  if (token.kind === 'name' && token.text !== 'as' && !INFIX.has(token.text)) return parseNamed(cursor, token.text);
  cursor.next--;
  return refuse(cursor, 'a column, a number or an operator call');
}

/** A column, or a call with or without one of its outputs. */
function parseNamed(cursor: Cursor, name: string): Expression {
  if (peek(cursor).text !== '(') return { kind: 'column', name };
  const args = parseArguments(cursor);
  if (peek(cursor).text !== '.') return { kind: 'call', name, args };
  cursor.next++;
  return { kind: 'call', name, args, output: takeName(cursor, 'the name of an output') };
}

function parseArguments(cursor: Cursor): Expression[] {
  const args: Expression[] = [];
  take(cursor, '(');
  if (peek(cursor).text !== ')') {
    args.push(parseExpression(cursor, 0));
    while (peek(cursor).text === ',') {
      cursor.next++;
      args.push(parseExpression(cursor, 0));
    }
  }
  take(cursor, ')');
  return args;
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
