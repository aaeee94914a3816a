/** What a run left, to look at: bars and features in one chart, distributions, problems, warm-up. */
import view from 'client:view';
import { Banner } from '../parts/banner.tsx';
import { Place } from '../parts/place.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import type { ViewScene } from '../parts/view-data.ts';
import style from '../style/view.css';

export interface ViewProps {
  readonly title: string;
  readonly lead: string;
  readonly tiles: readonly Tile[];
  /** What is not shown and why, in sentences. */
  readonly leftOut: readonly string[];
  readonly scene: ViewScene;
  /** Cells of the table of clocks. */
  readonly warmup: readonly (readonly [clock: string, needed: string, because: string, when: string])[];
  /** What the table does not say, in sentences. */
  readonly warmupNotes: readonly string[];
}

export function renderViewPage({ title, lead, tiles, leftOut, scene, warmup, warmupNotes }: ViewProps): string {
  return renderPage({
    title,
    lead,
    style,
    scripts: [view],
    asks: scene.embedded === undefined,
    children: (
      <>
        <Tiles of={tiles} />
        {leftOut.length > 0 && <Banner kind="neutral" word="Not all is here" text={leftOut.join(' ')} />}
        <h2>Bars</h2>
        <Place of="view" value={scene} />
        <h2>Warm-up</h2>
        <Table class="warm-up" head={['clock', 'needed', 'because of', 'had it']} rows={warmup} />
        {warmupNotes.map((note) => (
          <p class="soft small">{note}</p>
        ))}
      </>
    ),
  });
}
