/**
 * Options as plain JavaScript hands them over, against what their type says: a table for each type of options, which the compiler
 * holds to that type. A name that is none, what is missing and what is of another kind are refused before anything is done.
 */
import { fail } from './errors.ts';
import { nearest } from './nearest.ts';
import { oneOf, shown } from './shown.ts';

/** What is wrong with a value. */
interface Fault {
  /** Where within it. */
  readonly path: readonly string[];
  readonly expected: string;
  readonly found: string;
}

/** What a value may be. */
export interface Kind<T> {
  /** In words. */
  readonly words: string;
  /** What is wrong with a value, if anything. */
  readonly fault: (value: unknown) => Fault | undefined;
  /** There is none: it makes `T` the type that the kind stands for, no wider and no narrower. */
  readonly of?: (value: T) => T;
}

/** Stands for functions of any type: what they take cannot be seen. */
interface Callback {
  readonly isCallback: true;
}
type KindOf<V> = [V] extends [(...args: never[]) => unknown] ? Kind<Callback> : Kind<V>;
type IsOptional<O, K extends keyof O> = Pick<O, K> extends Required<Pick<O, K>> ? false : true;

/** The kind of each option that `O` needs. */
export type Needed<O> = { readonly [K in keyof O as IsOptional<O, K> extends true ? never : K]: KindOf<O[K]> };
/** The kind of each option that `O` can do without. */
export type Optional<O> = {
  readonly [K in keyof O as IsOptional<O, K> extends true ? K : never]-?: KindOf<Exclude<O[K], undefined>>;
};

function kind<T>(words: string, holds: (value: unknown) => boolean, found = shown): Kind<T> {
  return { words, fault: (value) => (holds(value) ? undefined : { path: [], expected: words, found: found(value) }) };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textual: Kind<string> = kind('text', isText);
/** What may hold a password: a refusal does not show it. */
export const secret: Kind<string> = kind('text', isText, (value) =>
  value === undefined ? 'nothing' : 'what is no text',
);
export const flag: Kind<boolean> = kind('true or false', (value) => typeof value === 'boolean');
export const callback: Kind<Callback> = kind('a function', (value) => typeof value === 'function');

/** Numbers, or some of them. */
export const numericWhere = (words: string, holds: (value: number) => boolean): Kind<number> =>
  kind(words, (value) => typeof value === 'number' && holds(value));
export const numeric: Kind<number> = numericWhere('a number', (value) => !Number.isNaN(value));
export const share: Kind<number> = numericWhere('a share from 0 to 1', (value) => value >= 0 && value <= 1);

/** Whole numbers of `least` or more. */
export const wholeFrom = (least: number): Kind<number> =>
  numericWhere(`a whole number of at least ${least}`, (value) => Number.isSafeInteger(value) && value >= least);
export const whole: Kind<number> = wholeFrom(0);
export const amount: Kind<number> = wholeFrom(1);

/** An object that is looked into elsewhere, or not at all. */
export const thing = <T extends object>(words: string, holds: (value: object) => boolean = () => true): Kind<T> =>
  kind(words, (value) => isObject(value) && holds(value));

/** One of the values named: all that its type has. */
export function choice<const T extends string | number | boolean>(values: readonly T[]): Kind<T> {
  const [texts, known] = [values.map(String), new Set<unknown>(values)];
  const found = (value: unknown): string => `${shown(value)}${isText(value) ? nearest(value, texts) : ''}`;
  return kind(oneOf(texts), (value) => known.has(value), found);
}

/** A list of what is all of one kind. */
export function listOf<T>(of: Kind<T>, words = 'a list'): Kind<readonly T[]> {
  const fault = (value: unknown): Fault | undefined =>
    Array.isArray(value) ? within(value.entries(), of) : { path: [], expected: words, found: shown(value) };
  return { words, fault };
}

/** What is of one kind, name by name. */
export function byName<T>(of: Kind<T>, words = 'a mapping, name by name'): Kind<Readonly<Record<string, T>>> {
  const fault = (value: unknown): Fault | undefined =>
    isMapping(value) ? within(Object.entries(value), of) : { path: [], expected: words, found: shown(value) };
  return { words, fault };
}

/** What has its names as properties: sets and maps have none. */
const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !(value instanceof Set || value instanceof Map);

function within<T>(entries: Iterable<readonly [number | string, unknown]>, of: Kind<T>): Fault | undefined {
  for (const [key, value] of entries) {
    const fault = of.fault(value);
    if (fault !== undefined) return { ...fault, path: [String(key), ...fault.path] };
  }
  return undefined;
}

/** Either of two kinds; what is wrong is told of the one that the value looks like. */
export function either<A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> {
  const words = `${a.words} or ${b.words}`;
  const fault = (value: unknown): Fault | undefined => {
    const faults = [a.fault(value), b.fault(value)];
    if (faults.includes(undefined)) return undefined;
    const isInside = (one: Fault | undefined) => one?.path.length !== 0 || ![a.words, b.words].includes(one.expected);
    return faults.find(isInside) ?? { path: [], expected: words, found: shown(value) };
  };
  return { words, fault };
}

/** The options of a type: those that it needs, and those that it can do without, which may be undefined as well. */
export function optionsOf<O>(needed: Needed<O>, optional: Optional<O>): Kind<O> {
  const words = 'an object of options';
  const kinds = new Map<string, Kind<unknown>>(Object.entries({ ...needed, ...optional }));
  const fault = (value: unknown): Fault | undefined => {
    if (!isObject(value)) return { path: [], expected: words, found: shown(value) };
    // A misspelt name is both unknown and missing: the unknown one says more.
    for (const name of Object.keys(value)) if (!kinds.has(name)) return unknown(name, [...kinds.keys()]);
    for (const [name, of] of kinds) {
      if (value[name] === undefined && name in optional) continue;
      const inner = of.fault(value[name]);
      if (inner !== undefined) return { ...inner, path: [name, ...inner.path] };
    }
    return undefined;
  };
  return { words, fault };
}

function unknown(name: string, known: readonly string[]): Fault {
  const hint = nearest(name, known);
  return {
    path: [],
    expected: `a known option${hint === '' ? ` (${known.join(', ')})` : ''}`,
    found: `'${name}'${hint}`,
  };
}

/**
 * Refuses what is not of a kind.
 * @param whose the function that was called, or what of it
 * @throws {MinotaurError} of kind `config` that says which option, what was expected there, and what was found
 */
export function requireKind<T>(whose: string, of: Kind<T>, value: unknown): void {
  const fault = of.fault(value);
  if (fault === undefined) return;
  const { path, expected, found } = fault;
  fail('config', path.length === 0 ? whose : `${whose}, ${path.join('.')}`, expected, found);
}
