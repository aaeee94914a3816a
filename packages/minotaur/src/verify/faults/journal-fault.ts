/** A planted fault of a session that is recorded: of its recorder, of how it goes on after a kill, of how it fills a hole. */
import type { RecordedEngine } from 'minotaur-core/internal/live/recording';
import type { Recorder } from 'minotaur-core/internal/live/record';
import type { Plan } from 'minotaur-core/internal/chain/plan';

/** The parts of a service around a recorded chain. */
export interface Service {
  /** The recorder as the chain's events reach it. */
  readonly recorder: (inner: Recorder) => Recorder;
  /** Lets a chain go on where the journal in `directory` ends. */
  readonly goOn: (directory: string, plan: Plan, engine: RecordedEngine) => Promise<void>;
  /** Goes back to a state that was taken before a hole, to fill it. */
  readonly goBack: (directory: string, engine: RecordedEngine, state: Uint8Array) => void;
}

export interface JournalFault {
  /** Like the file, with dashes. */
  readonly name: string;
  /** The real mistake that it stands for. */
  readonly imitates: string;
  /** Whether the service is of several instruments, one of whose feeds is late. */
  readonly several?: boolean;
  /** Plants it into a sound service. */
  readonly plant: (sound: Service) => Service;
}

export function journalFault(spec: JournalFault): JournalFault {
  return spec;
}
