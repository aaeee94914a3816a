/** Answers of many rows: as text they are written row by row, as the other end reads; as Arrow at once, and thus fewer of them. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { givingWay } from '../../node/giving-way.ts';
import { messageText } from '../protocol/messages.ts';
import { ARROW, arrowOf, type Table } from './arrow.ts';
import { RequestError } from './requests.ts';

/** Values of one answer, at most: 64 MB of text. */
const MOST_VALUES = 4_000_000;

/** Refuses what would be too much at once. */
export function requireFew(limit: number, columns: number): void {
  const most = Math.floor(MOST_VALUES / (columns + 8));
  if (limit > most) throw new RequestError(400, `limit: expected at most ${most} of so many columns`);
}

/** Answers with a table, in the form that was asked for; the header `minotaur-next` says where the next begins. */
export async function answerTable(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  table: Table & { readonly next: string },
): Promise<FastifyReply> {
  reply.header('Minotaur-Next', table.next);
  await givingWay();
  if (headers.accept?.includes(ARROW) === true) return reply.type(ARROW).send(Buffer.from(await arrowOf(table)));
  return reply.type('application/json; charset=utf-8').send(Readable.from(textOf(table), { objectMode: false }));
}

async function* textOf({ kind, messages, columns, next }: Table & { readonly next: string }): AsyncGenerator<string> {
  yield `{"columns":${JSON.stringify(columns)},"next":"${next}","${kind}s":[`;
  let separator = '';
  for (const message of messages) {
    const turn = givingWay();
    if (turn !== undefined) await turn;
    yield separator + messageText(message);
    separator = ',\n';
  }
  yield ']}';
}
