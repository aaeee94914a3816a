/** Where values lie in a plot, and which of them are written beside it. */

export interface Axes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Ends of x; 0 and 1 where not given. */
  readonly from?: number;
  readonly to?: number;
  /** Largest y. */
  readonly top: number;
  /** Least y; 0 where not given. */
  readonly least?: number;
  /** Where given, y is logarithmic and starts here, and what is less is drawn here; otherwise it starts at `least`. */
  readonly floor?: number;
}

/** A plot and the room for what is written beside it, in its own units. */
export const BOX = { width: 420, height: 320, left: 58, bottom: 44, top: 12, right: 14 } as const;

const WIDTH = BOX.width - BOX.left - BOX.right;
const HEIGHT = BOX.height - BOX.bottom - BOX.top;

/** Ends of x, apart from each other. */
export function spanOf({ from = 0, to = 1 }: Pick<Axes, 'from' | 'to'>): readonly [from: number, to: number] {
  return [from, to > from ? to : from + 1];
}

export function placeOfX(x: number, axes: Axes): number {
  const [from, to] = spanOf(axes);
  return BOX.left + ((x - from) / (to - from)) * WIDTH;
}

export function placeOfY(y: number, { top, least = 0, floor }: Axes): number {
  const share =
    floor === undefined
      ? (y - least) / (top - least)
      : Math.log10(Math.max(y, floor) / floor) / Math.log10(top / floor);
  return BOX.height - BOX.bottom - share * HEIGHT;
}

/** `x,y` of a point of a line, to a tenth of a unit. */
export function pointAt(x: number, y: number, axes: Axes): string {
  return `${placeOfX(x, axes).toFixed(1)},${placeOfY(y, axes).toFixed(1)}`;
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Intervals between ticks, about. */
const INTERVALS = 5;

/** The double nearest to it, which a product of tens is not. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** 1, 2, 2.5 or 5 times a power of ten that cuts `span` into some five parts. */
function stepOf(span: number): number {
  const rough = span / INTERVALS;
  const power = powerOfTen(Math.floor(Math.log10(rough)));
  const lead = [1, 2, 2.5, 5].find((nice) => nice * power >= rough * 0.999_999) ?? 10;
  return lead * power;
}

/** As many digits as tell a tick from the next. */
function tickText(value: number, step: number): string {
  if (value === 0) return '0';
  const digit = Math.floor(Math.log10(step)) - 1;
  const size = Math.max(Math.abs(value), step);
  if (size < 1e7 && size >= 1e-3) return String(Number(value.toFixed(Math.max(0, -digit))));
  const digits = Math.max(0, Math.floor(Math.log10(size)) - digit);
  return value
    .toExponential(digits)
    .replace(/\.?0*e/, 'e')
    .replace('+', '');
}

/** Round numbers between the ends, both included. */
function roundTicks(from: number, to: number): Tick[] {
  const step = stepOf(to - from);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, text: tickText(value, step) };
  });
}

/** Powers of ten between the ends, at most six. */
function decadeTicks(floor: number, top: number): Tick[] {
  const first = Math.round(Math.log10(floor));
  const decades = Math.floor(Math.log10(top) + 1e-9) - first;
  const step = Math.max(1, Math.ceil(decades / INTERVALS));
  return Array.from({ length: Math.floor(decades / step) + 1 }, (_, i) => {
    const power = first + i * step;
    return { value: powerOfTen(power), text: power === 0 ? '1' : `1e${power}` };
  });
}

export function ticksOfX(axes: Axes): Tick[] {
  return roundTicks(...spanOf(axes));
}

export function ticksOfY({ top, least = 0, floor }: Axes): Tick[] {
  return floor === undefined ? roundTicks(least, top) : decadeTicks(floor, top);
}

/** The round number at or above `highest` that a tick can stand at. */
export function roundTop(highest: number): number {
  if (!(highest > 0)) return 1;
  const step = stepOf(highest);
  return Math.ceil(highest / step - 1e-9) * step;
}

/** The power of ten at or above `highest`, at least the one after `floor`. */
export function decadeTop(highest: number, floor: number): number {
  return powerOfTen(Math.ceil(Math.log10(Math.max(highest, floor * 10)) - 1e-9));
}

const COLOURS = ['blue', 'amber', 'violet', 'green', 'red'] as const;

/** Of the i-th series of a plot. */
export function colourOf(i: number): string {
  return `var(--${COLOURS[i % COLOURS.length]})`;
}
