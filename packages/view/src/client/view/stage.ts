/** The chart and its view: which bars are seen, the window that was fetched for them, what the crosshair is at. */
import type { ChartWindow, ViewScene, WindowRequest } from '../../parts/view-data.ts';
import { around, clamped, panned, sizeFor, suffices, zoomed, type View } from './camera.ts';
import { coloursNow, lineColour } from './colours.ts';
import { listenTo } from './gestures.ts';
import { createPanes, type LineSpec } from './panes.ts';
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

export function createStage({ place, scene, source, settings: first, onSeen, onProblem }: StageOptions): Stage {
  let settings = first;
  let colours = coloursNow();
  let window: ChartWindow | undefined;
  let asked: WindowRequest | undefined;
  let cross: number | undefined;
  const barsOf = (name: string): number => scene.clocks.find((clock) => clock.name === name)?.bars ?? 0;
  const barAt = (bucket: number | undefined): number | undefined =>
    bucket === undefined || window === undefined ? undefined : window.from + bucket * window.size;
  const panes = createPanes(place, () => ({ window, colours, shown: settings.labels, bar: barAt(cross) }));
  const scale = panes.chart.timeScale();
  const pixels = (): number => Math.max(1, scale.width());
  const bars = (): number => barsOf(settings.clock);
  let view = newest(place.clientWidth / BAR);

  function newest(span: number): View {
    return clamped({ from: bars() - span, to: bars() }, bars());
  }
  /** The bucket that is told of: under the crosshair, or else the last that is in view. */
  const told = ({ from, size, columns }: ChartWindow): number => {
    const last = (columns['time']?.length ?? 0) - 1;
    return Math.max(0, Math.min(last, cross ?? Math.ceil((view.to - from) / size) - 1));
  };
  const tell = (): void => {
    if (window !== undefined) onSeen({ view, window, bucket: told(window) });
  };
  const look = (): void => {
    if (window === undefined) return;
    const { from, size } = window;
    scale.setVisibleLogicalRange({ from: (view.from - from) / size, to: (view.to - from) / size - 1 });
  };
  const fetcher = oneAtATime(async () => {
    const size = sizeFor(view, pixels());
    const { clock, fold, features } = settings;
    const wanted = { clock, fold, features, size, ...around(view, size, bars()) };
    if (asked !== undefined && isOf(asked, wanted) && suffices(asked, view, size, bars())) return;
    asked = wanted;
    const found = await source.window(wanted);
    if (settings.clock !== clock) return;
    const bar = barAt(cross);
    window = found;
    cross = bar === undefined ? undefined : Math.floor((bar - found.from) / found.size);
    panes.fill(found);
    look();
    tell();
  }, onProblem);
  const move = (to: View): void => {
    view = clamped(to, bars());
    look();
    tell();
    fetcher();
  };
  const arrange = (): void => panes.arrange(`bars of ${settings.clock}`, linesOf(scene, settings));

  panes.chart.subscribeCrosshairMove(({ logical, point }) => {
    cross = point === undefined || logical === undefined ? undefined : Number(logical);
    tell();
  });
  scale.subscribeSizeChange(() => move(view));
  listenTo(place, { view: () => view, pixels, move });
  addEventListener('theme', () => {
    colours = coloursNow();
    panes.recolour();
  });
  arrange();
  fetcher();

  return {
    set(now) {
      const before = settings;
      settings = now;
      if (before.clock !== now.clock) void changeClock(before.clock);
      arrange();
      if (window !== undefined) panes.fill(window);
      look();
      fetcher();
    },
    pan: (share) => move(panned(view, share)),
    zoom: (factor) => move(zoomed(view, factor)),
    show(what) {
      const span = view.to - view.from;
      move(what === 'all' ? { from: 0, to: bars() } : what === 'newest' ? newest(span) : { from: 0, to: span });
    },
    goTo: (time) => void goTo(time),
    step(by) {
      if (window === undefined) return;
      const { from, size, columns } = window;
      const at = Math.max(0, Math.min((columns['time']?.length ?? 1) - 1, told(window) + by));
      const bar = from + at * size;
      if (bar < view.from || bar >= view.to) move(panned(view, Math.sign(by) / 2));
      cross = at;
      panes.point(at, columns['close']?.[at] ?? NaN);
      tell();
    },
  };

  /** The same stretch of time on another clock. */
  async function changeClock(before: string): Promise<void> {
    const { clock } = settings;
    const share = barsOf(clock) / Math.max(1, barsOf(before));
    const time = timeNear(window, view);
    [window, asked, cross] = [undefined, undefined, undefined];
    const span = (view.to - view.from) * share;
    view = clamped({ from: view.from * share, to: view.from * share + span }, bars());
    if (time === undefined) return move(view);
    const middle = await source.barAt(clock, time);
    return move({ from: middle - span / 2, to: middle + span / 2 });
  }

  async function goTo(time: number): Promise<void> {
    const bar = await source.barAt(settings.clock, time);
    const half = (view.to - view.from) / 2;
    move({ from: bar + 0.5 - half, to: bar + 0.5 + half });
  }
}

/** When the middle of the view was. */
function timeNear(window: ChartWindow | undefined, { from, to }: View): number | undefined {
  if (window === undefined) return undefined;
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
      // oxlint-disable-next-line no-unmodified-loop-condition -- it is, by a call meanwhile
    } while (again);
    busy = false;
  };
  return () => void go();
}
