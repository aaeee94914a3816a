/** Bar kinds that are broken on purpose, each in one way. */
import { barKind, reachSum, restartSum, type ThresholdKind } from '../../../packages/core/src/bars/kind.ts';

const sound = {
  name: 'broken',
  summary: 'A bar per so many base units, with a fault',
  source: 'none',
  closes: 'with',
  unit: 'base units traded',
  slots: 2,
  reach: (state, tape, from, to, threshold) => reachSum(state, tape.quantity, from, to, threshold),
  restart: restartSum,
} as const satisfies ThresholdKind;

/** Sums within the block alone: a block of one trade hardly ever closes a bar. */
const sumsTheBlock = barKind({
  ...sound,
  reach(_state, tape, from, to, threshold) {
    let sum = 0;
    for (let i = from; i < to; i++) if ((sum += tape.quantity[i]) >= threshold) return i;
    return to;
  },
});

let counted = 0;
/** Counts in a variable of the module, which all chains have in common and no snapshot holds. */
const countsBeside = barKind({
  ...sound,
  slots: 0,
  reach(_state, _tape, from, to, threshold) {
    for (let i = from; i < to; i++) if (++counted % Math.ceil(threshold) === 0) return i;
    return to;
  },
  restart: () => {},
});

/** Closes with the trade before a large one: it looks one trade ahead, where there is one. */
const looksAhead = barKind({
  ...sound,
  reach(state, tape, from, to, threshold) {
    for (let i = from; i < to; i++) {
      state[0] += tape.quantity[i] + (i + 1 < to ? tape.quantity[i + 1] : 0);
      if (state[0] >= threshold) return i;
    }
    return to;
  },
});

/** Carries what is too much over although it was told to reset. */
const alwaysCarries = barKind({ ...sound, restart: (state, threshold) => restartSum(state, threshold, true) });

/** Asks a clock. */
const asksAClock = barKind({
  ...sound,
  reach(state, tape, from, to, threshold) {
    return Date.now() > 0 ? reachSum(state, tape.quantity, from, to, threshold) : to;
  },
});

/** Stands still where it should say that no trade closes the bar. */
const standsStill = barKind({
  ...sound,
  reach: (state, tape, from, to, threshold) => {
    const at = reachSum(state, tape.quantity, from, to, threshold);
    return at === to ? from - 1 : at;
  },
});

/** Counts something that hardly ever comes. */
const neverCloses = barKind({ ...sound, reach: (_state, _tape, _from, to) => to });

/** Says nothing of where it comes from. */
const sourceless = barKind({ ...sound, source: '' });

/** All of them. */
export const brokenKinds = {
  sumsTheBlock,
  countsBeside,
  looksAhead,
  alwaysCarries,
  asksAClock,
  standsStill,
  neverCloses,
  sourceless,
};
