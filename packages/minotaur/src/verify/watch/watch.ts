/**
 * Watches code for anything that it asks of the world outside: a piece of synchronous work while it runs, or modules while
 * they load. A function that a module took while it was watched stays watched: when it is called during work, that is seen.
 */
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { WATCHED, type Host, type Watched } from './watched.ts';

/** Something that was asked for. */
export interface Question {
  /** As a person writes it: `Date.now`, `fs.readFileSync table.csv`. */
  readonly what: string;
  /** The file whose contents it reads, as a path; undefined where it does not. */
  readonly file?: string;
  /** Whether the function was taken while modules were watched that were loading. */
  readonly captured: boolean;
}

export type Tell = (question: Question) => void;

/** Who is told of questions: set for the length of a call to {@link watchWork}, or of loading, and put back after it. */
let told: Tell | undefined;

/** From now on `tell` hears of every question; gives who did before. */
export function listen(tell: Tell | undefined): Tell | undefined {
  const before = told;
  told = tell;
  return before;
}

/** What was called in place of the function that is being asked for: whoever asks called it. */
let called: Function | undefined;

/** Says a question, but for those that are asked in order to say it. */
function say(question: Question, instead: Function): void {
  const tell = listen(undefined);
  called = instead;
  tell?.(question);
  listen(tell);
}

/** Does `work` and says the first thing it asked for, with the place in the code, or nothing. */
export function watchWork(work: () => void): string | undefined {
  let asked: string | undefined;
  const note = ({ what, captured }: Question): void => {
    asked ??= `${what}${captured ? ', captured while the module loaded' : ''}, ${placeOf(callers()) ?? 'somewhere'}`;
  };
  const undo = layWatch(WATCHED, false);
  const before = listen(note);
  try {
    work();
  } finally {
    listen(before);
    undo();
  }
  return asked;
}

/** What `take` takes out of its place, as a module takes it that loads under the watch. */
export function takenUnderWatch<T>(take: () => T): T {
  const undo = layWatch(WATCHED, true);
  try {
    return take();
  } finally {
    undo();
  }
}

/** Puts a watched function in the place of each of `all`, of dates and of the environment; what is returned puts them back. */
export function layWatch(all: readonly Watched[], captured: boolean): () => void {
  const undo = [watchDate(captured), watchEnvironment(captured)];
  for (const watched of all) for (const name of watched.names) undo.push(replace(watched, name, captured));
  syncBuiltinESMExports();
  return () => {
    for (const step of undo.toReversed()) step();
    syncBuiltinESMExports();
  };
}

function replace(watched: Watched, name: string, captured: boolean): () => void {
  const host = watched.host as Host;
  const own = Object.getOwnPropertyDescriptor(host, name);
  if (own?.configurable === false) return () => {};
  if (own?.get !== undefined) {
    const { get } = own;
    // Called when it is asked for and no sooner: some of them load what they give.
    const watch = function (this: unknown): unknown {
      const value: unknown = Reflect.apply(get, this, []);
      return typeof value === 'function' ? watchedFunction(value, watched, name, captured) : value;
    };
    Object.defineProperty(host, name, { ...own, get: watch });
  } else {
    const original = host[name];
    if (typeof original !== 'function') return () => {};
    const value = watchedFunction(original, watched, name, captured);
    Object.defineProperty(host, name, { configurable: true, writable: true, value });
  }
  return () => {
    if (own === undefined) delete host[name];
    else Object.defineProperty(host, name, own);
  };
}

/** The function itself, statics and prototype included, that says when it is called. */
function watchedFunction(original: Function, watched: Watched, name: string, captured: boolean): Function {
  const handler: Required<Pick<ProxyHandler<Function>, 'apply' | 'construct'>> = {
    apply(target, self, args: unknown[]) {
      say(questionOf(watched, name, args, captured), handler.apply);
      return Reflect.apply(target, self, args) as unknown;
    },
    construct(target, args: unknown[], self) {
      say(questionOf(watched, name, args, captured), handler.construct);
      return Reflect.construct(target, args, self) as object;
    },
  };
  return new Proxy(original, handler);
}

function questionOf(
  { owner, named, reads }: Watched,
  name: string,
  [first]: readonly unknown[],
  captured: boolean,
): Question {
  const text = typeof first === 'string' || first instanceof URL ? String(first) : '';
  const what = `${owner === 'global' ? '' : `${owner}.`}${name}${named && text !== '' ? ` ${text}` : ''}`;
  if (!reads || text === '') return { what, captured };
  return { what, captured, file: text.startsWith('file:') ? fileURLToPath(text) : text };
}

/** `new Date()` and `Date()` without arguments are clocks too. */
function watchDate(captured: boolean): () => void {
  const original = globalThis.Date;
  const handler: Required<Pick<ProxyHandler<DateConstructor>, 'apply' | 'construct'>> = {
    apply(target, self, args: []) {
      say({ what: 'Date()', captured }, handler.apply);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, self) {
      if (args.length === 0) say({ what: 'new Date()', captured }, handler.construct);
      return Reflect.construct(target, args, self) as Date;
    },
  };
  globalThis.Date = new Proxy(original, handler);
  return () => void (globalThis.Date = original);
}

function watchEnvironment(captured: boolean): () => void {
  const original = process.env;
  const handler: Required<Pick<ProxyHandler<NodeJS.ProcessEnv>, 'get'>> = {
    get(target, name) {
      if (typeof name === 'string') say({ what: `process.env.${name}`, captured }, handler.get);
      return Reflect.get(target, name) as string | undefined;
    },
  };
  process.env = new Proxy(original, handler);
  return () => void (process.env = original);
}

/** Frames of the stack of who asks, nearest first. */
export function callers(): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const traced: { stack?: string } = {};
  Error.captureStackTrace(traced, called);
  Error.stackTraceLimit = limit;
  const [, ...frames] = (traced.stack ?? '').split('\n');
  return frames.map((frame) => frame.trim());
}

/** The first of the frames that is not the runtime's own. */
export function placeOf(frames: readonly string[]): string | undefined {
  return frames.find((frame) => frame.includes('file:') || !/node:|<anonymous>\)?$|native/.test(frame));
}
