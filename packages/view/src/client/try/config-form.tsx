/** The configuration: all of it as text, and what is changed most in a form. */
import { useState } from 'preact/hooks';
import type { Doing } from './work.ts';

const KINDS = [
  ['dollar', 'quote units a bar'],
  ['volume', 'base units a bar'],
  ['tick', 'trades a bar'],
  ['time', 'a time, as 1min'],
] as const;

/** What is changed most. */
export function ChangeForms({ work: { found, built }, change }: Pick<Doing, 'work' | 'change'>) {
  return (
    <div class="forms">
      <FeatureForm clocks={built?.clocks ?? found?.clocks ?? []} change={change} />
      <BarsForm change={change} />
    </div>
  );
}

export function ConfigForm({ work: { config, found, busy }, edit, compute }: Pick<Doing, 'work' | 'edit' | 'compute'>) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        compute();
      }}
    >
      <label class="text">
        {found === undefined
          ? 'How it is read, in YAML: what the message says is missing. All keys are those of the command line.'
          : 'The whole configuration, in YAML, as the command line takes it'}
        <textarea
          id="config"
          spellcheck={false}
          rows={found === undefined ? 6 : 18}
          placeholder={'input:\n  columns: { time: 1, price: 2, quantity: 3 }'}
          value={config}
          onInput={(event) => edit(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) compute();
          }}
        />
      </label>
      <p class="controls">
        <button type="submit" id="compute" disabled={busy !== undefined}>
          {found === undefined ? 'Read it again' : 'Compute'}
        </button>
        {found !== undefined && <Copy text={config} />}
        <span class="soft small">Ctrl or ⌘ with Enter computes too.</span>
      </p>
    </form>
  );
}

function BarsForm({ change }: Pick<Doing, 'change'>) {
  const [bars, setBars] = useState<string>('dollar');
  const [size, setSize] = useState('');
  return (
    <form
      class="controls"
      onSubmit={(event) => {
        event.preventDefault();
        change({ kind: 'bars', bars, size });
      }}
    >
      <label>
        Bars{' '}
        <select id="bars-kind" value={bars} onChange={(event) => setBars(event.currentTarget.value)}>
          {KINDS.map(([kind]) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        of{' '}
        <input
          id="bars-size"
          required
          placeholder={KINDS.find(([kind]) => kind === bars)?.[1] ?? ''}
          value={size}
          onInput={(event) => setSize(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Set</button>
    </form>
  );
}

function FeatureForm({ clocks, change }: Pick<Doing, 'change'> & { readonly clocks: readonly string[] }) {
  const [clock, setClock] = useState('');
  const [expression, setExpression] = useState('');
  const of = clocks.includes(clock) ? clock : (clocks[0] ?? '');
  return (
    <form
      class="controls"
      onSubmit={(event) => {
        event.preventDefault();
        change({ kind: 'feature', clock: of, expression });
      }}
    >
      <label>
        Feature{' '}
        <input
          id="feature"
          class="code"
          required
          placeholder="rsi(close, 14)"
          spellcheck={false}
          value={expression}
          onInput={(event) => setExpression(event.currentTarget.value)}
        />
      </label>
      <label>
        of{' '}
        <select id="feature-clock" value={of} onChange={(event) => setClock(event.currentTarget.value)}>
          {clocks.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit">Add</button>
    </form>
  );
}

/** Where the browser has no clipboard for a page, the text is selected. */
function Copy({ text }: { readonly text: string }) {
  const [said, say] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say('copied');
    } catch {
      document.querySelector<HTMLTextAreaElement>('#config')?.select();
      say('selected: copy it by the keyboard');
    }
  };
  return (
    <>
      <button type="button" id="copy" onClick={() => void copy()}>
        Copy as configuration
      </button>
      <span role="status" class="small">
        {said}
      </span>
    </>
  );
}
