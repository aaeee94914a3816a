/** The client of Kafka, loaded when it is used. */
import { readFileSync } from 'node:fs';
import type { BaseOptions } from '@platformatic/kafka';
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../../node/optional.ts';
import { passwordOf, type BusAddress, type BusSettings } from './address.ts';

export type KafkaClient = typeof import('@platformatic/kafka');

/** The client says >= 22.22, or >= 24.6. */
const LEAST_NODE: Readonly<Record<number, number>> = { 22: 22, 24: 6 };

/** @throws {MinotaurError} of kind `config` where it is not installed, or this Node is too old for it */
export async function loadKafka(): Promise<KafkaClient> {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 22 || major === 23 || minor < (LEAST_NODE[major] ?? 0))
    fail('config', 'kafka://', 'Node 22.22, 24.6 or newer, for @platformatic/kafka', `Node ${process.versions.node}`);
  const need = { where: 'kafka://', what: 'speaks to Kafka' };
  return loadOptional('@platformatic/kafka', () => import('@platformatic/kafka'), need);
}

/** What every connection is made with. It tries once: how often, and what then, is ours to say. */
export function connectionOptions(
  { brokers }: BusAddress,
  { tls, sasl }: BusSettings,
): BaseOptions & { readonly bootstrapBrokers: string[] } {
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  return {
    clientId: `minotaur-${process.pid}`,
    bootstrapBrokers: [...brokers],
    retries: 0,
    timeout: 5000,
    connectTimeout: 2000,
    metadataMaxAge: 60_000,
    ...(tls && {
      tls: { ca: read(tls.ca), cert: read(tls.cert), key: read(tls.key) },
      ...(tls.serverName !== undefined && { tlsServerName: tls.serverName }),
    }),
    ...(sasl && { sasl: { mechanism: sasl.mechanism, username: sasl.username, password: passwordOf(sasl) } }),
  };
}

/** Whether an error of the client, or one of those within it, is of this kind. */
export function isOf(error: unknown, ...kinds: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  const { apiId, errors, cause } = error as { apiId?: string; errors?: readonly unknown[]; cause?: unknown };
  if (apiId !== undefined && kinds.includes(apiId)) return true;
  return (errors ?? []).some((one) => isOf(one, ...kinds)) || (cause !== undefined && isOf(cause, ...kinds));
}

/** Certificates that are not believed, or are of another name. */
const CERTIFICATES = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether nobody answers because certificates do not agree. */
export function isOfCertificates(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errors, cause } = error as { code?: string; errors?: readonly unknown[]; cause?: unknown };
  return CERTIFICATES.has(code ?? '') || isOfCertificates(cause) || (errors ?? []).some(isOfCertificates);
}

/** The same as {@link wordsOf} where it is the end: brokers that want more of a client than they get say nothing. */
export function lastWordsOf(error: unknown): string {
  const words = wordsOf(error);
  return words === 'Connection closed' ? `${words} (as by brokers that want TLS, a certificate or a password)` : words;
}

/** What went wrong, in one line: the innermost errors say it. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errors, cause } = error as { errors?: readonly unknown[]; cause?: unknown };
  if (errors !== undefined && errors.length > 0) return [...new Set(errors.map(wordsOf))].join('; ');
  return cause instanceof Error ? wordsOf(cause) : error.message;
}
