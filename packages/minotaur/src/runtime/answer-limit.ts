/** A model that does not answer holds up its own row, and that for seconds: not the rows behind it, nor the end of who serves them. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Model } from 'minotaur-core/internal/model/port';

/** So long a model has for a row. */
const SECONDS = 5;

/** Its message is the whole reason why a row has no prediction. */
function unanswered(): MinotaurError {
  const facts = { where: 'model', expected: `an answer within ${SECONDS} s`, found: 'none' };
  const message = `the model has not answered within ${SECONDS} s`;
  return Object.assign(new MinotaurError('state', facts), { message });
}

/**
 * The model as whoever serves rows asks it. An answer that comes later is not used, and until it has come, or the call has failed,
 * nothing is asked on top of it: rows are refused at once.
 */
export function withinLimit(model: Model): Model {
  let late = 0;
  let isClosed = false;
  return {
    reads: model.reads,
    predict: (input) =>
      new Promise((resolve, reject) => {
        if (late > 0) throw unanswered();
        const call = model.predict(input);
        let isLate = false;
        let turn: NodeJS.Immediate | undefined;
        const expire = (): void => {
          isLate = true;
          late++;
          reject(unanswered());
        };
        // An answer that came while this thread was busy, or the machine asleep, is heard in the rest of this turn: it is in time.
        const timer = setTimeout(() => (turn = setImmediate(expire)), SECONDS * 1000);
        const settle = (): void => {
          clearTimeout(timer);
          clearImmediate(turn);
          if (isLate && --late === 0 && isClosed) model.close().catch(() => {});
        };
        call.then(
          (probability) => {
            settle();
            resolve(probability);
          },
          () => {
            settle();
            resolve(call);
          },
        );
      }),
    close() {
      isClosed = true;
      // Not beneath a call that may still read it, nor is that waited for.
      return late > 0 ? Promise.resolve() : model.close();
    },
  };
}
