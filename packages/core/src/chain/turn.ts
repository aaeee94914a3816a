/**
 * One event after the other. While a sink is told of what an event or a block came to, the state is between two events nowhere: a
 * trade that is pushed from there would enter in the middle of another, and a snapshot would lack what the block has still to
 * give. Where a sink throws, what it was told of is used in part, and what would follow is nothing that history has. So it is where an
 * operator throws: what stands before it has taken the row, and would take it again. What is refused at a door has touched nothing.
 */
import { fail, MinotaurError } from '../base/errors.ts';
import type { EngineSinks } from './contract.ts';

export interface Turn {
  /** The sinks, whose throwing is remembered. */
  readonly sinks: EngineSinks;
  /** A call begins. @throws {MinotaurError} of kind `state` where another is not over, and where a sink has thrown */
  begin(call: string): void;
  /** It is over. */
  end(): void;
  /** Hands on what ended it; where that is no refusal, nothing may follow. */
  failed(error: unknown): never;
  /** `call` as a turn of its own. */
  of<A extends readonly unknown[], R>(name: string, call: (...of: A) => R): (...of: A) => R;
}

/** The turns of an engine that tells `sinks`. */
export function createTurn(sinks: EngineSinks): Turn {
  let running = '';
  let thrown: string | undefined;
  const begin = (call: string): void => {
    if (thrown !== undefined)
      fail('state', call, 'an engine in which nothing was thrown: restore its last snapshot in another', thrown);
    if (running !== '') fail('state', call, 'a call between two events', `one from within a sink, during ${running}`);
    running = call;
  };
  const end = (): void => {
    running = '';
  };
  const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const failed = (error: unknown): never => {
    if (!(error instanceof MinotaurError) || error.kind === 'internal') thrown ??= `${running} threw: ${textOf(error)}`;
    throw error;
  };
  const watched = <A, B>(name: string, sink: ((a: A, b: B) => void) | undefined) =>
    sink &&
    ((a: A, b: B): void => {
      try {
        sink.call(sinks, a, b);
      } catch (error) {
        thrown = `${name} threw: ${textOf(error)}`;
        throw error;
      }
    });
  const { onRows, onBars, onHole, onNotice } = sinks;
  return {
    sinks: {
      onRows: watched('onRows', onRows),
      onBars: watched('onBars', onBars),
      onHole: watched('onHole', onHole),
      onNotice: watched('onNotice', onNotice),
    } as EngineSinks,
    begin,
    end,
    failed,
    of:
      (name, call) =>
      (...given) => {
        begin(name);
        try {
          return call(...given);
        } catch (error) {
          return failed(error);
        } finally {
          end();
        }
      },
  };
}
