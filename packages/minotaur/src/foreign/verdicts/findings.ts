/** What is to be known beside the verdicts on columns: rows, the world, order, dates, and what was not found out. */
import { count, percent } from 'minotaur-core/internal/base/figures';
import type { Observations } from '../experiments/observe.ts';
import { shareFound } from '../experiments/plan.ts';
import type { Seen } from '../target/target.ts';
import type { ColumnReport } from './column.ts';

/** Something about the whole table or the code. */
export interface ForeignFinding {
  /** What it is about, in a word. */
  readonly name: string;
  /** In a sentence or two. */
  readonly text: string;
  /** Whether it is a fault. */
  readonly fails: boolean;
}

export interface Finding {
  readonly observations: Observations;
  readonly columns: readonly ColumnReport[];
  readonly labels: readonly string[];
  /** Random cuts that were done. */
  readonly cuts: number;
  /** What loading the code asked of the world. */
  readonly loading: readonly Seen[];
  readonly isWatched: boolean;
}

/** All of them. */
export function findingsOf(finding: Finding): ForeignFinding[] {
  const { observations } = finding;
  return [
    ...rowFindings(finding),
    ...refusals(observations),
    ...worldFindings(finding),
    ...changeFindings(observations),
    ...holeFindings(finding),
    ...windowFindings(finding),
    ...limits(finding),
  ];
}

const told = (name: string, text: string, fails = false): ForeignFinding => ({ name, text, fails });

function rowFindings({ observations, labels }: Finding): ForeignFinding[] {
  const { reference, whole, futures } = observations;
  const found: ForeignFinding[] = [];
  if (reference.rows !== whole.rows)
    found.push(told('rows', `${count(reference.rows)} rows for ${count(whole.rows)} of the input.`));
  if (reference.doubles > 0)
    found.push(told('rows', `${count(reference.doubles)} rows have the place of another one; the last was compared.`));
  const main = futures.filter(({ isOfWhole }) => isOfWhole);
  const cut = main.filter(({ experiment }) => experiment.kind === 'cut').map(({ lost }) => lost);
  const other = main.filter(({ experiment }) => experiment.kind !== 'cut').map(({ lost }) => lost);
  const most = (of: readonly { readonly rows: number }[]): number => Math.max(0, ...of.map(({ rows }) => rows));
  if (most(other) > 0)
    found.push(
      told(
        'rows',
        `Whether a row is there depends on what comes after it: another future takes up to ${count(most(other))} earlier rows away.`,
        true,
      ),
    );
  else if (most(cut) > 0) {
    const tail = cut.every(({ rows, tail: ends }) => rows === ends);
    const which = tail ? `the last ${count(most(cut))} of them` : `up to ${count(most(cut))} of them`;
    const why = labels.length > 0 ? ' Labels that are not known yet may be why.' : ' Live they are late.';
    found.push(
      told(
        'rows',
        `Where the table ends, ${which} are not there that are there once it goes on.${why}`,
        labels.length === 0,
      ),
    );
  }
  return found;
}

function refusals({ refused }: Observations): ForeignFinding[] {
  const byWhy = new Map<string, string[]>();
  for (const { what, why } of refused) byWhy.set(why, [...(byWhy.get(why) ?? []), what]);
  return [...byWhy].map(([why, all]) => {
    const more = all.length > 1 ? ` and ${all.length - 1} more` : '';
    return told('fails', `The code fails on ${all[0]}${more}: ${why}`);
  });
}

/** Kinds of what is seen, and whether a feature may want it. */
const WORLD: readonly (readonly [kind: string, words: string])[] = [
  ['file read', 'reads files beside its input'],
  ['file written', 'writes files'],
  ['network', 'asks the network'],
  ['program', 'starts programs'],
  ['clock', 'asks the clock'],
  ['random', 'draws at random, or makes a generator'],
  ['clock named', 'names a clock'],
];

function worldFindings({ observations, loading, isWatched }: Finding): ForeignFinding[] {
  if (!isWatched) return [told('world', 'What a command reads beside its input is not watched.')];
  const seen = [...loading, ...observations.seen];
  return WORLD.flatMap(([kind, words]) => {
    const what = [...new Set(seen.filter(([of]) => of === kind).map(([, which]) => which))];
    if (what.length === 0) return [];
    const more = what.length > 5 ? `, and ${what.length - 5} more` : '';
    return [told('world', `The code ${words}: ${what.slice(0, 5).join('; ')}${more}.`)];
  });
}

function changeFindings({ unstable, ...observations }: Observations): ForeignFinding[] {
  const steady = (names: readonly string[]): string[] => names.filter((name) => !unstable.has(name));
  const [dated, ordered] = [steady(observations.dated), steady(observations.ordered)];
  return [
    ...(dated.length === 0
      ? []
      : [told('dates', `28 years later, on the same days of the week, ${listed(dated)} differ.`)]),
    ...(ordered.length === 0
      ? []
      : [
          told(
            'order',
            `With the same rows in another order ${count(ordered.length)} columns differ: the code takes rows as they come.`,
          ),
        ]),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');

function holeFindings({ columns }: Finding): ForeignFinding[] {
  const poisoned = columns.filter(({ missing }) => missing?.isPoisoned === true).map(({ name }) => name);
  const bridged = columns
    .filter(({ verdict, gap }) => verdict === 'clean' && gap?.rows === null)
    .map(({ name }) => name);
  return [
    ...(poisoned.length === 0
      ? []
      : [
          told(
            'missing',
            `After one bar without values ${listed(poisoned)} ${poisoned.length === 1 ? 'has' : 'have'} none to the end of the table.`,
          ),
        ]),
    ...(bridged.length === 0
      ? []
      : [
          told(
            'gap',
            `After a gap of a few bars ${listed(bridged)} ${bridged.length === 1 ? 'is' : 'are'} never the same again.`,
          ),
        ]),
  ];
}

function windowFindings({ columns }: Finding): ForeignFinding[] {
  const tried = columns.filter(({ fails, window }) => !fails && window !== null);
  if (tried.length === 0) return [];
  const bars = tried[0].window?.bars ?? 0;
  const differ = tried.filter(({ window }) => (window?.differ ?? 0) > 0);
  const far = tried.filter(({ window }) => (window?.far ?? 0) > 0);
  if (differ.length === 0) return [];
  return [
    told(
      'window',
      `A live system that hands the code its last ${count(bars)} bars sees other values in ${differ.length} of ${tried.length} columns, in ${far.length} by more than 1 % of their range.`,
    ),
  ];
}

function limits({ observations, cuts }: Finding): ForeignFinding[] {
  const { undone, passed } = observations;
  const share = percent(Number(shareFound(Math.max(1, cuts)).toFixed(2)));
  const found = [
    told(
      'power',
      `${cuts} random cuts find, nineteen times in twenty, a leak that shows at ${share} of cuts or more. Rarer ones may be left, and so may restated inputs and whatever the experiments do not touch.`,
    ),
  ];
  if (passed.length > 0) found.push(told('input', `${listed(passed)} are the input's own.`));
  if (undone.length > 0)
    found.push(
      told('undone', `${undone.length} experiments were left undone for want of runs or time, the first ${undone[0]}.`),
    );
  return found;
}
