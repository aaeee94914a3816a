/** What ends a command from outside: a signal, or a reader of its output that has gone. */
import { setTimeout } from 'node:timers/promises';

/** How the process ends: as the shell has it of a command that such a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
const CLOSED_PIPE = 141;

export interface Interruption {
  /** Aborted once something has ended the command: the run puts away what is half-written, and rejects. */
  readonly signal: AbortSignal;
  /** The exit code; undefined where nothing has ended the command. */
  code(): number | undefined;
  /** In one line; undefined where nobody would read it. */
  words(): string | undefined;
  /** What a signal ends as it should end, a service, has ended so: to those who run it that is no failure. */
  settled(): void;
}

/** Of this process, as its signals and its output are: listened to from the first call on. */
let ofProcess: Interruption | undefined;

export function interruption(): Interruption {
  return (ofProcess ??= listen());
}

function listen(): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  let code: number | undefined;
  let words: string | undefined;
  const end = (byCode: number, inWords?: string): void => {
    // Asked twice: at once, whatever is left behind.
    if (signal.aborted) process.exit(byCode);
    code = byCode;
    words = inWords;
    controller.abort();
  };
  for (const [name, byCode] of Object.entries(SIGNALS)) {
    process.on(name, () => end(byCode, `minotaur: ended by ${name}`));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!signal.aborted) end(CLOSED_PIPE);
    });
  }
  return {
    signal,
    code: () => code,
    words: () => words,
    settled() {
      if (code !== CLOSED_PIPE) code = words = undefined;
    },
  };
}

/** An error of a stream comes a turn later than what was written to it. */
export async function settleOutput(): Promise<void> {
  await setTimeout(0);
}
