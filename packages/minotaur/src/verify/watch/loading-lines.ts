import type { Loading } from './loading.ts';

/** What a module asked while it loaded, a line each. */
export function loadingLines({ watched = true, inputs = [], asked = [] }: Partial<Loading>): string[] {
  return [
    ...(watched ? [] : ['the module had been loaded before: what it read or took then is not known']),
    ...inputs.map(
      ({ path, sha256, bytes }) =>
        `an input that nobody vouches for, read while loading: ${path}, ${bytes.toLocaleString('en')} bytes, sha256 ${sha256}`,
    ),
    ...asked.map((question) => `asked while loading: ${question}`),
  ];
}
