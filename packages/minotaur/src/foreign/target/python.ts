/** A function of the user's, in an interpreter of his that has loaded it once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from 'minotaur-core/internal/base/errors';
import { answerOf, failureOf, frameReader, requestOf, type Facts, type Frame } from './frames.ts';
import { findInterpreter } from './interpreter.ts';
import type { Answer, Asked, Failed, Seen, Target } from './target.ts';

/** What a function is given: a data frame of pandas or polars, a dict of arrays, a dict of lists, a list of dicts; `auto`: what its module has loaded. */
export type FrameKind = 'auto' | 'pandas' | 'polars' | 'numpy' | 'lists' | 'rows';

export interface PythonOptions {
  /** `features.py:make`. */
  readonly function: string;
  /** `freqtrade`: the file holds a strategy, whose indicators are asked about. */
  readonly kind?: 'function' | 'freqtrade' | undefined;
  readonly python?: string | undefined;
  readonly frame?: FrameKind | undefined;
  /** A new interpreter for every run. */
  readonly fresh?: boolean | undefined;
  /** Seconds that a run may take. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

const RUNNER = fileURLToPath(new URL('../../../python/minotaur_verify.py', import.meta.url));
/** Where nothing says what a function takes. */
const GUESSED =
  'it is given a dict of lists, for it has loaded neither pandas, polars nor numpy: --frame names something else';
/** Seconds that loading may take, imports and all. */
const LOADING = 300;

/** An interpreter that has loaded the code. */
interface Server {
  readonly facts: Facts;
  ask(asked: Asked): Promise<Answer | Failed>;
  end(): Promise<void>;
}

/**
 * Loads a function.
 * @throws {MinotaurError} where there is no Python, or the code cannot be loaded
 */
export async function openPython(options: PythonOptions): Promise<Target> {
  const python = await findInterpreter(options.python);
  const first = await startServer(python, options, '0');
  const { facts } = first;
  const canFork = facts['fork'] === true && options.fresh !== true;
  let hashSeed = 1;
  const alone = async (asked: Asked): Promise<Answer | Failed> => {
    const server = await startServer(python, { ...options, fresh: true }, String(asked.fresh ? hashSeed++ : 0));
    try {
      return await server.ask(asked);
    } finally {
      await server.end();
    }
  };
  return {
    name: options.function,
    ran: ranOf(facts, canFork),
    loading: [
      ...(facts['seen'] as readonly Seen[]),
      ...(facts['mentions'] as readonly string[]).map((what): Seen => ['clock named', what]),
    ],
    isWatched: true,
    ...(facts['frame'] === 'lists' && (options.frame ?? 'auto') === 'auto' && { guessed: GUESSED }),
    run: (asked) => (canFork && !asked.fresh ? first.ask(asked) : alone(asked)),
    close: () => first.end(),
  };
}

function ranOf(facts: Facts, canFork: boolean): [string, string][] {
  const { python, executable, file, frame, pandas, polars, numpy } = facts as Readonly<Record<string, string | null>>;
  const given = {
    pandas: 'a pandas data frame',
    polars: 'a polars data frame',
    numpy: 'a dict of numpy arrays',
    lists: 'a dict of lists',
    rows: 'a list of dicts',
  };
  const libraries = Object.entries({ pandas, polars, numpy }).flatMap(([name, version]) =>
    version === null ? [] : [`${name} ${version}`],
  );
  return [
    ['Python', `${executable}, ${[python, ...libraries].join(', ')}`],
    ['code', String(file)],
    ['is given', given[frame as keyof typeof given]],
    ...(facts['stubs'] as readonly string[]).map((what): [string, string] => ['stub', what]),
    [
      'runs',
      canFork
        ? 'each in a process that is forked off one that has loaded the code'
        : 'each in an interpreter of its own',
    ],
  ];
}

async function startServer(python: string, options: PythonOptions, hashSeed: string): Promise<Server> {
  const { function: target, kind = 'function', fresh = false, timeout } = options;
  const frame = options.frame ?? (kind === 'freqtrade' ? 'pandas' : 'auto');
  const said = JSON.stringify({ target, kind, frame, fresh });
  const child = spawn(python, [RUNNER, 'serve', said], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: { ...process.env, PYTHONHASHSEED: hashSeed, PYTHONDONTWRITEBYTECODE: '1', TZ: 'UTC' },
  });
  const stop = (): void => void ended(child);
  options.signal?.addEventListener('abort', stop);
  child.once('close', () => options.signal?.removeEventListener('abort', stop));
  const frames = framesOf(child);
  const hello = await frames.next(0, LOADING * 1000, 'loading');
  if (hello === undefined)
    return fail('input', target, 'code that can be loaded', `its interpreter ended: ${frames.said()}`);
  const { expected, found } = hello.facts as Readonly<Record<string, string | undefined>>;
  if (expected !== undefined) {
    child.stdin.end();
    fail('config', target, expected, found ?? 'none');
  }
  const why = failureOf(hello.facts);
  if (why !== undefined) {
    child.stdin.end();
    fail('input', basename(target), 'code that can be loaded', why);
  }
  let last = 0;
  return {
    facts: hello.facts,
    async ask(asked) {
      const id = ++last;
      for (const part of requestOf(asked, id, timeout)) child.stdin.write(part);
      const frameOrNone = await frames.next(id, (timeout + 30) * 1000, 'running');
      return frameOrNone === undefined ? { failed: `its interpreter ended: ${frames.said()}` } : answerOf(frameOrNone);
    },
    end: () => ended(child),
  };
}

interface Frames {
  /** The frame with this id, 0 being the first of all; undefined where the process ends before, or is ended for being late. */
  next(id: number, within: number, doing: string): Promise<Frame | undefined>;
  /** What the process wrote on stderr, or how it ended. */
  said(): string;
}

function framesOf(child: ChildProcess): Frames {
  const waiting = new Map<number, (frame: Frame | undefined) => void>();
  let text = '';
  let isOver = false;
  let how = '';
  const end = (): void => {
    isOver = true;
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
  };
  const take = frameReader((frame) => {
    const id = (frame.facts['id'] as number | undefined) ?? 0;
    waiting.get(id)?.(frame);
    waiting.delete(id);
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      how = (error as Error).message;
      child.kill('SIGKILL');
    }
  });
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2000)));
  // A process that has ended takes nothing more: what it left unsaid is told by `next`.
  child.stdin?.on('error', () => {});
  child.on('error', (error) => {
    how = error.message;
    end();
  });
  child.on('close', (code, signal) => {
    how ||= signal === null ? `with exit code ${code}` : `by ${signal}`;
    end();
  });
  return {
    next(id, within, doing) {
      return new Promise((resolve) => {
        if (isOver) return resolve(undefined);
        const late = setTimeout(() => {
          how = `${doing} took more than ${within / 1000} s`;
          child.kill('SIGKILL');
        }, within);
        waiting.set(id, (frame) => {
          clearTimeout(late);
          resolve(frame);
        });
      });
    },
    said() {
      const last = text.trim().split('\n').at(-1) ?? '';
      return last === '' ? how : last;
    },
  };
}

/** Ends a runner: it leaves when nothing more can be asked. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(late);
}
