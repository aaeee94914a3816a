import { dataId, type PageData } from '../parts/page-data.ts';

/** What the page has embedded for a place; undefined where it has no such place. */
export function readData<K extends keyof PageData>(of: K): PageData[K] | undefined {
  const text = document.getElementById(dataId(of))?.textContent;
  return text === undefined || text === null ? undefined : (JSON.parse(text) as PageData[K]);
}
