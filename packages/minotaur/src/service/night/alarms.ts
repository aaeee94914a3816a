/** What somebody has to be woken for: each is told once when it begins, and once when it is over. */

/** What may be wrong. */
type AlarmCode = 'hole' | 'disk' | 'shadow' | 'journal' | 'bus' | 'stopped';

/** One message. */
export interface Alarm {
  readonly event: AlarmCode | 'recovered';
  /** Of which alarm; of one that is over as well. */
  readonly code: AlarmCode;
  readonly text: string;
}

export interface Alarms {
  /** Tells it, unless it has been told in these words. */
  raise(code: AlarmCode, text: string): void;
  /** Tells that it is over, where it had been raised. */
  clear(code: AlarmCode, text: string): void;
}

export function createAlarms(tell: (alarm: Alarm) => void): Alarms {
  const raised = new Map<AlarmCode, string>();
  return {
    raise(code, text) {
      if (raised.get(code) === text) return;
      raised.set(code, text);
      tell({ event: code, code, text });
    },
    clear(code, text) {
      if (raised.delete(code)) tell({ event: 'recovered', code, text });
    },
  };
}
