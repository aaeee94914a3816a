/** One line of JSON for each event, on standard error; what is secret does not come that far. */
import type { Logger } from 'pino';
import { loadOptional } from '../../node/optional.ts';

/** Where lines go. */
export interface LogTarget {
  write(line: string): void;
}

/** Fields that never are in the log, should an object with them be handed to it. */
const SECRET = ['authorization', 'token', 'cookie', '["sec-websocket-protocol"]'];
const REDACTED = [...SECRET, ...SECRET.map((name) => (name.startsWith('[') ? `*${name}` : `*.${name}`))];

/** @throws {MinotaurError} of kind `config` where pino is not installed */
export async function createLog(target: LogTarget = process.stderr): Promise<Logger> {
  const { pino } = await loadOptional('pino', () => import('pino'), { where: 'the service', what: 'logs' });
  const redact = { paths: [...REDACTED, 'headers.authorization', 'req.headers.authorization'], censor: '(secret)' };
  return pino({ base: null, redact, timestamp: pino.stdTimeFunctions.isoTime }, target);
}
