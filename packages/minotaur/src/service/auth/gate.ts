/** Who comes in: by name of the host, by origin, by token. Nothing that a request says is put into an answer or a log. */
import type { IncomingHttpHeaders } from 'node:http';
import { fail } from 'minotaur-core/internal/base/errors';
import { LOOPBACK } from '../../node/http.ts';
import { TOKEN_PROTOCOL } from '../protocol/messages.ts';
import type { Role, TokenCheck } from './tokens.ts';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** Whether an address to listen at is reached from this machine alone. */
const isLoopback = (host: string): boolean => LOOPBACK_HOSTS.has(host);

/** Who was let in. */
interface Admitted {
  /** Of the token; `anyone` where none is asked for. */
  readonly name: string;
}

/** Why somebody was not. */
interface Refused {
  readonly status: 401 | 403 | 421;
  readonly message: string;
}

/** Decides on a request by its headers. */
export type Gate = (headers: IncomingHttpHeaders, needed: Role) => Admitted | Refused;

export interface GateOptions {
  /** Where the service listens. */
  readonly host: string;
  readonly scheme: 'http' | 'https';
  /** Absent: nobody is asked, which only a service of this machine alone may do. */
  readonly tokens: TokenCheck | undefined;
  /** Pages from elsewhere that may call, as `https://desk.example`. */
  readonly origins: readonly string[];
}

/** @throws {MinotaurError} of kind `config` for a service without tokens that others can reach */
export function createGate({ host, scheme, tokens, origins }: GateOptions): Gate {
  if (tokens === undefined && !isLoopback(host))
    fail('config', `host ${host}`, 'tokens, or a loopback address such as 127.0.0.1', 'no authentication');
  const allowed = new Set(origins);
  return (headers, needed) => {
    // A name that was made to point here would let pages of others in, by the browser of whoever looks at them.
    if (isLoopback(host) && !LOOPBACK.includes(nameOf(headers.host)))
      return { status: 421, message: 'expected a host of this machine' };
    const { origin } = headers;
    if (origin !== undefined && origin !== `${scheme}://${headers.host}` && !allowed.has(origin))
      return { status: 403, message: 'expected an origin that is allowed' };
    if (tokens === undefined) return { name: 'anyone' };
    const token = tokenOf(headers);
    const entry = token === undefined ? undefined : tokens(token);
    if (entry === undefined) return { status: 401, message: 'expected a token: Authorization: Bearer TOKEN' };
    if (needed === 'admin' && entry.role !== 'admin') return { status: 403, message: 'expected a token of role admin' };
    return { name: entry.name };
  };
}

const nameOf = (host = ''): string => (/^(.*?)(?::\d+)?$/.exec(host)?.[1] ?? '').toLowerCase();

/** Subprotocols as a client asks for them, in order. */
export const protocolsOf = (headers: IncomingHttpHeaders): readonly string[] =>
  (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '');
  if (bearer !== null) return bearer[1];
  const protocol = protocolsOf(headers).find((name) => name.startsWith(TOKEN_PROTOCOL));
  return protocol?.slice(TOKEN_PROTOCOL.length);
}
