/** What happened, the newest first. */
import { useState } from 'preact/hooks';
import type { LiveEvent } from '../../parts/live-data.ts';
import { Part } from './part.tsx';
import { When } from './when.tsx';

/** Events that somebody should look at. */
const TROUBLE: ReadonlySet<string> = new Set([
  'lost',
  'waiting',
  'hole',
  'refused',
  'unknown',
  'not-repaired',
  'mute',
  'absent',
  'unpredicted',
  'revised',
  'overflowed',
  'missed',
  'suspected-restart',
  'restarted',
]);

export function EventLog({ events }: { readonly events: readonly LiveEvent[] }) {
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const kinds = [...new Set(events.map(({ event }) => event))].sort();
  const shown = events
    .filter(({ event }) => kind === '' || (kind === '!' ? TROUBLE.has(event) : event === kind))
    .map((event) => ({ ...event, words: wordsOf(event.data) }))
    .filter(({ event, words }) => `${event} ${words}`.toLowerCase().includes(text.toLowerCase()))
    .toReversed();
  const controls = (
    <>
      <select
        aria-label="Events of one kind"
        value={kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value)}
      >
        <option value="">all</option>
        <option value="!">what went wrong</option>
        {kinds.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="search"
        placeholder="find"
        aria-label="Find events"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </>
  );
  return (
    <Part id="log" title="Log" beside={controls}>
      <div class="scroll tall">
        <table class="log">
          <thead class="hidden">
            <tr>
              <th scope="col">time</th>
              <th scope="col">event</th>
              <th scope="col">what</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ number, time, event, words }) => (
              <tr key={number} class={TROUBLE.has(event) ? 'warn' : ''}>
                <td>
                  <When time={time} />
                </td>
                <th scope="row">{event}</th>
                <td>{words}</td>
              </tr>
            ))}
            {shown.length === 0 && (
              <tr>
                <td colSpan={3} class="soft">
                  no event like this among the last {events.length}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

/** `instrument BTCUSDT, cause closed`: as it was told; what is nested as JSON. */
function wordsOf(data: LiveEvent['data']): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
