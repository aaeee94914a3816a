/** Configurations as they are written down. */
import { parseDocument } from 'yaml';
import { fail } from 'minotaur-core/internal/base/errors';
import type { ConfigInput } from 'minotaur-core/internal/config/config';

/**
 * YAML, of which JSON is a part.
 * @param name of the text, to say where something is wrong
 * @throws {MinotaurError} of kind `config` that says in which line, and what was expected there
 */
export function parseText(text: string, name: string): ConfigInput {
  // What JSON5 has, and neither JSON nor YAML, is a text to YAML.
  if (/^\s*\/[/*]/.test(text))
    fail('config', name, 'YAML or JSON', 'a comment of another language: YAML has them behind #');
  const document = parseDocument(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const at = problem.linePos?.[0];
    const place = at === undefined ? name : `${name}, line ${at.line}, column ${at.col}`;
    fail('config', place, 'YAML or JSON', WORDS[problem.code] ?? wordsOf(problem.message));
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    fail('config', name, 'YAML or JSON', wordsOf((error as Error).message));
  }
  if (value === null || value === undefined) fail('config', name, 'a mapping of settings', 'nothing');
  if (Array.isArray(value)) fail('config', name, 'a mapping of settings', 'a list');
  if (typeof value !== 'object')
    fail('config', name, 'a mapping of settings', `the text '${text.trim().split('\n', 1)[0].trim().slice(0, 80)}'`);
  return value as ConfigInput;
}

const wordsOf = (message: string): string =>
  message.startsWith('Maximum call stack')
    ? 'brackets in too many brackets'
    : message.replace(/ at line \d+[\s\S]*$/, '');

/** What the parser says to programmers. */
const WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'several documents, one after the other',
  TAB_AS_INDENT: 'a tab as indentation: YAML takes spaces',
  DUPLICATE_KEY: 'the same key twice',
};
