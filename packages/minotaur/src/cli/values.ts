/** What is written behind a flag, and how an example is shown. */
import { Help, InvalidArgumentError, type Option } from 'commander';

export function count(text: string): number {
  const value = /^\d[\d_]*(e\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number of at least 1.');
  return value;
}

export function seed(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number of at least 0.');
  return value;
}

export function port(text: string): number {
  const value = seed(text);
  if (value > 65_535) throw new InvalidArgumentError('expected a port, 0 to 65535.');
  return value;
}

export function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('expected a share from 0 to 1, or 0% to 100%.');
  return value;
}

export const example = (...texts: readonly string[]): string =>
  `\n${texts.length > 1 ? 'Examples' : 'Example'}:\n${texts.map((text) => `  $ npx minotaur ${text}\n`).join('')}`;

/** As commander has it, and whether a command can do without. */
export const describeOption = (option: Option): string =>
  new Help().optionDescription(option) + (option.mandatory ? ' (required)' : '');
