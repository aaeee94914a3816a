/** A type that users see, apart from what it takes to serve. */

/** Files of a certificate. */
export interface TlsFiles {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}
