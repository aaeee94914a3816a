/** The page: a file in, what it is, what comes of it, and the configuration to change. */
import { Facts } from '../../parts/facts.tsx';
import { Findings, InspectionHead, Market } from '../../parts/inspection.tsx';
import { count, percent } from '../../parts/numbers.ts';
import { ChangeForms, ConfigForm } from './config-form.tsx';
import { DropZone } from './drop-zone.tsx';
import { Outcome } from './outcome.tsx';
import { Trouble } from './trouble.tsx';
import type { FoundTrades } from '../../parts/try-data.ts';
import { useWork, type Doing } from './work.ts';

export function Trying() {
  const doing = useWork();
  const { name, busy, trouble, found, built } = doing.work;
  return (
    <>
      <DropZone {...doing} />
      {name !== undefined && <h2 id="name">{name}</h2>}
      <Busy {...doing} />
      {found === undefined && trouble !== undefined && <Trouble {...trouble} />}
      {found !== undefined && (
        <>
          <Found of={found} />
          <h2>Bars and features</h2>
          <ChangeForms {...doing} />
          {trouble !== undefined && <Trouble {...trouble} />}
        </>
      )}
      {built !== undefined && <Outcome built={built} rows={doing.rows} />}
      {(found !== undefined || (trouble !== undefined && name !== undefined && busy === undefined)) && (
        <section aria-labelledby="configuration">
          <h2 id="configuration">Configuration</h2>
          <ConfigForm {...doing} />
        </section>
      )}
    </>
  );
}

function Found({ of: { inspection } }: { readonly of: FoundTrades }) {
  const { facts, market } = inspection;
  return (
    <>
      <InspectionHead {...inspection} />
      <Findings of={inspection.findings} />
      <h2>What it is</h2>
      <Facts id="facts" of={facts} />
      {market !== undefined && (
        <details id="drawn">
          <summary>Price, turnover and values, drawn</summary>
          <Market {...market} />
        </details>
      )}
    </>
  );
}

function Busy({ work: { busy }, stop }: Pick<Doing, 'work' | 'stop'>) {
  return (
    <div role="status" id="busy">
      {busy !== undefined && (
        <p class="controls">
          <progress value={busy.share} aria-label={busy.step} />
          <span>
            {busy.step}: {count(busy.trades)} trades, {percent(busy.share)}
          </span>
          <button type="button" onClick={stop}>
            Stop
          </button>
        </p>
      )}
    </div>
  );
}
