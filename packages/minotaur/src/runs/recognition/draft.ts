/** A configuration whose columns are those of a table, and the commands that show how far. */
import { oneLine } from 'minotaur-core/internal/base/printable';
import { plainName } from '../../compare/sides/kinds.ts';
import { canBeListed } from '../comparison/listed.ts';
import { section } from '../../inspect/draft/sections.ts';
import type { RecognisedColumn } from '../../recognise/told.ts';
import { BASE } from './bars.ts';

/** A column of the configuration. */
export interface DraftFeature {
  /** Of the table. */
  readonly column: string;
  /** Of the rows that the configuration gives, with its suffix. */
  readonly name: string;
  readonly clock: string;
  /** As it stands in the configuration. */
  readonly text: string;
}

/** What a clock's columns end with: `compare` takes names that differ in punctuation alone for the same. */
const suffixOf = (clock: number): string => '_'.repeat(clock + 1);

/** The features of what was recognised, each under the name that it has in the table as far as a name can be that. */
export function draftFeatures(columns: readonly RecognisedColumn[]): DraftFeature[] {
  const clocks = clocksOf(columns);
  // The time of the bar and the words of every row are no features.
  const taken = new Set(['opentime', 'closetime', 'time', 'symbol', 'ready', 'complete', 'age']);
  return columns.flatMap(({ name: column, expression, clock: of }) => {
    if (expression === null) return [];
    const clock = of ?? BASE;
    const plain = column.replaceAll(/\W+/g, '_').replace(/^(?=\d)|^$/, 'c');
    let name = plain;
    for (let more = 2; taken.has(plainName(name)); more++) name = `${plain}_${more}`;
    taken.add(plainName(name));
    return [{ column, name: name + suffixOf(clocks.indexOf(clock)), clock, text: `${expression} as ${name}` }];
  });
}

const clocksOf = (columns: readonly RecognisedColumn[]): string[] => [
  ...new Set([BASE, ...columns.flatMap(({ clock }) => clock ?? [])]),
];

export interface RecognisedDraft {
  /** The table. */
  readonly from: string;
  readonly columns: readonly RecognisedColumn[];
  readonly features: readonly DraftFeature[];
  /** Where the file's schema is, from the file. */
  readonly schema: string;
  /** Files of bars or of trades, from the file on; what their length is where they are made of trades. */
  readonly data: { readonly bars: readonly string[] } | { readonly trades: readonly string[] };
  readonly every: string | undefined;
  /** Which end of a bar the table's times give. */
  readonly end: 'open_time' | 'close_time';
  /** Sections that say how files are read. */
  readonly reading: Readonly<Record<string, unknown>>;
}

/** YAML with comments; the same of the same table. */
export function recognisedText({
  from,
  columns,
  features,
  schema,
  data,
  every,
  end,
  reading,
}: RecognisedDraft): string {
  const clocks = Object.fromEntries(
    clocksOf(columns).map((clock, k) => [
      clock,
      clock !== BASE
        ? { from: BASE, every: clock, suffix: suffixOf(k) }
        : { ...(every === undefined ? { bars: 'given' } : { bars: 'time', every }), suffix: suffixOf(k) },
    ]),
  );
  const of = (clock: string): string[] => features.filter((one) => one.clock === clock).map(({ text }) => text);
  const byClock = Object.fromEntries(
    Object.keys(clocks).map((clock) => [clock, [...(clock === BASE ? [end] : []), ...of(clock)]]),
  );
  const unknown = columns.filter(({ expression }) => expression === null);
  const ahead = columns.filter(({ looksAhead }) => looksAhead);
  const opening = columns.filter(({ form }) => form === 'opening');
  return `${[
    `# yaml-language-server: $schema=${schema}`,
    `# Written by minotaur init --from ${oneLine(from)}: ${features.length} of its ${columns.length} columns.`,
    ...(unknown.length === 0 ? [] : ['# Not recognised:', ...unknown.map(line)]),
    ...(ahead.length === 0 ? [] : ['# These look ahead there; here they do not:', ...ahead.map(line)]),
    ...(opening.length === 0 ? [] : ['# These are known sooner there than here:', ...opening.map(line)]),
    section('The files, from here on.', {
      data: Object.fromEntries(Object.entries(data).map(([kind, files]) => [kind, one(files)])),
    }),
    ...(Object.keys(reading).length === 0 ? [] : [section('How they are read.', reading)]),
    section('The bars that the features are of.', { clocks, drive: BASE }),
    section(`The features under their names; ${end} is what rows are matched by.`, { features: byClock }),
    section('Rows that a prediction looks at.', { sequence: { length: 1 } }),
  ].join('\n')}\n`;
}

const line = ({ name, text }: RecognisedColumn): string => `#   ${oneLine(name)}: ${oneLine(text)}`;

const one = (files: readonly string[]): string | readonly string[] => (files.length === 1 ? files[0] : files);

/** Columns whose names cannot be written in a list of names: the comparison leaves them out. */
export const unlisted = (features: readonly DraftFeature[]): string[] =>
  features.map(({ column }) => column).filter((name) => !canBeListed(name));

/** Command lines, as a shell takes them; without the comparison where it could name no column. */
export function recognisedCommands(draft: {
  readonly config: string;
  readonly rows: string;
  readonly from: string;
  readonly key: string;
  readonly end: string;
  readonly features: readonly DraftFeature[];
}): string[] {
  const { config, rows, from, key, end } = draft;
  const features = canBeListed(key) ? draft.features.filter(({ column }) => canBeListed(column)) : [];
  const map = features.filter(({ column, name }) => plainName(column) !== plainName(name));
  const words = [
    ['compare', from, rows, '--key', `${key}=${end}_`],
    ['--columns', features.map(({ column }) => column).join()],
    ...(map.length === 0 ? [] : [['--map', map.map(({ column, name }) => `${column}=${name}`).join()]]),
    ['--tolerance', '1e-9'],
  ];
  return [
    `npx minotaur build --config ${quoted(config)} --out ${quoted(rows)}`,
    ...(features.length === 0 ? [] : [`npx minotaur ${words.flat().map(quoted).join(' ')}`]),
  ];
}

/** As a shell takes it. */
const quoted = (word: string): string => (/^[\w./=,:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
