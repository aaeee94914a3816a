/** The section that shows where a feature comes from. */
import { embedJson } from './html.ts';
import { lineageOf, type LineageData } from './lineage.ts';
import { key, picker } from './verdict-parts.ts';

const STYLE = `<style>
.lineage { position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 12px; }
.lineage svg { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; } .lineage path { fill: none; stroke: var(--soft); stroke-opacity: 0.55; stroke-width: 1.5; }
.layer { display: flex; flex-wrap: wrap; gap: 10px; justify-content: center; margin-bottom: 26px; } .layer:last-child { margin-bottom: 0; }
.chip { position: relative; background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 6px; padding: 4px 10px; max-width: min(100%, 300px); font-size: 14px; } .chip b { display: block; overflow-wrap: anywhere; } .chip span { color: var(--soft); font-size: 12px; line-height: 1.3; display: block; }
.chip.source { border-left-color: #8a5cd0; } .chip.clock { border-left-color: #c98a12; } .chip.column { border-left-color: #3b78d8; } .chip.operator { border-left-color: #2a9d6f; } .chip.breaks { border-color: var(--bad); background: var(--tint); } .chip.feature { border-left-color: var(--ink); max-width: min(100%, 560px); }
</style>`;

/** Draws the layers as chips, then the edges between where the chips came to lie. */
const DRAW = `
function drawLineage(name) {
  const box = document.querySelector('.lineage');
  const { layers, edges } = lineageOf(LINEAGE, name);
  box.innerHTML = '<svg aria-hidden="true"></svg>' + layers.map((layer) => '<div class="layer">' + layer.map((chip) =>
    '<div class="chip ' + chip.kind + (name === FIRST.feature && chip.kind === 'operator' && chip.title.split('(')[0] === FIRST.operator ? ' breaks' : '') + '" data-id="' + escapeHtml(chip.id) + '"><b>' + escapeHtml(chip.title) + '</b><span>' + escapeHtml(chip.detail) + '</span></div>').join('') + '</div>').join('');
  const chips = new Map([...box.querySelectorAll('.chip')].map((chip) => [chip.dataset.id, chip]));
  const connect = () => {
    const origin = box.getBoundingClientRect();
    box.querySelector('svg').innerHTML = edges.map(([from, to]) => {
      const [a, b] = [from, to].map((id) => chips.get(id).getBoundingClientRect());
      const [x, y, u, v] = [a.x + a.width / 2 - origin.x, a.bottom - origin.y, b.x + b.width / 2 - origin.x, b.top - origin.y];
      const bend = Math.max(10, (v - y) / 2);
      return '<path d="M' + [x, y] + ' C' + [x, y + bend] + ' ' + [u, v - bend] + ' ' + [u, v] + '"/>';
    }).join('');
  };
  connect();
  drawLineage.watch?.disconnect();
  drawLineage.watch = new ResizeObserver(connect);
  drawLineage.watch.observe(box);
}
const pickLineage = createPicker('pick-lineage', LINEAGE.clocks.map(({ name, features }) => ({ label: 'clock ' + name, names: features.map(([feature]) => feature) })), drawLineage);
for (const button of document.querySelectorAll('[data-lineage]')) button.addEventListener('click', () => {
  pickLineage(button.dataset.lineage);
  document.getElementById('lineage').scrollIntoView({ behavior: 'smooth' });
});
if (FIRST.feature) pickLineage(FIRST.feature);
`;

export function lineageSection(breaks: boolean): string {
  const kinds = key([
    ['source', 'background:#8a5cd0'],
    ['clock', 'background:#c98a12'],
    ['bar column', 'background:#3b78d8'],
    ['operator', 'background:#2a9d6f'],
    ['feature', 'background:var(--ink)'],
    ...(breaks
      ? [['where the first difference is', 'background:var(--tint);border:1px solid var(--bad)'] as const]
      : []),
  ]);
  return `${STYLE}${picker('pick-lineage', 'Feature')}<div class="lineage" aria-live="polite"></div>${kinds}`;
}

/** What is shown when the page opens: a feature, and the operator in it that is marked. */
export interface LineageStart {
  readonly feature?: string | undefined;
  readonly operator?: string | undefined;
}

export function lineageScript(data: LineageData, first: LineageStart): string {
  const constants = [`const LINEAGE = ${embedJson(data)};`, `const FIRST = ${embedJson(first)};`];
  return [...constants, String(lineageOf), DRAW].join('\n');
}
