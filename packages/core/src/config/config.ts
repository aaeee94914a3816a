/** Configurations checked, with every default filled in, and errors that say which key and what was expected. */
import type * as z from 'zod';
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { configSchema, knownKeys, type Config, type ConfigInput } from './schema.ts';
import { presets } from './presets.ts';

export type { Config, ConfigInput } from './schema.ts';

/** Checks a configuration and fills in its defaults. `where` names it in messages: a path, or `configuration`. */
export function parseConfig(input: ConfigInput | string, where = 'configuration'): Config {
  if (typeof input === 'string') {
    const preset = presets[input];
    if (preset === undefined) fail('config', where, `a preset (${Object.keys(presets).join(', ')})`, `'${input}'`);
    return parseConfig(preset, where);
  }
  const result = configSchema.safeParse(input);
  if (!result.success) refuse(result.error.issues, input, where);
  return result.data;
}

function refuse(issues: readonly z.core.$ZodIssue[], input: unknown, where: string): never {
  // A misspelt key is both unknown and missing: the unknown one says more.
  const issue = mostSpecific(issues.find((i) => i.code === 'unrecognized_keys') ?? issues[0], input);
  const place = issue.path.length === 0 ? where : `${where}, ${issue.path.join('.')}`;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    fail('config', place, 'a known key', `'${key}'${nearest(key, knownKeys())}`);
  }
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
  fail(
    'config',
    place,
    issue.message.replace(/^(Invalid \w+: )?expected /, '').replace(/, received \w+$/, ''),
    JSON.stringify(found) ?? 'nothing',
  );
}

/** A union reports every branch; the one to tell is the branch that the writer meant, which `bars` or `from` says. */
function mostSpecific(issue: z.core.$ZodIssue, input: unknown): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], input);
  const derived = typeof value === 'object' && value !== null && 'from' in value;
  const branch = issue.errors[derived ? issue.errors.length - 1 : 0];
  const inner = branch[0];
  return mostSpecific({ ...inner, path: [...issue.path, ...inner.path] }, input);
}
