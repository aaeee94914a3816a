/** What the model said of the last rows, and why it said nothing. */
import { count } from '../../parts/numbers.ts';
import type { LiveFacts, LivePrediction } from '../../parts/live-data.ts';
import { secondOf } from '../../parts/time.ts';
import { Part } from './part.tsx';
import type { LiveState } from './state.ts';
import { valueText } from './texts.ts';

const LISTED = 30;

interface PredictionsProps {
  readonly state: LiveState;
  readonly model: NonNullable<LiveFacts['model']>;
}

export function Predictions({ state, model }: PredictionsProps) {
  const { predictions } = state;
  const signals = predictions.filter(({ signal }) => signal === 1).length;
  const refused = predictions.filter(({ refusal }) => refusal !== '');
  const summary = `last ${count(predictions.length)}: ${count(signals)} signals, ${count(refused.length)} refused`;
  return (
    <Part id="predictions" title="Predictions" beside={<span class="soft small">{summary}</span>}>
      <p class="soft small">A signal from {valueText(model.threshold)} on.</p>
      <Refusals refused={refused} />
      <Table predictions={predictions.slice(-LISTED).toReversed()} />
    </Part>
  );
}

function Refusals({ refused }: { readonly refused: readonly LivePrediction[] }) {
  const reasons = new Map<string, number>();
  for (const { refusal } of refused) reasons.set(refusal, (reasons.get(refusal) ?? 0) + 1);
  if (reasons.size === 0) return null;
  return (
    <ul class="small refusals">
      {[...reasons]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([reason, times]) => (
          <li key={reason}>
            {count(times)} refused: {reason}
          </li>
        ))}
    </ul>
  );
}

function Table({ predictions }: { readonly predictions: readonly LivePrediction[] }) {
  return (
    <div class="scroll tall">
      <table class="figures">
        <thead>
          <tr>
            {['row', 'probability', 'calibrated', 'signal'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {predictions.map(({ position, time, probability, calibrated, signal, refusal }) => (
            <tr key={position}>
              <td title={position}>{secondOf(time).slice(11)}</td>
              {refusal === '' ? (
                <>
                  <td>{valueText(probability)}</td>
                  <td>{valueText(calibrated)}</td>
                  <td>{signal === 1 ? 'yes' : 'no'}</td>
                </>
              ) : (
                <td colSpan={3} class="soft" title={refusal}>
                  refused
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
