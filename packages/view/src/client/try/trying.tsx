/** The page: a file in, what it is, what comes of it, and the configuration to change. */
import { Findings, FoundFacts, InspectionHead } from '../../parts/inspection.tsx';
import { count, percent } from '../../parts/numbers.ts';
import { ConfigForm } from './config-form.tsx';
import { DropZone } from './drop-zone.tsx';
import { Outcome } from './outcome.tsx';
import { Trouble } from './trouble.tsx';
import { useWork, type Doing } from './work.ts';

export function Trying() {
  const doing = useWork();
  const { name, busy, trouble, found, built } = doing.work;
  return (
    <>
      <DropZone {...doing} />
      {name !== undefined && <h2 id="name">{name}</h2>}
      <Busy {...doing} />
      {trouble !== undefined && <Trouble {...trouble} />}
      {found !== undefined && (
        <>
          <InspectionHead {...found.inspection} />
          <Findings of={found.inspection.findings} />
          <details id="facts">
            <summary>Everything that was found: layout, span, order, ids, sides, sizes</summary>
            <FoundFacts {...found.inspection} />
          </details>
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
