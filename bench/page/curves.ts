/** A picture of cost against size: a panel for each thing that there can be more of. Readable on light and dark paper. */
import type { Figure } from '../harness.ts';

const PANEL = { width: 320, height: 170, left: 46, right: 14, top: 30, bottom: 34 };
const GREY = '#808890';
const COLOURS = ['#3b82f6', '#e07b00', '#1f9d55', '#b45cd6'];

interface Point {
  readonly size: number;
  readonly least: number;
  readonly median: number;
}

/** What a figure is called tells its panel and its size: `trades: 250000`. */
export function curves(figures: readonly Figure[]): string {
  const panels = new Map<string, { unit: string; points: Point[] }>();
  for (const { name, unit, min, median } of figures) {
    const [what, size] = name.split(': ');
    const { points } = panels.get(what) ?? panels.set(what, { unit, points: [] }).get(what)!;
    points.push({ size: Number(size), least: min, median });
  }
  const all = [...panels].map(([what, one], k) => {
    const [x, y] = [(k % 2) * PANEL.width, Math.floor(k / 2) * PANEL.height];
    return `<g transform="translate(${x} ${y})">\n${panel(what, one.unit, one.points, COLOURS[k % COLOURS.length])}\n</g>`;
  });
  const height = Math.ceil(panels.size / 2) * PANEL.height;
  const style = `text{font:11px sans-serif;fill:${GREY}}path,line{fill:none}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * PANEL.width} ${height}" role="img">\n` +
    `<title>Cost against size</title>\n<style>${style}</style>\n${all.join('\n')}\n</svg>\n`
  );
}

/** Sizes on a scale of powers, costs from 0: what does not grow is level. */
function panel(what: string, unit: string, points: readonly Point[], colour: string): string {
  const [first, last] = [points[0].size, points[points.length - 1].size];
  const most = Math.max(...points.map(({ median }) => median)) * 1.15;
  const [right, bottom] = [PANEL.width - PANEL.right, PANEL.height - PANEL.bottom];
  const x = (size: number): string =>
    (PANEL.left + (Math.log2(size / first) / Math.log2(last / first)) * (right - PANEL.left)).toFixed(1);
  const y = (cost: number): string => (bottom - (cost / most) * (bottom - PANEL.top)).toFixed(1);
  const path = (of: 'least' | 'median'): string =>
    points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.size)} ${y(point[of])}`).join('');
  const labels = points.map(
    ({ size, median }) =>
      `<circle cx="${x(size)}" cy="${y(median)}" r="2.5" fill="${colour}"/>` +
      `<text x="${x(size)}" y="${bottom + 15}" text-anchor="middle">${short(size)}</text>`,
  );
  return [
    `<text x="${PANEL.left}" y="16"><tspan fill="${colour}">${what}</tspan>, ${unit}; dashed: the least</text>`,
    `<line x1="${PANEL.left}" y1="${bottom}" x2="${right}" y2="${bottom}" stroke="${GREY}" stroke-opacity=".5"/>`,
    `<text x="${PANEL.left - 6}" y="${bottom + 4}" text-anchor="end">0</text>`,
    `<text x="${PANEL.left - 6}" y="${Number(y(most / 1.15)) + 4}" text-anchor="end">${short(most / 1.15)}</text>`,
    `<path d="${path('least')}" stroke="${colour}" stroke-opacity=".6" stroke-dasharray="4 3"/>`,
    `<path d="${path('median')}" stroke="${colour}" stroke-width="1.6"/>`,
    ...labels,
  ].join('\n');
}

/** `250k`, `4M`, `33.4`. */
function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(2))}M`;
  if (value >= 1e4) return `${Math.round(value / 1000)}k`;
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
