/** What came of it: figures, the chart, the newest rows, and what can be taken home. */
import { useState } from 'preact/hooks';
import { count, figure } from '../../parts/numbers.ts';
import { Facts } from '../../parts/facts.tsx';
import { Table } from '../../parts/table.tsx';
import { Tiles } from '../../parts/tiles.tsx';
import { Viewer } from '../view/viewer.tsx';
import type { Doing, Work } from './work.ts';

type Built = NonNullable<Work['built']>;

export function Outcome({ built, rows }: { readonly built: Built } & Pick<Doing, 'rows'>) {
  const { scene, digest, schemaId, trades, newest, seconds, serial, source } = built;
  return (
    <>
      <Tiles
        of={[
          [count(built.rows), `rows of ${count(scene.features.length)} features`],
          [count(built.readyRows), 'of them ready'],
          [count(trades), 'trades used'],
          [count(Number((trades / seconds).toPrecision(2))), `trades a second, in ${figure(seconds)} s`],
        ]}
      />
      <Facts
        id="identity"
        of={[
          [
            'digest',
            <code key="digest" id="digest">
              {digest}
            </code>,
          ],
          ['schema', <code key="schema">{schemaId}</code>],
        ]}
      />
      <p class="soft small">
        The digest is of every bit of all rows. <code>npx minotaur build</code> on the same file with the configuration
        below gives the same.
      </p>
      <Viewer key={serial} scene={scene} source={source} />
      <h2>The newest rows</h2>
      <div class="rows">
        <Table class="figures" head={newest.head} rows={newest.rows} />
      </div>
      <Download rows={rows} />
    </>
  );
}

function Download({ rows }: Pick<Doing, 'rows'>) {
  const [said, say] = useState('');
  const save = async (): Promise<void> => {
    const blob = await rows();
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    Object.assign(link, { href: url, download: 'rows.csv' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    say(`${figure(blob.size / 1e6)} MB`);
  };
  return (
    <p class="controls">
      <button
        type="button"
        id="download"
        onClick={() => void save().catch((error: unknown) => say((error as Error).message))}
      >
        Download rows as CSV
      </button>
      <span role="status" class="small">
        {said}
      </span>
    </p>
  );
}
