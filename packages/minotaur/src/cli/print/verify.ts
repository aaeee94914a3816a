/** What the checks say in words. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { ShadowReport, ReproFile, SelfTestReport, VerifyReport } from '../../runs.ts';
import {
  certificateLines,
  describeAmounts,
  describeShadow,
  fails,
  loadingLines,
  type CheckResult,
  type FaultOutcome,
} from '../../runs/verification/words.ts';

const INDENT = '       ';

/** Whether it holds, and the law. */
function verdictLine({ name, law, ...outcome }: Pick<CheckResult, 'name' | 'law' | 'holds' | 'answered'>): string {
  return `${wordOf(outcome)}  ${name.padEnd(14)} ${law}`;
}

function wordOf({ holds, answered }: Pick<CheckResult, 'holds' | 'answered'>): string {
  if (!answered) return 'not answered';
  return holds ? 'holds' : 'FAILS';
}

/** All checks together, and what would mend it where they had too little to compare. */
export function verdictSentence({ holds, checks }: Pick<VerifyReport, 'holds' | 'checks'>): string {
  if (holds) return 'Everything that was checked holds.';
  const open = checks.filter(({ answered }) => !answered).map(({ name }) => name);
  const unanswered = `Not answered, because nothing was compared: ${open.join(', ')}. More input, or lower thresholds and shorter windows, would give them something.`;
  if (checks.some(fails)) return `Something does not hold.${open.length > 0 ? ` ${unanswered}` : ''}`;
  return unanswered;
}

/** A check in a few lines: whether it holds, how much was compared, what it measured, and the first divergence. */
export function checkLines(outcome: CheckResult): string {
  const { compared, certificate, first } = outcome;
  const measured = certificate === undefined ? [] : certificateLines(certificate);
  const lines = [
    `compared ${describeAmounts(compared)}`,
    ...measured,
    ...loadingLines(outcome),
    ...divergenceLines(first),
  ];
  return [verdictLine(outcome), ...lines.map((line) => INDENT + line)].join('\n');
}

function divergenceLines(first: CheckResult['first']): string[] {
  if (first === null) return [];
  if ('message' in first) return [first.message];
  const where =
    first.clock === '' ? `row ${first.row}` : `clock ${first.clock}, bar ${first.row}, trade ${first.trade}`;
  return [
    `first divergence: stage ${first.stage}, ${where}, ${formatTime(first.time)}`,
    `${first.feature}: expected ${first.expected} (${first.expectedBits}), found ${first.found} (${first.foundBits})`,
    ...(first.note === undefined ? [] : [first.note]),
  ];
}

export function reproLines({ check, file, events, command }: ReproFile): string {
  return `${check}: fails on ${events} events, ${file}\n${INDENT}${command}`;
}

export function shadowLines({ config, checks: [outcome] }: ShadowReport): string {
  const { compared, first, code, torn, ended } = outcome;
  const { predictionsNotCompared, cutSessions, sessions } = code.counts;
  const of = config === 'recorded' ? ['of the configuration that the journal holds'] : [];
  const lines = [...of, `compared ${describeAmounts(compared)}`, ...describeShadow(outcome)];
  if (first !== null && 'feature' in first) {
    const { trade, feature, expected, expectedBits, found, foundBits } = first;
    lines.push(`  ${feature}, trade ${trade}: expected ${expected} (${expectedBits}), found ${found} (${foundBits})`);
  }
  if (predictionsNotCompared > 0)
    lines.push(`${predictionsNotCompared} predictions were not compared (--artefact, --model)`);
  if (cutSessions > 0) lines.push(`${cutSessions} of ${sessions} sessions end without a stop`);
  for (const { segment, byte, bytes } of torn)
    lines.push(`torn tail: ${segment} ends with ${bytes} bytes from byte ${byte} on that are no whole record`);
  for (const { instrument, time, received } of ended) {
    const at = formatTime(time);
    lines.push(
      `the files of ${instrument} end at ${at}, and ${received.toLocaleString('en')} trades were received behind that: compare up to there (--to ${at}), or give files that go on`,
    );
  }
  return [verdictLine(outcome), ...lines.map((line) => INDENT + line)].join('\n');
}

export function faultLine({ name, caughtBy, rows, by }: FaultOutcome): string {
  if (caughtBy === null) return `NOT CAUGHT  ${name.padEnd(26)} in ${rows} rows`;
  const others = by.length > 1 ? `, also ${by.slice(1).join(', ')}` : '';
  return `caught  ${name.padEnd(26)} by ${caughtBy} in ${rows} rows${others}`;
}

export function selfTestSummary({ faults, cleanRuns, falseAlarms }: SelfTestReport, alarms: readonly string[]): string {
  const caught = faults.filter(({ caughtBy }) => caughtBy !== null).length;
  return [
    ...alarms.map((alarm) => `FALSE ALARM  ${alarm}`),
    `\n${caught} of ${faults.length} planted faults caught.`,
    `${falseAlarms} false alarms in ${cleanRuns} sound chains.`,
  ].join('\n');
}
