/**
 * The page of `verify --report`: the verdict first, what was covered, where it breaks, then where features come from,
 * how much history they need, and how far their values have drifted. One file, nothing is fetched.
 */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { CheckResult } from '../../verify/harness/check.ts';
import type { Divergence } from '../../verify/harness/trace.ts';
import type { Verdict } from '../../verify/verify.ts';
import type { DriftReport } from '../drift.ts';
import type { ReproFile } from '../repro.ts';
import { escapeHtml, page } from './html.ts';
import { lineageData, lineageOf, type LineageData } from './lineage.ts';
import { plotSource } from './plot.ts';
import { checkTable } from './verdict-checks.ts';
import { driftScript, driftSection, summarise } from './verdict-drift.ts';
import { failures, placeOf } from './verdict-failures.ts';
import { lineageScript, lineageSection, type LineageStart } from './verdict-lineage.ts';
import { PICKER_SCRIPT, PARTS_STYLE } from './verdict-parts.ts';
import { secondOf, timeline } from './verdict-timeline.ts';
import { warmupScript, warmupSection } from './verdict-warmup.ts';

export interface VerdictFacts {
  /** Absent where only drift was asked for. */
  readonly verdict?: Verdict | undefined;
  /** Files or directories that were read, and the configuration. */
  readonly lead: string;
  readonly events: 'trades' | 'bars';
  /** Absent where it cannot be had: rows of another version, or of operators that are not at hand. */
  readonly plan?: Plan | undefined;
  readonly reproducers: readonly ReproFile[];
  readonly drift?: DriftReport | undefined;
}

/** The questions that a user brings, and the checks that answer each. */
const QUESTIONS: readonly (readonly [question: string, checks: readonly string[]])[] = [
  [
    'Is live what history was?',
    ['parity', 'predictions', 'shadow', 'blocks', 'snapshot', 'fresh-process', 'workers', 'runtimes'],
  ],
  ['Is nothing from the future?', ['lookahead', 'availability', 'purity', 'isolation', 'branches']],
  ['Is every trade used as declared?', ['conservation', 'order', 'readiness', 'operators']],
  ['Is it known how long a cold start shows?', ['memory']],
];
/** With these, what the page promises is answered. */
const ANSWERING = ['parity', 'lookahead', 'availability'];
const PROMISE = ' As far as they went, the model sees live what it was trained on, and nothing of the future.';
const OTHERS = 'And the rest';

const STYLE = `<style>
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 14px 0 0; } nav a, .checks a { color: inherit; }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr)); gap: 12px; margin-bottom: 12px; } .answer { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; } .answer b { display: block; } .answer .yes { color: var(--good); } .answer .no { color: var(--bad); } .answer small { color: var(--soft); font-size: 13px; }
section { scroll-margin-top: 12px; }
</style>`;

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export function verdictPage(facts: VerdictFacts): string {
  const { verdict, plan, reproducers, drift } = facts;
  const certificate = verdict?.checks.find((check) => check.certificate !== undefined)?.certificate;
  const lineage = plan === undefined ? undefined : lineageData(plan);
  const start = lineage === undefined ? {} : startOf(divergenceOf(verdict), lineage);
  const course = verdict === undefined ? '' : timeline(verdict.checks);
  const failed =
    verdict === undefined ? '' : failures(verdict, reproducers, (first) => lineage && featureOf(first, lineage));
  const parts: Section[] = [
    { id: 'failures', title: 'Where it breaks', body: failed },
    { id: 'timeline', title: 'Over time', body: course },
    { id: 'checks', title: 'Checks', body: verdict === undefined ? '' : checkTable(verdict) },
    {
      id: 'lineage',
      title: 'Where a feature comes from',
      body: lineage === undefined ? '' : lineageSection(start.operator !== undefined),
    },
    {
      id: 'warmup',
      title: 'History that live needs',
      body: certificate === undefined ? '' : warmupSection(certificate),
    },
  ];
  const drifted = { id: 'drift', title: 'Drift', body: drift === undefined ? '' : driftSection(drift) };
  // Where nothing else was asked, drift is the answer and comes first.
  const sections = (verdict === undefined ? [drifted, ...parts] : [...parts, drifted]).filter(
    ({ body }) => body !== '',
  );
  const nav = sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
  const head =
    verdict === undefined ? driftBanner(drift) : banner(verdict) + answers(verdict) + coverage(verdict, facts);
  return page({
    title: verdict === undefined ? 'Minotaur: drift' : 'Minotaur: verification',
    lead: facts.lead,
    body: `${STYLE}${PARTS_STYLE}${head}<nav>${nav}</nav>\n${sections.map(({ id, title, body }) => `<section id="${id}"><h2>${title}</h2>${body}</section>`).join('\n')}`,
    scripts: [
      // One scope: names of one part are no business of the reader's console.
      [
        '{',
        PICKER_SCRIPT,
        plotSource(),
        lineage === undefined ? '' : lineageScript(lineage, start),
        certificate === undefined ? '' : warmupScript(certificate),
        drift === undefined ? '' : driftScript(drift),
        '}',
      ].join('\n'),
    ],
  });
}

