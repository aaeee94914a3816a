/** `token`: lets somebody into a service. */
import { choice, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { makeToken, ROLES, type Role } from '../../service/auth/tokens.ts';

/** What `token` takes. */
export interface TokenOptions {
  /** Of whoever is to have it; the one that this name had is no longer good. */
  readonly name: string;
  /** `read`, or `admin`, who may also take snapshots and stop the service. */
  readonly role: string;
  /** Of the tokens of a service: hashes alone. */
  readonly file: string;
}

const TOKEN = optionsOf<TokenOptions>({ name: textual, role: choice<string>(ROLES), file: textual }, {});

/** What `token` did. */
export interface TokenReport {
  /** Of whoever is to have it. */
  readonly name: string;
  /** What it allows. */
  readonly role: Role;
  /** Where its hash is. */
  readonly file: string;
  /** The token, which is nowhere else. */
  readonly token: string;
}

/**
 * Makes a token and keeps its hash.
 * @throws {MinotaurError} for a name or a role that is none, or a file that cannot be written
 */
export function makeServiceToken(options: TokenOptions): TokenReport {
  requireKind('makeServiceToken', TOKEN, options);
  const { name, role, file } = options;
  const known = role as Role;
  return { name, role: known, file, token: makeToken(file, name, known) };
}
