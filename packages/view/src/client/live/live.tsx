/** The page of a live service: what it is told, in parts. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveFacts } from '../../parts/live-data.ts';
import { openConnection, type Connection, type LinkState } from './connection.ts';
import { Continuity } from './continuity.tsx';
import { Features } from './features.tsx';
import { EventLog } from './event-log.tsx';
import { Pace } from './pace.tsx';
import { Predictions } from './predictions.tsx';
import { Price } from './price.tsx';
import { advanced, type LiveState } from './state.ts';
import { TokenForm } from './token-form.tsx';
import { useServiceTime } from './time.ts';
import { isStale, Verdict } from './verdict.tsx';
import { Warmup } from './warmup.tsx';

export function Live() {
  const { connection, state, link, heardAt } = useConnection();
  const time = useServiceTime(state?.now.now, heardAt);
  if (link.link === 'token') return <TokenForm why={link.why} onToken={(token) => connection.useToken(token)} />;
  return (
    <>
      <Verdict state={state} link={link} time={time} />
      {state !== undefined && (
        <div class={classOf(state, isStale(link, time))}>
          <Price state={state} onClock={(name) => connection.useClock(name)} />
          <Pace state={state} />
          <Continuity state={state} />
          <Warmup warmup={state.now.warmup} />
          <Features state={state} ask={(path) => connection.ask(path)} />
          {state.facts.model !== null && <Predictions state={state} model={state.facts.model} />}
          <EventLog events={state.events} />
        </div>
      )}
      <p class="soft small">
        Times are UTC. Charts by{' '}
        <a href="https://www.tradingview.com/lightweight-charts/" rel="noreferrer">
          Lightweight Charts™
        </a>{' '}
        of TradingView.
      </p>
    </>
  );
}

const classOf = ({ facts }: LiveState, stale: boolean): string =>
  `parts${facts.model === null ? ' unpredicted' : ''}${stale ? ' stale' : ''}`;

/** The connection lives as long as the page; what it hears is put together here. */
function useConnection() {
  const [state, setState] = useState<LiveState | undefined>(undefined);
  const [link, setLink] = useState<LinkState>({ link: 'connecting', why: '' });
  const heardAt = useRef(performance.now());
  const connection = useRef<Connection | undefined>(undefined);
  connection.current ??= ((): Connection => {
    let facts: LiveFacts | undefined;
    let known: LiveState | undefined;
    return openConnection({
      onFacts(next) {
        // Another version has another page.
        if (facts !== undefined && facts.engineVersion !== next.engineVersion) location.reload();
        facts = next;
        known = undefined;
      },
      onNews(news) {
        if (facts === undefined) return;
        heardAt.current = performance.now();
        known = advanced(known, facts, news);
        setState(known);
        setLink((now) => (now.link === 'open' ? now : { link: 'open', why: '' }));
      },
      onLink: (next, why) => setLink({ link: next, why }),
    });
  })();
  useEffect(() => () => connection.current?.close(), []);
  return { connection: connection.current, state, link, heardAt: heardAt.current };
}
