/** Tokens: who may read, who may order. Their file has hashes alone; a token is shown once, when it is made. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from '../../node/system-words.ts';
import { writeWhole } from '../../files/atomic.ts';

/** Who reads, and who may also take snapshots and stop the service. */
export const ROLES = ['read', 'admin'] as const;

/** What a token allows; `admin` may read too. */
export type Role = (typeof ROLES)[number];

/** A token as it is kept. */
interface TokenEntry {
  /** Of whoever has it; stands in the log. */
  readonly name: string;
  readonly role: Role;
  /** Of the token, hexadecimal. */
  readonly sha256: string;
}

/** Says whose a token is; undefined for one that is not known. */
export type TokenCheck = (token: string) => TokenEntry | undefined;

const FORMAT = 1;
const PREFIX = 'mnt_';
const BYTES = 32;
const LONGEST = 256;
/** A file that was changed is read again after at most so long. */
const STALE_MS = 1000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Makes a token for `name` and keeps its hash in `file`, in place of the one that the name had.
 * @returns the token, which is nowhere else
 */
export function makeToken(file: string, name: string, role: Role): string {
  if (!/^[\w.-]{1,64}$/.test(name))
    fail('config', 'name of a token', 'letters, digits, `.`, `_`, `-`, at most 64', `'${name}'`);
  const token = PREFIX + randomBytes(BYTES).toString('base64url');
  const others = (existsSync(file) ? readTokens(file) : []).filter((entry) => entry.name !== name);
  const tokens = [...others, { name, role, sha256: hashOf(token).toString('hex') }];
  writeWhole(file, `${JSON.stringify({ format: FORMAT, tokens }, null, 2)}\n`);
  return token;
}

/** The tokens of a file, which is read again where it was changed, so that one can be taken back while the service runs. */
export function openTokens(file: string, now: () => number): TokenCheck {
  let [looked, changed] = [-Infinity, NaN];
  const read = () => readTokens(file).map((entry) => ({ ...entry, hash: Buffer.from(entry.sha256, 'hex') }));
  let entries = read();
  const look = (): void => {
    if (now() - looked < STALE_MS) return;
    looked = now();
    const { mtimeMs } = statSync(file);
    if (mtimeMs === changed) return;
    entries = read();
    changed = mtimeMs;
  };
  return (token) => {
    look();
    if (token.length > LONGEST) return undefined;
    const hash = hashOf(token);
    let found: TokenEntry | undefined;
    // All of them, whichever it is.
    for (const { hash: known, ...entry } of entries) if (timingSafeEqual(hash, known)) found = entry;
    return found;
  };
}

function readTokens(file: string): readonly TokenEntry[] {
  const expected = 'a file of tokens, as `minotaur token` writes it';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail('config', file, expected, systemWords(error));
  }
  const found = parsed(text) as { readonly format?: unknown; readonly tokens?: unknown } | undefined;
  if (found?.format !== FORMAT || !Array.isArray(found.tokens)) return fail('config', file, expected, 'something else');
  return found.tokens.map((entry: Partial<TokenEntry> | null, i) => {
    const { name, role, sha256 } = entry ?? {};
    if (typeof name === 'string' && role !== undefined && ROLES.includes(role) && /^[0-9a-f]{64}$/.test(sha256 ?? ''))
      return { name, role, sha256: sha256 as string };
    return fail('config', `${file} tokens[${i}]`, 'name, role and SHA-256 of a token', 'something else');
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
