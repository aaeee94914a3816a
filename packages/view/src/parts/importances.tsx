/** What a model leans on: what it says of itself, and what it loses without. */
import { Bars } from './bars.tsx';
import { count } from './numbers.ts';

export interface Importance {
  readonly feature: string;
  readonly value: number;
}

/** What a model loses without features. */
interface LostWithout {
  readonly name: string;
  readonly rocAuc: { readonly mean: number; readonly interval: readonly [from: number, to: number] };
}

/** What was found by asking the model again. */
export interface Losses {
  readonly on: string;
  readonly rows: number;
  readonly independent: number;
  readonly families: readonly LostWithout[];
  readonly features: readonly LostWithout[];
  readonly ablation: readonly LostWithout[];
  readonly warnings: readonly string[];
}

export function ImportanceBars({ of }: { readonly of: readonly Importance[] }) {
  const bars = of.map(({ feature, value }) => ({
    label: <code>{feature}</code>,
    value,
    figure: String(Number(value.toPrecision(4))),
    colour: 'var(--blue)',
  }));
  return <Bars of={bars} />;
}

export function LossesWithout({ on, rows, independent, families, features, ablation, warnings }: Losses) {
  return (
    <>
      <h2>What the model loses</h2>
      <p class="soft">
        {`How far the ROC AUC of ${count(rows)} ${on} rows (${count(independent)} independent labels) falls where blocks of rows change the values of features, and between which values that lies, 95 %. Grey: it may be nothing.`}
      </p>
      {warnings.map((warning) => (
        <p>{warning}</p>
      ))}
      <h3>Families</h3>
      <LossBars of={families} />
      {ablation.length > 0 && (
        <>
          <h3>Trained anew without the family</h3>
          <LossBars of={ablation} />
        </>
      )}
      {features.length > 0 && (
        <>
          <h3>Features</h3>
          <LossBars of={features} />
        </>
      )}
    </>
  );
}

function LossBars({ of }: { readonly of: readonly LostWithout[] }) {
  const bars = of.map(({ name, rocAuc: { mean, interval } }) => ({
    label: <code>{name}</code>,
    value: Math.max(0, mean),
    figure: `${mean.toFixed(4)} (${interval.map((end) => (Number.isFinite(end) ? end.toFixed(3) : 'none')).join(' to ')})`,
    colour: interval[0] > 0 ? 'var(--blue)' : 'var(--soft)',
  }));
  return <Bars of={bars} />;
}
