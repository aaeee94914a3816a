/** A small picture of an operator: the close above, its outputs below. Readable on light and dark paper. */

export interface Curve {
  readonly name: string;
  readonly values: Float64Array;
}

const WIDTH = 640;
const LABELS = 76;
const TOP = { y: 18, height: 82 };
const BOTTOM = { y: 128, height: 124 };
const HEIGHT = 262;
const BARS = 110;
/** A curve that its neighbours would flatten so many times gets a scale of its own, and so do they. */
const FLATTENED = 20;
const GREY = '#808890';
const COLOURS = ['#3b82f6', '#e07b00', '#1f9d55', '#b45cd6', '#c9384f'];

/**
 * The rows to draw: the newest, unless the outputs are rare marks; then those around most of them. A pattern that is not
 * there would say nothing.
 */
export function chooseRows(outputs: readonly Curve[], lookback: number): number {
  const rows = outputs[0].values.length;
  const newest = rows - BARS;
  const marks = new Uint32Array(rows + 1);
  for (let i = 0; i < rows; i++)
    marks[i + 1] = marks[i] + (outputs.some(({ values }) => Math.abs(values[i]) > 0) ? 1 : 0);
  if (marks[rows] > rows / 10) return newest;
  let best = newest;
  for (let from = Math.min(lookback, newest); from <= newest; from++) {
    if (marks[from + BARS] - marks[from] > marks[best + BARS] - marks[best]) best = from;
  }
  return best;
}

export function plot(close: Float64Array, outputs: readonly Curve[], from: number): string {
  const upper = panel([{ name: 'close', values: close }], from, TOP, [GREY]);
  const lower = panel(outputs, from, BOTTOM, COLOURS);
  const style = `text{font:11px sans-serif;fill:${GREY}}path{fill:none;stroke-width:1.3;stroke-linejoin:round}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">\n` +
    `<style>${style}</style>\n${upper}\n` +
    `<path d="M0 ${BOTTOM.y - 20}H${WIDTH}" stroke="${GREY}" stroke-opacity=".4"/>\n${lower}\n</svg>\n`
  );
}

function panel(
  curves: readonly Curve[],
  from: number,
  { y, height }: { y: number; height: number },
  colours: readonly string[],
): string {
  const drawn = curves.map(({ name, values }) => ({ name, values: values.subarray(from, from + BARS) }));
  const ranges = drawn.map(({ values }) => rangeOf(values));
  const all: Range = {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
  const apart = ranges.some(({ low, high }) => high > low && (high - low) * FLATTENED < all.high - all.low);
  const placeIn =
    ({ low, high }: Range) =>
    (value: number): number =>
      Math.round(high === low ? y + height / 2 : y + ((high - value) / (high - low)) * height);
  const paths = drawn.map(
    ({ values }, k) => `<path d="${pathOf(values, placeIn(apart ? ranges[k] : all))}" stroke="${colours[k]}"/>`,
  );
  const legend = drawn.map(({ name }, k) => `<tspan fill="${colours[k]}">${name}</tspan>`).join(' ');
  const right = WIDTH - LABELS + 6;
  const label = (value: number): string =>
    `<text x="${right}" y="${placeIn(all)(value) + 4}">${shortNumber(value)}</text>`;
  const both = all.low === all.high ? label(all.low) : label(all.high) + label(all.low);
  const labels = apart ? `<text x="${right}" y="${y + 4}">own scales</text>` : both;
  return `<text x="0" y="${y - 7}">${legend}</text>${labels}\n${paths.join('\n')}`;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(values: Float64Array): Range {
  const known = values.filter(Number.isFinite);
  return { low: Math.min(...known), high: Math.max(...known) };
}

/** Whole pixels, each step relative to the last; a gap where there is no value. */
function pathOf(values: Float64Array, place: (value: number) => number): string {
  const xAt = (i: number): number => Math.round((i * (WIDTH - LABELS)) / (BARS - 1));
  let text = '';
  let last: { x: number; y: number } | undefined;
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      last = undefined;
      return;
    }
    const [x, y] = [xAt(i), place(value)];
    if (last === undefined) text += `M${x} ${y}`;
    else text += `${text.endsWith('l') ? '' : 'l'}${x - last.x}${y - last.y < 0 ? '' : ' '}${y - last.y}`;
    last = { x, y };
  });
  return text;
}

/** Five digits at most. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(5)));
}
