/**
 * Plain line and bar charts as SVG: colours from the page's light and dark themes. A chart is drawn here, into a page, or by
 * the page itself when a reader picks what to see: {@link plotSource} is this file as a script.
 */
import { escapeHtml } from './html.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PlotAxes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Largest y. */
  readonly top: number;
  /** Where given, y is logarithmic and starts here, and what is less is drawn here; otherwise it starts at 0. */
  readonly floor?: number;
  /** Ends of x; 0 and 1 where not given. */
  readonly from?: number;
  readonly to?: number;
}

const BOX = { width: 420, height: 320, left: 58, bottom: 44, top: 12, right: 14 };
const COLOURS = ['#3b78d8', '#c98a12', '#8a5cd0', '#2a9d6f', '#c8553d'];

function colourOf(i: number): string {
  return COLOURS[i % COLOURS.length];
}

function placeOfX(x: number, { from = 0, to = 1 }: PlotAxes): number {
  return BOX.left + ((x - from) / (to - from || 1)) * (BOX.width - BOX.left - BOX.right);
}

function placeOfY(y: number, { top, floor }: PlotAxes): number {
  const share =
    floor === undefined ? y / top : Math.log10(Math.max(y, floor) / floor) / Math.max(1e-9, Math.log10(top / floor));
  return BOX.height - BOX.bottom - share * (BOX.height - BOX.bottom - BOX.top);
}

function pointAt(x: number, y: number, axes: PlotAxes): string {
  return `${placeOfX(x, axes).toFixed(1)},${placeOfY(y, axes).toFixed(1)}`;
}

/** As many digits as tell a tick from the next. */
function tickText(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step);
  if (size === 0) return '0';
  if (size >= 1e7 || size < 1e-3) return value.toExponential(1);
  return String(Number(value.toFixed(Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(step)))))));
}

function yTicks({ top, floor }: PlotAxes): { value: number; text: string }[] {
  return [0, 1, 2, 3, 4].map((i) => {
    if (floor === undefined) return { value: (i / 4) * top, text: tickText((i / 4) * top, top / 4) };
    const value = floor * Math.exp((i / 4) * Math.log(top / floor));
    return { value, text: value.toExponential(0).replace('e+0', '') };
  });
}

function frameOf(axes: PlotAxes): string {
  const { from = 0, to = 1 } = axes;
  const lines = yTicks(axes).map(({ value, text }) => {
    const h = placeOfY(value, axes).toFixed(1);
    const line = `<line x1="${BOX.left}" x2="${BOX.width - BOX.right}" y1="${h}" y2="${h}" stroke="var(--line)"/>`;
    return `${line}<text x="${BOX.left - 6}" y="${Number(h) + 4}" text-anchor="end">${text}</text>`;
  });
  for (let i = 0; i <= 4; i++) {
    const value = from + (i / 4) * (to - from);
    const anchor = i === 4 ? 'end' : 'middle';
    lines.push(
      `<text x="${placeOfX(value, axes).toFixed(1)}" y="${BOX.height - BOX.bottom + 16}" text-anchor="${anchor}">${tickText(value, (to - from) / 4)}</text>`,
    );
  }
  const middle = (BOX.top + BOX.height - BOX.bottom) / 2;
  lines.push(
    `<text x="${(BOX.left + BOX.width) / 2}" y="${BOX.height - 8}" text-anchor="middle">${escapeHtml(axes.x)}</text>`,
    `<text transform="translate(13 ${middle}) rotate(-90)" text-anchor="middle">${escapeHtml(axes.y)}</text>`,
  );
  return lines.join('');
}

function figureOf(axes: PlotAxes, names: readonly string[], marks: string): string {
  const keys = names
    .map((name, i) => `<span style="color:${colourOf(i)}">&#9632;</span> ${escapeHtml(name)}`)
    .join(' &nbsp; ');
  return `<figure style="margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px">
<figcaption><b>${escapeHtml(axes.title)}</b><br><span class="soft">${keys}</span></figcaption>
<svg viewBox="0 0 ${BOX.width} ${BOX.height}" role="img" aria-label="${escapeHtml(axes.title)}" style="width:100%;font:11px system-ui,sans-serif;fill:var(--soft)">
${frameOf(axes)}${marks}</svg></figure>`;
}

/** Lines; `diagonal` draws the line of a model that knows nothing, or of perfect calibration. */
export function linePlot(axes: PlotAxes, series: readonly Series[], diagonal = false, dots = false): string {
  const guide = `<polyline points="${pointAt(0, 0, axes)} ${pointAt(1, 1, axes)}" fill="none" stroke="var(--soft)" stroke-dasharray="4 4"/>`;
  const marks = series.map(({ points }, i) => {
    const path = points.map(([x, y]) => pointAt(x, y, axes)).join(' ');
    const circles = dots
      ? points.map(([x, y]) => {
          const [cx, cy] = pointAt(x, y, axes).split(',');
          return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colourOf(i)}"/>`;
        })
      : [];
    return `<polyline points="${path}" fill="none" stroke="${colourOf(i)}" stroke-width="2"/>${circles.join('')}`;
  });
  const names = series.map(({ name }) => name);
  return figureOf(axes, names, `${diagonal ? guide : ''}${marks.join('')}`);
}

/** Bars of equal width from end to end of x, one series in front of the other. */
export function histogramPlot(axes: PlotAxes, series: readonly { name: string; heights: readonly number[] }[]): string {
  const { from = 0, to = 1 } = axes;
  const marks = series.flatMap(({ heights }, i) =>
    heights.map((height, b) => {
      const x = placeOfX(from + (b / heights.length) * (to - from), axes);
      const y = placeOfY(height, axes);
      const width = (BOX.width - BOX.left - BOX.right) / heights.length - 1;
      const size = `width="${width.toFixed(1)}" height="${(placeOfY(0, axes) - y).toFixed(1)}"`;
      return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${size} fill="${colourOf(i)}" fill-opacity="0.55"/>`;
    }),
  );
  const names = series.map(({ name }) => name);
  return figureOf(axes, names, marks.join(''));
}

/** {@link linePlot} and {@link histogramPlot} as a script, with all they use: pages draw with the same code. */
export function plotSource(): string {
  const constants = Object.entries({ BOX, COLOURS }).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value)};`,
  );
  const parts = [escapeHtml, colourOf, placeOfX, placeOfY, pointAt, tickText, yTicks, frameOf, figureOf];
  return [...constants, ...[...parts, linePlot, histogramPlot].map(String)].join('\n');
}
