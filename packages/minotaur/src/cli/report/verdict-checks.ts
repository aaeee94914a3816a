/** What the checks say: one row each. */
import type { CheckResult } from '../../verify/harness/check.ts';
import type { Verdict } from '../../verify/verify.ts';
import { loadingLines } from '../../verify/watch/loading-lines.ts';
import { escapeHtml } from './html.ts';

const STYLE = `<style>
.checks td:nth-child(-n+2) { white-space: nowrap; } .checks td:nth-child(2) { font-weight: 600; } .holds { color: var(--good); } .fails { color: var(--bad); font-weight: 600; }
.amounts span { white-space: nowrap; margin-right: 10px; display: inline-block; } .amounts span.long { white-space: normal; overflow-wrap: anywhere; } .amounts { color: var(--soft); font-variant-numeric: tabular-nums; }
@media (max-width: 720px) { .checks thead { display: none; } .checks tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); } .checks td { display: block; border: 0; padding: 1px 12px; } .checks td:nth-child(-n+2) { display: inline-block; padding-right: 0; } }
</style>`;

/** Amounts that are text are lists of names, and may be long. */
function amounts(compared: CheckResult['compared']): string {
  return Object.entries(compared)
    .map(([what, n]) =>
      typeof n === 'number'
        ? `<span>${n.toLocaleString('en')} ${escapeHtml(words(what))}</span>`
        : `<span class="long">${escapeHtml(words(what))}: ${escapeHtml(n)}</span>`,
    )
    .join(' ');
}

/** `neverFilled` as a person writes it. */
const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Every check: whether it holds, what it says, how much it compared. */
export function checkTable({ checks }: Verdict): string {
  const rows = checks.map((outcome) => {
    const { name, law, holds, compared } = outcome;
    const says = [law, ...loadingLines(outcome)].map(escapeHtml).join('<br>');
    const status = holds ? '<td class="holds">&#10003; holds</td>' : '<td class="fails">&#10007; FAILS</td>';
    const check = holds ? escapeHtml(name) : `<a href="#failure-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
    return `<tr>${status}<td>${check}</td><td>${says}</td><td class="amounts">${amounts(compared)}</td></tr>`;
  });
  const head = ['', 'check', 'what it says', 'compared'].map((cell) => `<th>${cell}</th>`).join('');
  return `${STYLE}<div class="scroll"><table class="checks"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
