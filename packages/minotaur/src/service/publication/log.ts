/** Numbers what is published, in the order of all of it, and puts it where it belongs. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { framePrediction, headBar, headRow, type Framed, type HeldValues } from '../protocol/frame.ts';
import type { BarMessage, EventMessage, Message, RowMessage } from '../protocol/messages.ts';
import { comparePositions, positionText, type Position } from '../protocol/position.ts';
import type { Published, Recent } from './recent.ts';

/** Numbers what is published. */
export type Log = ReturnType<typeof createLog>;

export function createLog({ rows, predictions, bars, events }: Recent) {
  let [epoch, ordinal] = [0, 0];
  let sequence = 0;
  let bytes = 0;
  const entry = <M extends Message>({ message, frame }: Framed<M>, position: Position): Published<M> => {
    bytes += frame.length;
    return { sequence: sequence++, position, message, frame, bytes };
  };
  return {
    next: (): Position => ({ epoch, ordinal }),
    bytes: () => bytes,
    begin(next: Position): void {
      const newest = rows.at(rows.next - 1);
      if (newest !== undefined && comparePositions(newest.position, next) >= 0)
        fail('internal', 'publication', 'a position behind the newest row', positionText(next));
      ({ epoch, ordinal } = next);
    },
    row(held: HeldValues, row: Omit<RowMessage, 'epoch' | 'ordinal' | 'kind' | 'values'>): void {
      const position = { epoch, ordinal: ordinal++ };
      rows.push(entry(headRow(held, { kind: 'row', ...position, ...row }), position));
    },
    bar(held: HeldValues, bar: Omit<BarMessage, 'epoch' | 'kind' | 'values'>, clock: number): void {
      bars.get(bar.clock)?.push(entry(headBar(held, { kind: 'bar', epoch, ...bar }, clock), { epoch, ordinal }));
    },
    predictions(list: readonly Prediction[], arrival: number): void {
      list.forEach(({ refusal = '', ...prediction }, i) => {
        const position = { epoch, ordinal: ordinal - list.length + i };
        const message = { kind: 'prediction', ...position, arrival, ...prediction, refusal } as const;
        predictions.push(entry(framePrediction(message), position));
      });
    },
    event(message: EventMessage): void {
      events.push({ sequence: sequence++, position: { epoch, ordinal }, message, frame: undefined, bytes });
    },
  };
}
