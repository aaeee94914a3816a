/** Where a page has its data from: a server, or the page itself. */
import {
  decodeWindow,
  type ChartWindow,
  type Distribution,
  type EmbeddedRun,
  type ViewScene,
  type WindowRequest,
} from '../../parts/view-data.ts';

export interface Source {
  /** What was asked, or where that is not to be had, what comes nearest: it says itself what it is. */
  window(request: WindowRequest): Promise<ChartWindow>;
  /** Of the feature of that index. */
  distribution(feature: number): Promise<Distribution>;
  /** Index of the first bar at or after a time, microseconds. */
  barAt(clock: string, time: number): Promise<number>;
}

export function sourceOf({ embedded }: ViewScene): Source {
  return embedded === undefined ? served() : inPage(embedded);
}

/** An answer of the server; what it says where it has none is the error's message. */
async function ask(path: string, query: Readonly<Record<string, string | number>>): Promise<Response> {
  const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const response = await fetch(`${path}?${new URLSearchParams(words).toString()}`);
  if (!response.ok) throw new Error(await response.text());
  return response;
}

function served(): Source {
  return {
    async window({ features, ...request }) {
      const response = await ask('window', { ...request, features: features.join() });
      return decodeWindow(await response.arrayBuffer());
    },
    distribution: async (feature) => (await ask('distribution', { feature })).json() as Promise<Distribution>,
    barAt: async (clock, time) => (await ask('bar', { clock, time })).json() as Promise<number>,
  };
}

function inPage({ windows: texts, distributions }: EmbeddedRun): Source {
  const windows = texts.map((text) => decodeWindow(bytesOf(text)));
  const whole = windows.at(-1) as ChartWindow;
  return {
    window: ({ from }) => Promise.resolve(windows.find((window) => window.from <= from) ?? whole),
    distribution: (feature) => Promise.resolve(distributions[feature] as Distribution),
    barAt(_, time) {
      for (const { from, size, columns } of windows) {
        const times = columns['time'] as Float64Array;
        const bucket = times.findIndex((known) => known >= time);
        if (bucket > 0 || from === 0) return Promise.resolve(from + size * Math.max(0, bucket));
      }
      return Promise.resolve(0);
    },
  };
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}
