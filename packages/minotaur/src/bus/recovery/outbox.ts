/** Rows that are to be written, in order, one write at a time. */
import type { Outgoing, Write } from './contract.ts';

/** Bytes of one write, at most, its last message aside. */
const WRITE_BYTES = 1024 * 1024;

export interface Outbox {
  add(message: Outgoing): void;
  next(): Write | undefined;
  written(): void;
  /** Messages that have been added. */
  readonly added: number;
  /** Messages that the log has. */
  readonly done: number;
  /** Bytes that the log has not got. */
  readonly waiting: number;
}

export function createOutbox(): Outbox {
  let messages: Outgoing[] = [];
  /** Of these, from the first on, those that are being written. */
  let writing = 0;
  let done = 0;
  let waiting = 0;
  return {
    get added() {
      return done + messages.length;
    },
    get done() {
      return done;
    },
    get waiting() {
      return waiting;
    },
    add(message) {
      messages.push(message);
      waiting += message.value.length;
    },
    next() {
      if (writing > 0 || messages.length === 0) return undefined;
      for (let bytes = 0; writing < messages.length && bytes < WRITE_BYTES; writing++)
        bytes += messages[writing].value.length;
      return { messages: messages.slice(0, writing) };
    },
    written() {
      for (const { value } of messages.slice(0, writing)) waiting -= value.length;
      messages = messages.slice(writing);
      done += writing;
      writing = 0;
    },
  };
}
