/** What a run was refused, by us or by the system. */
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { MinotaurError, type ErrorFacts } from 'minotaur-core/internal/base/errors';
import { withSources } from '../../node/bundled-source.ts';
import { systemWords } from '../../node/system-words.ts';

/** What is to be said of an error that is no fault of ours; undefined where it is one. */
export function refusalOf(error: unknown): ErrorFacts | undefined {
  if (error instanceof MinotaurError) return error.kind === 'internal' ? undefined : error.facts;
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || syscall === undefined) return undefined;
  return { where: path ?? syscall, expected: `what the system gives (${syscall})`, found: systemWords(error) };
}

/** An error that is a fault of ours, with its stack and the source file of each place in it. */
export const faultOf = (error: unknown): string => withSources(inspect(error));

/** Where our packages lie. */
const ownPlaces = (): readonly string[] => [
  new URL('../..', import.meta.url).href,
  new URL('.', import.meta.resolve('minotaur-core')).href,
];
const THROWN_AT = /^ +at .*?(file:\/\/[^\s()]+)/m;

/** The place in a user's file, of an operator or a configuration, that threw; undefined where it was code of ours or of a package. */
export function placeOfUsers(error: unknown): string | undefined {
  const place = THROWN_AT.exec(error instanceof Error ? (error.stack ?? '') : '')?.[1];
  if (place === undefined || place.includes('/node_modules/') || ownPlaces().some((own) => place.startsWith(own)))
    return undefined;
  return fileURLToPath(place);
}
