/** A ribbon per check over event time: how far it went, and where it broke. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { CheckResult } from '../../verify/harness/check.ts';
import { ELSEWHERE } from '../../runs/verification/repro.ts';
import { escapeHtml } from './html.ts';
import { key } from './verdict-parts.ts';

const HATCHED = 'background:repeating-linear-gradient(120deg, var(--bad) 0 5px, var(--line) 5px 9px)';

const STYLE = `<style>
.timeline { display: grid; grid-template-columns: max-content 1fr; gap: 6px 12px; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
.ribbon { height: 14px; border-radius: 4px; position: relative; overflow: hidden; background: var(--line); } .ribbon i { position: absolute; top: 0; bottom: 0; background: var(--good); } .ribbon i.off { background: var(--bad); min-width: 3px; } .ribbon i.where { ${HATCHED} }
.ends { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 0 16px; color: var(--soft); font-size: 13px; }
</style>`;

interface Ribbon {
  readonly name: string;
  readonly title: string;
  readonly from: number;
  /** Where it broke; `to` where it held, `from` where nothing says. */
  readonly broke: number;
  readonly to: number;
  readonly kind: 'held' | 'broke' | 'somewhere';
}

function ribbonOf({ name, holds, first, course }: CheckResult): Ribbon | undefined {
  if (course === undefined || !(course.to >= course.from)) return undefined;
  const { from, to, last, stretches, events } = course;
  const amount = `${stretches.toLocaleString('en')} stretches, ${events.toLocaleString('en')} events`;
  if (holds) return { name, title: `${amount}, all alike`, from, broke: to, to, kind: 'held' };
  // Another process says what came out of all its events, not where it differs.
  if (ELSEWHERE.has(name)) return { name, title: `${amount}, other results`, from, broke: from, to, kind: 'somewhere' };
  // A failure without a place of its own lies in the last stretch that the check took.
  const place = first !== null && 'time' in first ? first.time : last;
  const broke = Math.min(to, Math.max(from, place));
  return { name, title: `${amount}, differs from ${secondOf(broke)} on`, from, broke, to, kind: 'broke' };
}

/** `2024-08-08 23:54:15Z` */
export const secondOf = (time: number): string => `${formatTime(time).slice(0, 19).replace('T', ' ')}Z`;

/** Empty where no check went through events. */
export function timeline(checks: readonly CheckResult[]): string {
  const ribbons = checks.map(ribbonOf).filter((ribbon) => ribbon !== undefined);
  if (ribbons.length === 0) return '';
  const from = Math.min(...ribbons.map((ribbon) => ribbon.from));
  const to = Math.max(...ribbons.map((ribbon) => ribbon.to));
  const percent = (time: number): string => `${((100 * (time - from)) / (to - from || 1)).toFixed(2)}%`;
  const piece = (a: number, b: number, kind: string): string =>
    `<i class="${kind}" style="left:${percent(a)};width:calc(${percent(b)} - ${percent(a)})"></i>`;
  const rows = ribbons.map((ribbon) => {
    const good = piece(ribbon.from, ribbon.broke, 'on');
    const bad =
      ribbon.kind === 'held' ? '' : piece(ribbon.broke, ribbon.to, ribbon.kind === 'broke' ? 'off' : 'off where');
    return `<span>${escapeHtml(ribbon.name)}</span><div class="ribbon" role="img" title="${escapeHtml(ribbon.title)}" aria-label="${escapeHtml(`${ribbon.name}: ${ribbon.title}`)}">${good}${bad}</div>`;
  });
  const colours = key([
    ['the same', 'background:var(--good)'],
    ['from the first difference on', 'background:var(--bad)'],
    ['somewhere in here', HATCHED],
    ['not looked at: after a failure, or beyond what the check takes', 'background:var(--line)'],
  ]);
  return `${STYLE}<div class="timeline">${rows.join('\n')}<span></span><div class="ends"><span>${secondOf(from)}</span><span>${secondOf(to)}</span></div></div>${colours}`;
}
