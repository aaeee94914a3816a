/** The URL of a store, before a driver takes what it does not know for a host, a database or a file. */
import { fail } from 'minotaur-core/internal/base/errors';

/** How the URL of a store begins; a path is that of a socket. */
interface UrlForm {
  readonly begins: RegExp;
  /** In words. */
  readonly expected: string;
}

export const POSTGRES_URL: UrlForm = {
  begins: /^(?:postgres(?:ql)?:\/\/|socket:|\/)/i,
  expected: 'postgres:// or postgresql://, as postgres://USER@HOST:PORT/DATABASE',
};
export const REDIS_URL: UrlForm = {
  begins: /^(?:rediss?:\/\/|\/)/i,
  expected: 'redis://, or rediss:// over TLS, as redis://HOST:PORT',
};

/** Says nothing of the rest, which may hold a password. @throws {MinotaurError} of kind `config` where the URL is none of that store */
export function requireUrl(url: string, { begins, expected }: UrlForm): void {
  if (begins.test(url)) return;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0];
  fail('config', '--url', expected, scheme ?? 'a URL without a scheme');
}
