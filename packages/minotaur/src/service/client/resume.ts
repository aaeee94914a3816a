/** Where a stream stands: what came already is not handed on again, and nothing between is left out. */
import type { Hello, Message } from '../protocol/messages.ts';
import { comparePositions, parsePosition, positionAfter, positionText, type Position } from '../protocol/position.ts';

/** Remembers what came over all connections. */
export interface Progress {
  /** Whether a message is new; from then on it is not. */
  isNew(message: Message): boolean;
  /** A connection begins. */
  greeted(hello: Hello): void;
  /** Where the next connection has to begin; undefined before the first. */
  from(): string | undefined;
}

/** `asked`: what positions are remembered of. */
export function createProgress(asked: { readonly rows: boolean; readonly predictions: boolean }): Progress {
  /** The next of each kind that is due. */
  const due = new Map<string, Position>();
  let begin: Position | undefined;
  let predicts = false;
  let session = '';
  const advance = (key: string, position: Position): boolean => {
    const expected = due.get(key);
    if (expected !== undefined && comparePositions(position, expected) < 0) return false;
    due.set(key, positionAfter(position));
    return true;
  };
  return {
    isNew(message) {
      if (message.kind === 'event') return advance(`event ${session}`, { epoch: 0, ordinal: message.number });
      return advance(message.kind === 'bar' ? `bar ${message.clock}` : message.kind, message);
    },
    greeted(hello) {
      begin ??= parsePosition(hello.from);
      predicts = hello.artefact !== null;
      session = hello.session;
    },
    from() {
      const places = [
        ...(asked.rows ? [due.get('row') ?? begin] : []),
        // A service without a model predicts nothing, and nothing is waited for.
        ...(asked.predictions && predicts ? [due.get('prediction') ?? begin] : []),
      ].filter((place) => place !== undefined);
      const [least = begin] = places.sort(comparePositions);
      return least === undefined ? undefined : positionText(least);
    },
  };
}
