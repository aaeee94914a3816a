/** Plain line and bar charts as SVG inside a page: no script, colours from the page's light and dark themes. */
import { escapeHtml } from './html.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PlotAxes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Largest y; both axes start at 0 and x ends at 1. */
  readonly top: number;
}

const WIDTH = 420;
const HEIGHT = 320;
const LEFT = 52;
const BOTTOM = 44;
const TOP = 12;
const RIGHT = 12;
const COLOURS = ['#3b78d8', '#c98a12', '#8a5cd0', '#2a9d6f', '#c8553d'];

const colour = (i: number): string => COLOURS[i % COLOURS.length];
const px = (x: number): number => LEFT + x * (WIDTH - LEFT - RIGHT);
const py = (y: number, top: number): number => HEIGHT - BOTTOM - (y / top) * (HEIGHT - BOTTOM - TOP);
const at = (x: number, y: number, top: number): string => `${px(x).toFixed(1)},${py(y, top).toFixed(1)}`;

function frame({ x, y, top }: PlotAxes): string {
  const lines: string[] = [];
  for (let i = 0; i <= 4; i++) {
    const v = (i / 4) * top;
    const [h, w] = [py(v, top), px(i / 4)];
    lines.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${h}" y2="${h}" stroke="var(--line)"/>`,
      `<text x="${LEFT - 6}" y="${h + 4}" text-anchor="end">${Number(v.toPrecision(2))}</text>`,
      `<text x="${w}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${i / 4}</text>`,
    );
  }
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  lines.push(
    `<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(x)}</text>`,
    `<text transform="translate(13 ${middle}) rotate(-90)" text-anchor="middle">${escapeHtml(y)}</text>`,
  );
  return lines.join('');
}

function figure(axes: PlotAxes, names: readonly string[], marks: string): string {
  const keys = names
    .map((name, i) => `<span style="color:${colour(i)}">&#9632;</span> ${escapeHtml(name)}`)
    .join(' &nbsp; ');
  return `<figure style="margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px">
<figcaption><b>${escapeHtml(axes.title)}</b><br><span class="soft">${keys}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(axes.title)}" style="width:100%;font:11px system-ui,sans-serif;fill:var(--soft)">
${frame(axes)}${marks}</svg></figure>`;
}

/** Lines; `diagonal` draws the line of a model that knows nothing, or of perfect calibration. */
export function linePlot(axes: PlotAxes, series: readonly Series[], diagonal = false, dots = false): string {
  const { top } = axes;
  const guide = `<polyline points="${at(0, 0, top)} ${at(1, 1, top)}" fill="none" stroke="var(--soft)" stroke-dasharray="4 4"/>`;
  const marks = series.map(({ points }, i) => {
    const path = points.map(([x, y]) => at(x, y, top)).join(' ');
    const circles = dots
      ? points.map(
          ([x, y]) => `<circle cx="${px(x).toFixed(1)}" cy="${py(y, top).toFixed(1)}" r="3" fill="${colour(i)}"/>`,
        )
      : [];
    return `<polyline points="${path}" fill="none" stroke="${colour(i)}" stroke-width="2"/>${circles.join('')}`;
  });
  const names = series.map(({ name }) => name);
  return figure(axes, names, `${diagonal ? guide : ''}${marks.join('')}`);
}

/** Bars of equal width over [0, 1], one series in front of the other. */
export function histogramPlot(axes: PlotAxes, series: readonly { name: string; heights: readonly number[] }[]): string {
  const marks = series.flatMap(({ heights }, i) =>
    heights.map((height, b) => {
      const x = px(b / heights.length);
      const y = py(height, axes.top);
      const width = px((b + 1) / heights.length) - x - 1;
      const size = `width="${width.toFixed(1)}" height="${(py(0, axes.top) - y).toFixed(1)}"`;
      return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${size} fill="${colour(i)}" fill-opacity="0.55"/>`;
    }),
  );
  const names = series.map(({ name }) => name);
  return figure(axes, names, marks.join(''));
}
