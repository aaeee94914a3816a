/** What is wrong, in the words of the core: where, what was expected, what was found. */
import { useEffect, useRef } from 'preact/hooks';
import type { Told } from '../../parts/try-data.ts';

export function Trouble({ where, expected, found }: Told) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [where, expected, found]);
  return (
    <div class="finding wrong" id="trouble" role="alert" ref={place}>
      {where !== '' && <b>{where}</b>}
      <dl class="facts">
        {expected !== '' && (
          <>
            <dt>expected</dt>
            <dd>{quoted(expected)}</dd>
          </>
        )}
        <dt>found</dt>
        <dd>{quoted(found)}</dd>
      </dl>
    </div>
  );
}

/** What stands between backticks is written as code. */
function quoted(text: string) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part));
}
