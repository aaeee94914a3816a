/** Everything that a key does, as buttons; and the choice of clock and fold. */
import { count } from '../../parts/numbers.ts';
import type { ViewScene } from '../../parts/view-data.ts';
import type { Action } from './keys.ts';
import type { Settings } from './stage.ts';

export interface ControlsProps {
  readonly scene: ViewScene;
  readonly settings: Settings;
  readonly change: (by: Partial<Settings>) => void;
  readonly act: (action: Action) => void;
}

const MOVES: readonly (readonly [action: Action, text: string, name: string])[] = [
  ['oldest', '⇤', 'oldest bars'],
  ['left', '←', 'to the left'],
  ['right', '→', 'to the right'],
  ['newest', '⇥', 'newest bars'],
  ['further', '−', 'further away'],
  ['nearer', '+', 'nearer'],
  ['all', 'all', 'all bars'],
];

export function Controls({ scene, settings, change, act }: ControlsProps) {
  const { clocks, labels, predictions, folds } = scene;
  return (
    <div class="controls" role="toolbar" aria-label="Chart">
      <label>
        Clock{' '}
        <select id="clock" value={settings.clock} onChange={(event) => change({ clock: event.currentTarget.value })}>
          {clocks.map(({ name, bars }) => (
            <option key={name} value={name}>{`${name}, ${count(bars)} bars`}</option>
          ))}
        </select>
      </label>
      <span class="together">
        {MOVES.map(([action, text, name]) => (
          <button key={action} type="button" aria-label={name} title={name} onClick={() => act(action)}>
            {text}
          </button>
        ))}
      </span>
      {labels && <Toggle name="labels" on={settings.labels} act={act} />}
      {predictions !== undefined && <Toggle name="predictions" on={settings.predictions} act={act} />}
      {folds > 1 && (
        <label>
          Fold{' '}
          <select value={settings.fold} onChange={(event) => change({ fold: Number(event.currentTarget.value) })}>
            {Array.from({ length: folds }, (_, k) => (
              <option key={k} value={k}>
                {k}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="button" aria-label="list of keys" title="list of keys" onClick={() => act('help')}>
        ?
      </button>
    </div>
  );
}

interface ToggleProps {
  readonly name: 'labels' | 'predictions';
  readonly on: boolean;
  readonly act: ControlsProps['act'];
}

function Toggle({ name, on, act }: ToggleProps) {
  return (
    <button type="button" class="toggle" aria-pressed={on} onClick={() => act(name)}>
      {name}
    </button>
  );
}
