/** Behind the bars: bands where trades came late, are missing or have never been; ticks where the connection broke. */
import type { IPanePrimitive, IPrimitivePaneRenderer, PaneAttachedParameter } from 'lightweight-charts';
import type { LiveBar, LiveSpan } from '../../parts/live-data.ts';
import type { Colours } from '../view/colours.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** What it takes to draw, as it is at the time. */
export interface Layered {
  readonly bars: readonly LiveBar[];
  readonly spans: readonly LiveSpan[];
  readonly colours: Colours;
}

/** How each kind looks: its colour, how strong, and pixels of its height from below (0: all). */
const SPAN_LOOKS: Readonly<Record<LiveSpan['kind'], readonly [keyof Colours, alpha: number, height: number]>> = {
  down: ['amber', 1, 10],
  repair: ['amber', 0.35, 0],
  repaired: ['amber', 0.18, 0],
  official: ['soft', 0.25, 0],
  open: ['red', 0.35, 0],
  halt: ['violet', 0.2, 0],
  ended: ['soft', 0.4, 0],
};
/** A band is seen however short it is. */
const NARROWEST = 3;

/** Index of the first bar that was known at or after a time. */
function placeOf(bars: readonly LiveBar[], time: number): number {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.[1] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function spansLayer(now: () => Layered): IPanePrimitive<number> {
  let pane: PaneAttachedParameter<number> | undefined;
  const draw = (target: Target): void => {
    const { bars, spans, colours } = now();
    const scale = pane?.chart.timeScale();
    const [first] = bars;
    if (scale === undefined || first === undefined) return;
    const xOf = (place: number): number => {
      const [a, b] = [0, 1].map((at) => Number(scale.logicalToCoordinate(at as never) ?? 0)) as [number, number];
      return a + (place - 0.5) * (b - a);
    };
    target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
      // Ticks over bands.
      for (const { kind, from, to } of spans.toSorted((a, b) => SPAN_LOOKS[a.kind][2] - SPAN_LOOKS[b.kind][2])) {
        if (to !== null && to < first[1]) continue;
        const left = xOf(placeOf(bars, from));
        const right = xOf(placeOf(bars, to ?? Infinity) + 1);
        if (right < 0 || left > width) continue;
        const [colour, alpha, tall] = SPAN_LOOKS[kind];
        context.globalAlpha = alpha;
        context.fillStyle = colours[colour];
        const top = tall === 0 ? 0 : height - tall;
        context.fillRect(left, top, tall === 0 ? Math.max(NARROWEST, right - left) : NARROWEST, height - top);
      }
      context.globalAlpha = 1;
    });
  };
  return {
    attached: (parameter) => (pane = parameter),
    detached: () => (pane = undefined),
    paneViews: () => [{ zOrder: () => 'bottom', renderer: () => ({ draw }) }],
  };
}