/** The divergence of the first check that failed with one. */
function divergenceOf(verdict: Verdict | undefined): Divergence | undefined {
  for (const { first } of verdict?.checks ?? []) if (first !== null && 'stage' in first) return first;
  return undefined;
}

/** The feature of a row that a divergence is in; undefined where it is in something that no row holds. */
function featureOf({ clock, feature }: Divergence, { clocks }: LineageData): string | undefined {
  if (clock === '') return clocks.flatMap(({ features }) => features).find(([name]) => name === feature)?.[0];
  const own = clocks.find(({ name }) => name === clock);
  // It may be a part of a feature: its text is then part of that of the feature.
  return own?.features.find(([, , note]) => note.split(';')[0].includes(feature))?.[0];
}

/** The feature that breaks and the operator in it that does; of a sound chain, any feature. */
function startOf(first: Divergence | undefined, lineage: LineageData): LineageStart {
  const feature = first && featureOf(first, lineage);
  if (feature === undefined) return { feature: exampleOf(lineage) };
  return { feature, operator: first?.stage === 'features' ? first.feature.split('(')[0] : undefined };
}

/** The feature of the first clock that most has a part in. */
function exampleOf(data: LineageData): string | undefined {
  const sized = data.clocks[0].features.map(([name]) => ({ name, size: lineageOf(data, name).layers.flat().length }));
  return sized.toSorted((a, b) => b.size - a.size)[0]?.name;
}

function banner({ holds, checks }: Verdict): string {
  const failed = checks.filter((check) => !check.holds);
  const first = divergenceOf({ holds, checks });
  const names = failed.map(({ name }) => name).join(', ');
  const text = holds
    ? `${checks.length === 1 ? 'The one check that ran holds.' : `All ${checks.length} checks hold.`}${ANSWERING.every((name) => checks.some((check) => check.name === name)) ? PROMISE : ''}`
    : `${failed.length} of ${checks.length} checks fail: ${names}.${first === undefined ? '' : ` First difference: ${placeOf(first)}.`}`;
  return `<div class="verdict${holds ? '' : ' bad'}"><b>${holds ? 'Everything holds' : 'Something does not hold'}</b><span>${escapeHtml(text)}</span></div>`;
}

function driftBanner(drift: DriftReport | undefined): string {
  if (drift === undefined) return '';
  const { little, some, much } = summarise(drift);
  const text = `${much} of ${drift.features.length} features have drifted much, ${some} somewhat, ${little} little.`;
  return `<div class="verdict neutral"><b>Drift</b><span>${escapeHtml(text)}</span></div>`;
}

function answers({ checks }: Verdict): string {
  const asked = new Set(QUESTIONS.flatMap(([, names]) => names));
  const rest = checks.filter(({ name }) => !asked.has(name));
  const groups = QUESTIONS.map(
    ([question, names]) => [question, checks.filter(({ name }) => names.includes(name))] as const,
  );
  const cards = [...groups, ...(rest.length > 0 ? [[OTHERS, rest] as const] : [])].map(([question, of]) =>
    answer(question, of),
  );
  return `<div class="answers">${cards.join('')}</div>`;
}

function answer(question: string, checks: readonly CheckResult[]): string {
  const failed = checks.filter(({ holds }) => !holds).map(({ name }) => name);
  const names = (failed.length > 0 ? failed : checks.map(({ name }) => name)).join(', ');
  const [word, kind] =
    checks.length === 0 ? ['not asked', 'soft'] : failed.length > 0 ? ['&#10007; no', 'no'] : ['&#10003; yes', 'yes'];
  return `<div class="answer"><b>${escapeHtml(question)}</b><span class="${kind}">${word}</span> <small>${escapeHtml(names)}</small></div>`;
}

function coverage({ checks }: Verdict, { plan, events }: VerdictFacts): string {
  // What was learned from may be more rows than those that the events give.
  const over = checks.some(({ course }) => course !== undefined)
    ? checks.filter(({ course }) => course !== undefined)
    : checks;
  const most = (key: string): number =>
    Math.max(0, ...over.map(({ compared }) => (typeof compared[key] === 'number' ? compared[key] : 0)));
  const values = checks.reduce(
    (sum, { compared }) => sum + (typeof compared['values'] === 'number' ? compared['values'] : 0),
    0,
  );
  const courses = checks.flatMap(({ course }) => (course === undefined || !(course.to >= course.from) ? [] : [course]));
  const figures: [string, string][] = [
    [most('events').toLocaleString('en'), events],
    [most('rows').toLocaleString('en'), 'rows'],
    ...(plan === undefined
      ? []
      : [[plan.columns.length.toLocaleString('en'), 'features a row'] satisfies [string, string]]),
    [compact(values), 'values compared to the bit'],
  ];
  const span =
    courses.length === 0
      ? ''
      : `<p class="soft">${secondOf(Math.min(...courses.map(({ from }) => from)))} to ${secondOf(Math.max(...courses.map(({ to }) => to)))}</p>`;
  const tile = ([n, label]: [string, string]): string => `<div class="tile"><b>${n}</b>${escapeHtml(label)}</div>`;
  return `<div class="tiles">${figures.map(tile).join('')}</div>${span}`;
}

const compact = (n: number): string => n.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
