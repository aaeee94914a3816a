/** Fills the places of a page where a reader picks a feature. */
import { render, type ComponentType } from 'preact';
import { placeId, type PageData } from '../parts/page-data.ts';
import { CurveExplorer } from './curve-explorer.tsx';
import { readData } from './data.ts';
import { DriftExplorer } from './drift-explorer.tsx';
import { LineageExplorer } from './lineage-explorer.tsx';

function fill<K extends keyof PageData>(of: K, Explorer: ComponentType<{ readonly data: PageData[K] }>): void {
  const place = document.getElementById(placeId(of));
  const data = readData(of);
  if (place !== null && data !== undefined) render(<Explorer data={data} />, place);
}

fill('lineage', LineageExplorer);
fill('curves', CurveExplorer);
fill('drift', DriftExplorer);
