/** The page of a run: its chart, what the crosshair is at, and what is told beside. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewScene } from '../../parts/view-data.ts';
import { usePicking } from '../picker.tsx';
import { BarTable } from './bar-table.tsx';
import { Controls } from './controls.tsx';
import { DistributionOf } from './distribution.tsx';
import { FeatureForm } from './feature-form.tsx';
import { Help } from './help.tsx';
import { actionOf, type Action } from './keys.ts';
import { Legend, Shades } from './legend.tsx';
import { ProblemList } from './problem-list.tsx';
import type { Source } from './source.ts';
import { createStage, type Seen, type Settings, type Stage } from './stage.ts';

export interface ViewerProps {
  readonly scene: ViewScene;
  readonly source: Source;
}

/** Names of the features that there are values of, by index. */
function featuresAt({ features, embedded }: ViewScene): ReadonlyMap<string, number> {
  const here = embedded === undefined ? undefined : new Set(Object.keys(embedded.distributions).map(Number));
  return new Map(features.flatMap((name, i) => (here === undefined || here.has(i) ? [[name, i] as const] : [])));
}

export function Viewer({ scene, source }: ViewerProps) {
  const [settings, set] = useState<Settings>({
    clock: scene.clock,
    features: scene.shown,
    labels: scene.labels,
    predictions: scene.predictions !== undefined,
    fold: 0,
  });
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [helped, setHelped] = useState(false);
  const { place, stage, seen } = useStage({ scene, source }, settings, setProblem);
  const names = featuresAt(scene);
  const picking = usePicking([{ label: 'features', names: [...names.keys()] }], [...names.keys()][0] ?? '');
  const change = (by: Partial<Settings>): void => set((now) => ({ ...now, ...by }));
  const act = (action: Action): void => {
    if (action === 'labels') change({ labels: scene.labels && !settings.labels });
    else if (action === 'predictions') change({ predictions: !settings.predictions });
    else if (action === 'help') setHelped(true);
    else if (action === 'find') document.querySelector<HTMLInputElement>('#pick-pane input')?.focus();
    else if (stage !== undefined) MOVES[action](stage);
  };
  useKeys(act);
  const toggle = (index: number): void => change({ features: toggled(settings.features, index) });
  return (
    <>
      <Controls scene={scene} settings={settings} change={change} act={act} />
      <FeatureForm picking={picking} shown={settings.features} indexOf={names} toggle={toggle} />
      {seen !== undefined && <Legend scene={scene} settings={settings} seen={seen} remove={toggle} />}
      {problem !== undefined && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      <div
        id="bars"
        class="bars-chart"
        ref={place}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes the focus: keys move it
        tabIndex={0}
        role="application"
        aria-label="Chart of bars and features; the keys ← and → move it, ? lists all keys, a table of the bars is below"
      />
      <Shades scene={scene} settings={settings} />
      {seen !== undefined && <BarTable scene={scene} settings={settings} seen={seen} />}
      <h2>Distribution</h2>
      <DistributionOf names={names} source={source} first={settings.features[0] ?? 0} />
      <h2>Problems of the input</h2>
      <ProblemList scene={scene} goTo={(time) => stage?.goTo(time)} />
      {helped && <Help close={() => setHelped(false)} />}
    </>
  );
}

const MOVES: Readonly<Record<Exclude<Action, 'labels' | 'predictions' | 'help' | 'find'>, (stage: Stage) => void>> = {
  left: (stage) => stage.pan(-0.2),
  right: (stage) => stage.pan(0.2),
  before: (stage) => stage.step(-1),
  after: (stage) => stage.step(1),
  nearer: (stage) => stage.zoom(1.5),
  further: (stage) => stage.zoom(1 / 1.5),
  all: (stage) => stage.show('all'),
  oldest: (stage) => stage.show('oldest'),
  newest: (stage) => stage.show('newest'),
};

function toggled(list: readonly number[], one: number): number[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

/** The chart lives as long as its place; it hears of every change of the settings, and tells what is seen with the next frame. */
function useStage(of: ViewerProps, settings: Settings, onProblem: (message: string | undefined) => void) {
  const place = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage | undefined>(undefined);
  const [seen, setSeen] = useState<Seen | undefined>(undefined);
  useEffect(() => {
    if (place.current === null) return undefined;
    let [next, waiting] = [undefined as Seen | undefined, false];
    const onSeen = (now: Seen): void => {
      next = now;
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        setSeen(next);
      });
    };
    const made = createStage({ ...of, place: place.current, settings, onSeen, onProblem });
    setStage(made);
    return made.remove;
  }, []);
  useEffect(() => stage?.set(settings), [settings]);
  return { place, stage, seen };
}

function useKeys(act: (action: Action) => void): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action === undefined) return;
      event.preventDefault();
      now.current(action);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
