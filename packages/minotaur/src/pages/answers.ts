/** The questions that a user brings, and the checks that answer each. */
import type { Answer } from '#view';
import { fails, type CheckResult } from '../verify/harness/check.ts';

const QUESTIONS: readonly (readonly [question: string, checks: readonly string[]])[] = [
  [
    'Is live what history was?',
    ['parity', 'predictions', 'shadow', 'blocks', 'snapshot', 'fresh-process', 'workers', 'runtimes'],
  ],
  ['Is nothing from the future?', ['lookahead', 'availability', 'purity', 'isolation', 'branches']],
  ['Is every trade used as declared?', ['conservation', 'calendars', 'order', 'readiness', 'operators']],
  ['Is it known how long a cold start shows?', ['memory']],
];
const OTHERS = 'And the rest';

/** Every question with what the checks say to it; checks that no question names answer one of their own. */
export function answersOf(checks: readonly CheckResult[]): Answer[] {
  const asked = new Set(QUESTIONS.flatMap(([, names]) => names));
  const rest = checks.filter(({ name }) => !asked.has(name));
  const answers = QUESTIONS.map(([question, names]) =>
    answerOf(
      question,
      checks.filter(({ name }) => names.includes(name)),
    ),
  );
  return rest.length > 0 ? [...answers, answerOf(OTHERS, rest)] : answers;
}

function answerOf(question: string, checks: readonly CheckResult[]): Answer {
  const [answer, telling] = telltale(checks);
  return { question, answer, checks: telling.map(({ name }) => name) };
}

/** A no is a no whatever else was not answered; a yes takes all of them. */
function telltale(checks: readonly CheckResult[]): [Answer['answer'], readonly CheckResult[]] {
  const failed = checks.filter(fails);
  if (failed.length > 0) return ['no', failed];
  const open = checks.filter(({ answered }) => !answered);
  if (open.length > 0) return ['not answered', open];
  return [checks.length === 0 ? 'not asked' : 'yes', checks];
}
