/** The chart and its view: which bars are seen, the window that was fetched for them, what the crosshair is at. */
import type { ChartWindow, ViewScene, WindowRequest } from '../../parts/view-data.ts';
import { around, clamped, panned, sizeFor, suffices, zoomed, type View } from './camera.ts';
import { coloursNow, lineColour, type Colours } from './colours.ts';
import { listenTo } from './gestures.ts';
import { createPanes, type LineSpec, type Panes } from './panes.ts';
import type { Source } from './source.ts';

/** What the reader has chosen. */
export interface Settings {
  readonly clock: string;
  /** Indices, in the order of their panes. */
  readonly features: readonly number[];
  readonly labels: boolean;
  readonly predictions: boolean;
  readonly fold: number;
}

/** What is seen. */
export interface Seen {
  readonly view: View;
  readonly window: ChartWindow;
  /** Index in the window of the bucket under the crosshair; where that is nowhere, of the newest in view. */
  readonly bucket: number;
}

export interface Stage {
  set(settings: Settings): void;
  pan(share: number): void;
  zoom(factor: number): void;
  /** All bars, the newest or the oldest of them. */
  show(what: 'all' | 'newest' | 'oldest'): void;
  goTo(time: number): void;
  /** Moves the crosshair by so many buckets. */
  step(by: number): void;
  /** Takes the chart away. */
  remove(): void;
}

export interface StageOptions {
  readonly place: HTMLElement;
  readonly scene: ViewScene;
  readonly source: Source;
  readonly settings: Settings;
  readonly onSeen: (seen: Seen) => void;
  readonly onProblem: (message: string | undefined) => void;
}

/** Pixels of a bar where the page begins. */
const BAR = 6;
/** Pixels below which a width is that of a page being laid out or pictured: nothing is fetched for it. */
const LEAST_WIDTH = 50;

/** Everything of the chart that changes. */
interface Held {
  settings: Settings;
  colours: Colours;
  view: View;
  window: ChartWindow | undefined;
  /** What the window was asked for by: a page without a server may have had another. */
  asked: WindowRequest | undefined;
  /** Index in the window of the bucket under the crosshair. */
  cross: number | undefined;
}

/** The chart, and how what it holds comes to be seen. */
interface Motion {
  readonly held: Held;
  readonly panes: Panes;
  /** Bars of the clock. */
  bars(): number;
  /** So many of them, the newest. */
  newest(span: number): View;
  /** Puts the view in place, tells of it, and fetches what it takes. */
  move(to: View): void;
  /** Draws what is there anew, and fetches what is not. */
  redraw(): void;
  tell(): void;
  remove(): void;
}

export function createStage(options: StageOptions): Stage {
  const motion = createMotion(options);
  const { held, panes, bars, newest, move, redraw } = motion;
  const seek = (work: Promise<void>): void =>
    void work.catch((error: unknown) => options.onProblem((error as Error).message));
  redraw();
  return {
    set(settings) {
      const before = held.settings;
      held.settings = settings;
      if (before.clock !== settings.clock) seek(changeClock(motion, options, before.clock));
      redraw();
    },
    pan: (share) => move(panned(held.view, share)),
    zoom: (factor) => move(zoomed(held.view, factor)),
    show(what) {
      const span = held.view.to - held.view.from;
      move(what === 'all' ? { from: 0, to: bars() } : what === 'newest' ? newest(span) : { from: 0, to: span });
    },
    goTo: (time) => seek(goTo(motion, options, time)),
    step(by) {
      const { window, view } = held;
      if (window === undefined) return;
      const { from, size, columns } = window;
      const at = Math.max(0, Math.min((columns['time']?.length ?? 1) - 1, toldOf(held, window) + by));
      const bar = from + at * size;
      if (bar < view.from || bar >= view.to) move(panned(view, Math.sign(by) / 2));
      held.cross = at;
      panes.point(at, columns['close']?.[at] ?? NaN);
      motion.tell();
    },
    remove: motion.remove,
  };
}

function createMotion({ place, scene, source, settings, onSeen, onProblem }: StageOptions): Motion {
  const bars = (): number => barsOf(scene, held.settings.clock);
  const newest = (span: number): View => clamped({ from: bars() - span, to: bars() }, bars());
  const held: Held = {
    settings,
    colours: coloursNow(),
    view: { from: 0, to: 0 },
    window: undefined,
    asked: undefined,
    cross: undefined,
  };
  held.view = newest(place.clientWidth / BAR);
  const panes = createPanes(place, () => {
    return { window: held.window, colours: held.colours, shown: held.settings.labels, bar: crossBar(held) };
  });
  const scale = panes.chart.timeScale();
  const pixels = widthOf(scale, place);
  const tell = (): void => {
    const { window, view } = held;
    if (window !== undefined) onSeen({ view, window, bucket: toldOf(held, window) });
  };
  const look = (): void => {
    if (held.window === undefined) return;
    const { from, size } = held.window;
    const first = (held.view.from - from) / size;
    // Until it is replaced, a bucket of a coarser window may be wider than the view.
    scale.setVisibleLogicalRange({ from: first, to: Math.max(first, (held.view.to - from) / size - 1) });
  };
  const fetcher = oneAtATime(async () => {
    const found = await nextWindow(held, source, { pixels: pixels(), bars: bars() });
    if (found === undefined) return;
    panes.fill(found);
    look();
    tell();
  }, onProblem);
  const move = (to: View): void => {
    held.view = clamped(to, bars());
    look();
    tell();
    fetcher();
  };
  listenTo(place, { view: () => held.view, pixels, move });
  panes.chart.subscribeCrosshairMove(({ logical, point }) => {
    held.cross = point === undefined || logical === undefined ? undefined : Number(logical);
    tell();
  });
  scale.subscribeSizeChange((width) => {
    if (width >= LEAST_WIDTH) move(held.view);
  });
  const recolour = (): void => {
    held.colours = coloursNow();
    panes.recolour();
  };
  addEventListener('theme', recolour);
  const remove = (): void => {
    removeEventListener('theme', recolour);
    panes.chart.remove();
  };
  const redraw = (): void => {
    panes.arrange(`bars of ${held.settings.clock}`, linesOf(scene, held.settings));
    if (held.window !== undefined) panes.fill(held.window);
    look();
    fetcher();
  };
  return { held, panes, bars, newest, move, redraw, tell, remove };
}

