/**
 * Alarms, posted to an address of the user's: one after the other, each until it was taken or given up. Nobody waits for it, and
 * what it holds is bounded.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { networkWords } from '../../node/system-words.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { Alarm } from './alarms.ts';

/** Alarms that wait at most; then the oldest that nobody has tried to send is dropped. */
const QUEUE = 100;
/** Milliseconds that an answer may take. */
const TIMEOUT = 10_000;
/** Until the second try, then twice as long each time, at most the longest; so that an hour of silence is outlasted. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 300_000;
const TRIES = 20;

export interface WebhookOrder {
  readonly url: string;
  /** What messages are signed with; absent: they are not. */
  readonly secret?: string | undefined;
  /** Who speaks: the same in every message. */
  readonly sender: Readonly<Record<string, unknown>>;
  readonly around: Surroundings;
  /** One was taken, or will not be sent. */
  readonly onOutcome: (outcome: 'sent' | 'dropped' | 'failed', words: string) => void;
  readonly timeout?: number | undefined;
  readonly firstPause?: number | undefined;
}

export interface Webhook {
  send(alarm: Alarm): void;
  /** Takes no more; what waits is tried for so many milliseconds more. */
  close(milliseconds: number): Promise<void>;
}

export function createWebhook(order: WebhookOrder): Webhook {
  const { sender, around, onOutcome, firstPause = FIRST_PAUSE } = order;
  const queue: string[] = [];
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let wake = (): void => {};
  const sleep = async (milliseconds: number): Promise<void> => {
    if (closing.signal.aborted) return;
    let off = (): void => {};
    await new Promise<void>((resolve) => {
      wake = resolve;
      off = around.later(milliseconds, resolve);
    });
    off();
  };
  const deliver = async (body: string): Promise<void> => {
    let words = '';
    for (let attempt = 1, pause = firstPause; attempt <= TRIES && !closing.signal.aborted; attempt++) {
      words = await post(order, body, closing.signal);
      if (words === '') return onOutcome('sent', '');
      await sleep(pause);
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
    onOutcome('failed', words);
  };
  const run = async (): Promise<void> => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) await deliver(body);
    running = undefined;
  };
  return {
    send(alarm) {
      if (closing.signal.aborted) return;
      const time = new Date(around.wall() / 1000).toISOString();
      queue.push(JSON.stringify({ id: randomUUID(), time, ...sender, ...alarm }));
      if (queue.length > QUEUE) {
        queue.shift();
        onOutcome('dropped', `more than ${QUEUE} alarms wait`);
      }
      running ??= run();
    },
    async close(milliseconds) {
      const off = around.later(milliseconds, () => {
        closing.abort();
        wake();
      });
      await running;
      off();
      closing.abort();
    },
  };
}

/** Why it was not taken; empty where it was. Redirects are not followed: nobody said that another address may hear of it. */
async function post({ url, secret, around, timeout = TIMEOUT }: WebhookOrder, body: string, signal: AbortSignal) {
  const signature = secret === undefined ? {} : { 'minotaur-signature': signatureOf(secret, body) };
  const late = new AbortController();
  const off = around.later(timeout, () => late.abort());
  try {
    const response = await around.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, signal]),
    });
    await response.body?.cancel();
    return response.ok ? '' : `status ${response.status}`;
  } catch (error) {
    return late.signal.aborted ? `no answer for ${timeout} ms` : networkWords(error);
  } finally {
    off();
  }
}

/** As a receiver computes it from the bytes of the body. */
export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
