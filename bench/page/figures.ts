/** docs/benchmarks-figures.md: what the benchmarks last measured, suite by suite, beside what was asked. */
import type { Figure } from '../harness.ts';

/** What a suite measured, where and when. */
export interface Measured {
  readonly title: string;
  /** Day, UTC. */
  readonly date: string;
  readonly node: string;
  readonly engine: string;
  readonly cpu: string;
  /** Cores, and programs that waited for them on average when the suite began. */
  readonly cores: number;
  readonly load: number;
  readonly figures: readonly Figure[];
}

export type Page = Readonly<Record<string, Measured>>;

const HEAD = `# Benchmark figures

Written by \`npm run bench -- --page [NAME...]\`, which runs the suites named and puts their figures in place of those that stand here; do not edit. What they mean, and what was measured once by hand, is in [benchmarks.md](benchmarks.md).

Each figure is the median of its runs, with the least and the most of them where there were several; what misses what was asked is **bold**. Single times on a machine that others use say little: compare within a table, and look at the load.
`;

const show = (value: number): string =>
  Math.abs(value) >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : String(Number(value.toPrecision(3)));

function asked({ asked: wish }: Figure): string {
  if (wish?.least !== undefined) return `at least ${show(wish.least)}`;
  return wish?.under === undefined ? '' : `under ${show(wish.under)}`;
}

const isMissed = ({ asked: wish, median }: Figure): boolean =>
  median < (wish?.least ?? -Infinity) || median >= (wish?.under ?? Infinity);

function row(figure: Figure): string {
  const { name, unit, median, min, max, runs, note = '' } = figure;
  const value = `${show(median)} ${unit}`;
  const spread = runs > 1 ? `${show(min)} to ${show(max)}, ${runs} runs` : '';
  return `| ${[name, asked(figure), isMissed(figure) ? `**${value}**` : value, spread, note].join(' | ')} |`;
}

function section([name, { title, date, node, engine, cpu, cores, load, figures }]: [string, Measured]): string {
  const where = `\`npm run bench ${name}\`, ${date}, ${cores} x ${cpu}, Node ${node}, Minotaur ${engine}, load ${load.toFixed(1)}.`;
  const picture = name === 'scaling' ? '\n![cost against size](pictures/scaling.svg)\n' : '';
  const table = ['| what | asked | measured | spread | |', '|---|---|---|---|---|', ...figures.map(row)].join('\n');
  return `\n## ${title}\n\n${where}\n${picture}\n${table}\n`;
}

/** The page, suites in the order of their names. */
export function figuresPage(page: Page): string {
  const suites = Object.entries(page).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return HEAD + suites.map(section).join('');
}
