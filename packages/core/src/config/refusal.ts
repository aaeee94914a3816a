/** Why a configuration is refused, in words: the schema's own speak of records and discriminators. */
import type * as z from 'zod';
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { oneOf, shown } from '../base/shown.ts';
import { keysAt } from './known-keys.ts';

type Issue = z.core.$ZodIssue;

/** @throws {MinotaurError} that says which key, what was expected there, and what was found */
export function refuseConfig(issues: readonly Issue[], input: unknown, where: string): never {
  const issue = mostSpecific(mostTelling(issues), input);
  const found = valueAt(input, issue.path);
  const place = (path: readonly PropertyKey[]): string =>
    path.length === 0 ? where : `${where}, ${path.map(String).join('.')}`;
  const unknown = unknownKey(issue, input);
  if (unknown !== undefined) {
    const known = keysAt(unknown.path);
    if (known.includes(unknown.key))
      fail('config', place(unknown.path), 'a known key', `'${unknown.key}', which is for another kind`);
    const hint = nearest(unknown.key, known);
    const listed = hint !== '' || known.length === 0 ? '' : ` (${known.join(', ')})`;
    fail('config', place(unknown.path), `a known key${listed}`, `'${unknown.key}'${hint}`);
  }
  const [expected, texts = []] = wordsOf(issue);
  const hint = typeof found === 'string' ? nearest(found, texts) : '';
  fail('config', place(issue.path), expected, `${shown(found)}${hint}`);
}

/** A misspelt key is both unknown and missing: the unknown one says more. */
function mostTelling(issues: readonly Issue[]): Issue {
  return issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A union reports every branch; the one to tell is the branch that the writer meant. */
function mostSpecific(issue: Issue, input: unknown): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const value = valueAt(input, issue.path);
  const isElsewhere = (inner: Issue): boolean => inner.path.length > 0 || inner.code === 'unrecognized_keys';
  const near = issue.errors.filter((branch) => branch.some(isElsewhere));
  if (near.length === 0) return issue;
  // A clock that is made from another says so; any other names a kind of bars.
  const branch = isMapping(value) && 'from' in value ? near[near.length - 1] : near[0];
  const inner = mostTelling(branch);
  return mostSpecific({ ...inner, path: [...issue.path, ...inner.path] }, input);
}

/** The key that is not known; where one is missing, the one that may stand for it. */
function unknownKey(
  issue: Issue,
  input: unknown,
): { readonly path: readonly PropertyKey[]; readonly key: string } | undefined {
  if (issue.code === 'unrecognized_keys') return { path: issue.path, key: issue.keys[0] };
  if (issue.path.length === 0 || valueAt(input, issue.path) !== undefined) return undefined;
  const path = issue.path.slice(0, -1);
  const [known, beside] = [keysAt(path), valueAt(input, path)];
  const key =
    isMapping(beside) && known.length > 0 ? Object.keys(beside).find((one) => !known.includes(one)) : undefined;
  return key === undefined ? undefined : { path, key };
}

/** What was expected in words, and the texts to choose from where there are some. */
function wordsOf(issue: Issue): readonly [expected: string, choices?: readonly string[]] {
  const own = /^(Invalid|Too |Unrecognized)/.test(issue.message) ? undefined : issue.message.replace(/^expected /, '');
  if (own !== undefined) return [own];
  switch (issue.code) {
    case 'invalid_type':
      return [TYPES[issue.expected] ?? issue.expected];
    case 'invalid_value':
      return [oneOf(issue.values.map(String)), issue.values.map(String)];
    case 'too_small':
      return [bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)];
    case 'too_big':
      return [bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)];
    case 'invalid_format':
      return [FORMATS[issue.format] ?? 'text of another form'];
    case 'invalid_key':
      return ['a name of letters, digits and underscores'];
    case 'invalid_union':
      return unionWords(issue);
    default:
      return [issue.message];
  }
}

const TYPES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of settings',
  record: 'a mapping, name by name',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date such as 2024-08-31',
  datetime: 'a time such as 2024-08-31T00:00:00Z',
};

/** Of a union without a branch that is near: its kinds, or what each branch takes. */
function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>): readonly [string, (readonly string[])?] {
  const kinds = [...issue.message.matchAll(/'([^']+)'/g)].map(([, kind]) => kind);
  if (kinds.length > 0) return [oneOf(kinds), kinds];
  return [[...new Set(issue.errors.map(([inner]) => wordsOf(inner)[0]))].join(' or ')];
}

function bound(origin: string, how: string, value: number | bigint): string {
  if (origin === 'string') return `${how} ${value} characters`;
  return origin === 'array' ? `${how} ${value} entries` : `a number of ${how} ${value}`;
}
