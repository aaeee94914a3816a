/** `kafka://HOST:PORT/PREFIX`, and the file of settings beside it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseText } from '../../files/config-text.ts';
import { readText } from '../../files/read-text.ts';

/** Where a bus is. */
export interface BusAddress {
  /** `host:port`, one or several of the cluster's. */
  readonly brokers: readonly string[];
  /** What the names of its topics begin with. */
  readonly prefix: string;
}

const BROKER = /^(?:[A-Za-z0-9_.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const PREFIX = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;
const DEFAULT_PORT = 9092;
/** Default prefix. */
const NAME = 'minotaur';

/** Whether a connection may be tried to it: with another port the client fails where nobody hears of it. */
const isBroker = (text: string): boolean =>
  BROKER.test(text) && Number(/:(\d+)$/.exec(text.replace(/^\[.*\]/, ''))?.[1] ?? DEFAULT_PORT) <= 65_535;

/** @throws {MinotaurError} of kind `config` for what is none; names and passwords are not of it, and are not repeated */
export function parseBusAddress(text: string): BusAddress {
  const wrong = (): never =>
    fail('config', '--bus', 'kafka://HOST:PORT/NAME, hosts apart by commas', `'${redacted(text)}'`);
  const match = /^kafka:\/\/([^/]+)(?:\/([^/]*))?$/.exec(text);
  if (match === null) return wrong();
  const prefix = match[2] === undefined || match[2] === '' ? NAME : match[2];
  const brokers = match[1].split(',');
  if (!brokers.every(isBroker) || !PREFIX.test(prefix)) return wrong();
  return { brokers: brokers.map((broker) => (/:\d+$/.test(broker) ? broker : `${broker}:${DEFAULT_PORT}`)), prefix };
}

/** Without what stands before the last `@`: a name and a password, where others have them. */
const redacted = (text: string): string => text.replace(/^(kafka:\/*)?.*@/is, '$1***@');

const whole = (least: number) => z.int().min(least);

const SETTINGS = z.strictObject({
  tls: z
    .strictObject({ ca: z.string(), cert: z.string(), key: z.string(), serverName: z.string() })
    .partial()
    .optional(),
  sasl: z
    .strictObject({
      mechanism: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
      username: z.string(),
      passwordFile: z.string().optional(),
    })
    .optional(),
  topics: z
    .strictObject({
      partitions: whole(1).max(10_000).default(16),
      replicas: whole(1).max(9).default(3),
      minInSync: whole(1).max(9).default(2),
      /** Hours; 0: for ever. */
      retentionHours: z.number().min(0).default(168),
      maxMessageBytes: whole(65_536).default(16 * 1024 * 1024),
    })
    .refine(({ replicas, minInSync }) => minInSync <= replicas, {
      path: ['minInSync'],
      error: 'more than replicas: nothing could be written',
    })
    .prefault({}),
  sessionSeconds: z.number().min(1).max(300).default(10),
  snapshotSeconds: z.number().min(0.1).max(3600).default(10),
});

/** Settings of a bus, with every default filled in. */
export type BusSettings = z.infer<typeof SETTINGS>;

/**
 * Settings of a file, YAML or JSON; the defaults where there is none.
 * @throws {MinotaurError} of kind `config` that says which key
 */
export async function loadBusSettings(file: string | undefined): Promise<BusSettings> {
  const value: unknown =
    file === undefined ? {} : parseText(await readText(file, 'settings', 'settings of a bus'), file);
  const parsed = SETTINGS.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `${file ?? 'settings'}${issue.path.length > 0 ? `, ${issue.path.join('.')}` : ''}`;
  return fail('config', where, 'settings of a bus as docs/bus.md has them', issue.message);
}

/** The password of SASL: of its file, or of the environment. */
export function passwordOf({ passwordFile }: NonNullable<BusSettings['sasl']>): string {
  const password =
    passwordFile === undefined ? process.env.MINOTAUR_BUS_PASSWORD : readFileSync(passwordFile, 'utf8').trim();
  return password ?? fail('config', 'sasl', 'passwordFile, or MINOTAUR_BUS_PASSWORD in the environment', 'neither');
}
