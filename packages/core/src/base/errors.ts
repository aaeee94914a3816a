/**
 * Errors that a person can act on: what was expected, what was found, and where.
 *
 * `kind` tells a caller whose mistake it is: `config` (the description of the chain), `input` (trades, bars, files),
 * `state` (a snapshot or data set that belongs to another chain), `internal` (ours).
 */
export type ErrorKind = 'config' | 'input' | 'state' | 'internal';

/** The parts of an error's message. */
export interface ErrorFacts {
  /** In words. */
  readonly expected: string;
  /** In words. */
  readonly found: string;
  /** File and line, configuration path, trade ordinal: whatever lets a reader go there. */
  readonly where: string;
}

/** Thrown for everything that a caller can put right. */
export class MinotaurError extends Error {
  /** Whose mistake it is. */
  readonly kind: ErrorKind;
  /** What the message says, part by part. */
  readonly facts: ErrorFacts;

  constructor(kind: ErrorKind, facts: ErrorFacts) {
    super(`${facts.where}: expected ${facts.expected}, found ${facts.found}`);
    this.name = 'MinotaurError';
    this.kind = kind;
    this.facts = facts;
  }
}

/** Throws a {@link MinotaurError}; typed `never` so that it can end an expression. */
export function fail(kind: ErrorKind, where: string, expected: string, found: string): never {
  throw new MinotaurError(kind, { where, expected, found });
}
