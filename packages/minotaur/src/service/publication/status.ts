/** How a service is, in words that a probe and a page can show. */

/** What a session is doing. */
export type ServiceState = 'bootstrapping' | 'live' | 'repairing' | 'halted' | 'stopped';

/** Codes of reasons that a service gives for not being ready; others may be added. */
export interface Reason {
  /** `bootstrapping`, `hole`, `lag`, `disk`, `warm-up`, `clock`, ... */
  readonly code: string;
  /** What is so, and since when or where. */
  readonly text: string;
}

/** State and reasons; each change is told once. */
export interface Condition {
  readonly state: ServiceState;
  /** In the order in which they came up; empty where the service is ready. */
  readonly reasons: readonly Reason[];
  /** Whether something changed. */
  setState(state: ServiceState): boolean;
  /** Sets the reason with this code, or takes it away. Whether there is one now that was not, or the other way round. */
  setReason(code: string, text: string | undefined): boolean;
}

export function createCondition(): Condition {
  let state: ServiceState = 'bootstrapping';
  const reasons = new Map([['bootstrapping', 'no row yet']]);
  return {
    get state() {
      return state;
    },
    get reasons() {
      return Array.from(reasons, ([code, text]) => ({ code, text }));
    },
    setState(to) {
      const changed = state !== to;
      state = to;
      return changed;
    },
    setReason(code, text) {
      const known = reasons.has(code);
      if (text === undefined) reasons.delete(code);
      else reasons.set(code, text);
      return known !== (text !== undefined);
    },
  };
}
