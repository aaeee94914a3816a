/** What every server of ours says, and how an address is written. */

/** Of every answer: nothing is kept, guessed, framed, or handed to another site. */
export const ANSWER_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** This machine, as a URL has it. */
export const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** An address of IPv6 stands in brackets in a URL. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host.toLowerCase());

/** Path and query of a request, at the first question mark. */
export function partsOf(url: string): readonly [path: string, query: URLSearchParams] {
  const at = url.indexOf('?');
  return at === -1 ? [url, new URLSearchParams()] : [url.slice(0, at), new URLSearchParams(url.slice(at + 1))];
}

/** What a query was expected to be, in words, where it names something else than `names`, or one of them twice; undefined: it is that. */
export function strangeIn(query: URLSearchParams, names: readonly string[]): string | undefined {
  const given = [...query.keys()];
  if (given.every((name, i) => names.includes(name) && given.indexOf(name) === i)) return undefined;
  return names.length === 0 ? 'expected no query' : `expected a query of nothing but ${names.join(', ')}, each once`;
}
