/** Asks for a token: kept for as long as the tab is open, never part of an address. */
import { useEffect, useRef } from 'preact/hooks';

export function TokenForm({ why, onToken }: { readonly why: string; readonly onToken: (token: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [why]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const token = field.current?.value.trim() ?? '';
    if (token !== '') onToken(token);
  };
  return (
    <form class="token card" onSubmit={submit}>
      <h2>This service asks for a token</h2>
      <p id="token-what" class="soft">
        One of role <code>read</code> will do: <code>minotaur token NAME --file tokens.json</code> makes it. It is kept
        until this tab is closed.
      </p>
      {why !== '' && (
        <p class="trouble" role="alert">
          {why}
        </p>
      )}
      <label>
        Token{' '}
        <input
          ref={field}
          type="password"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="token-what"
          required
        />
      </label>{' '}
      <button type="submit">Open</button>
    </form>
  );
}