/** The width to fetch for: that of the chart, or the last that was one. */
function widthOf(scale: { width(): number }, place: HTMLElement): () => number {
  let last = LEAST_WIDTH;
  return () => {
    // The chart has no width of its own before it was drawn.
    const width = scale.width() || place.clientWidth;
    if (width >= LEAST_WIDTH) last = width;
    return last;
  };
}

function barsOf({ clocks }: ViewScene, name: string): number {
  return clocks.find((clock) => clock.name === name)?.bars ?? 0;
}

/** The bar under the crosshair. */
function crossBar({ cross, window }: Held): number | undefined {
  return cross === undefined || window === undefined ? undefined : window.from + cross * window.size;
}

/** The bucket that is told of: under the crosshair, or else the last that is in view. */
function toldOf({ cross, view }: Held, { from, size, columns }: ChartWindow): number {
  const last = (columns['time']?.length ?? 0) - 1;
  return Math.max(0, Math.min(last, cross ?? Math.ceil((view.to - from) / size) - 1));
}

/** Fetches what the view takes; undefined where that is there, or the reader has gone to another clock meanwhile. */
async function nextWindow(
  held: Held,
  source: Source,
  { pixels, bars }: { readonly pixels: number; readonly bars: number },
): Promise<ChartWindow | undefined> {
  const { settings, view, asked } = held;
  const { clock, fold, features } = settings;
  const size = sizeFor(view, pixels);
  const wanted = { clock, fold, features, size, ...around(view, size, bars) };
  if (asked !== undefined && isOf(asked, wanted) && suffices(asked, view, size, bars)) return undefined;
  held.asked = wanted;
  const found = await source.window(wanted);
  if (held.settings.clock !== clock) return undefined;
  const bar = crossBar(held);
  held.window = found;
  held.cross = bar === undefined ? undefined : Math.floor((bar - found.from) / found.size);
  return found;
}

/** The same stretch of time on another clock. */
async function changeClock({ held, move }: Motion, { scene, source }: StageOptions, before: string): Promise<void> {
  const { settings, window, view } = held;
  const share = barsOf(scene, settings.clock) / Math.max(1, barsOf(scene, before));
  const time = window === undefined ? undefined : timeNear(window, view);
  [held.window, held.asked, held.cross] = [undefined, undefined, undefined];
  const span = (view.to - view.from) * share;
  move({ from: view.from * share, to: view.from * share + span });
  if (time === undefined) return;
  const middle = await source.barAt(settings.clock, time);
  move({ from: middle - span / 2, to: middle + span / 2 });
}

async function goTo({ held, move }: Motion, { source }: StageOptions, time: number): Promise<void> {
  const bar = await source.barAt(held.settings.clock, time);
  const half = (held.view.to - held.view.from) / 2;
  move({ from: bar + 0.5 - half, to: bar + 0.5 + half });
}

/** When the middle of the view was. */
function timeNear(window: ChartWindow, { from, to }: View): number | undefined {
  return window.columns['time']?.[Math.floor(((from + to) / 2 - window.from) / window.size)];
}

function isOf(asked: WindowRequest, wanted: WindowRequest): boolean {
  const same = asked.clock === wanted.clock && asked.fold === wanted.fold;
  return same && wanted.features.every((index) => asked.features.includes(index));
}

function linesOf({ features, predictions }: ViewScene, settings: Settings): LineSpec[] {
  const level = predictions?.threshold ?? null;
  const prediction: LineSpec = { of: 'prediction', title: 'prediction (calibrated)', colour: 'green', level };
  return [
    ...(settings.predictions && predictions !== undefined ? [prediction] : []),
    ...settings.features.map((index, i): LineSpec => {
      return { of: index, title: features[index] ?? '', colour: lineColour(i), level: null };
    }),
  ];
}

/** `work`, again where it was asked for while it was done; what fails is told, and nothing more once it does not. */
function oneAtATime(work: () => Promise<void>, onProblem: StageOptions['onProblem']): () => void {
  let [busy, again] = [false, false];
  const go = async (): Promise<void> => {
    if (busy) return void (again = true);
    busy = true;
    do {
      again = false;
      await work().then(
        () => onProblem(undefined),
        (error: unknown) => onProblem((error as Error).message),
      );
    } while (again);
    busy = false;
  };
  return () => void go();
}
