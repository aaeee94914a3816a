/** Watches a piece of synchronous work for anything it asks of the world outside: clocks, chance, files, the locale, functions of `Math` whose bits are the engine's. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Host = Record<string, unknown>;

/** Where what can be asked for is found, and its names there. */
const WATCHED: readonly (readonly [string, object, readonly string[]])[] = [
  ['Date', Date, ['now']],
  ['Date', Date.prototype, localTimeNames()],
  ['Math', Math, ['random', ...approximated()]],
  ['performance', performance, ['now']],
  ['process', process, ['hrtime', 'cwd', 'uptime', 'memoryUsage', 'cpuUsage']],
  ['crypto', crypto, ['getRandomValues', 'randomUUID']],
  ['global', globalThis, ['fetch', 'setTimeout', 'setInterval', 'queueMicrotask']],
  ['fs', fs, ['readFileSync', 'openSync', 'readSync', 'existsSync', 'statSync', 'readdirSync', 'writeFileSync']],
  ['Intl', Intl, ['DateTimeFormat', 'NumberFormat', 'Collator']],
  ['Number', Number.prototype, ['toLocaleString']],
  ['String', String.prototype, ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase']],
];

/** Functions that the standard leaves to the engine: their last bit differs between processors and versions of Node. */
function approximated(): string[] {
  const exact = /^(abs|ceil|clz32|f16round|floor|fround|imul|max|min|random|round|sign|sqrt|sumPrecise|trunc)$/;
  return Object.getOwnPropertyNames(Math).filter(
    (name) => typeof (Math as unknown as Host)[name] === 'function' && !exact.test(name),
  );
}

/** Methods of a date that read the machine's time zone or locale. */
function localTimeNames(): string[] {
  return Object.getOwnPropertyNames(Date.prototype).filter(
    (name) => /^(get|set)(?!UTC|Time$)/.test(name) || /^to(Locale|Date|Time|String)/.test(name),
  );
}

/** Does `work` and says the first thing it asked for, with the place in the code, or nothing. */
export function watchWork(work: () => void): string | undefined {
  let asked: string | undefined;
  const note = (what: string): void => {
    asked ??= `${what}, ${placeOf(new Error('asked').stack ?? '')}`;
  };
  const undo = [watchDate(note)];
  for (const [owner, host, names] of WATCHED) {
    for (const name of names) undo.push(replace(host as Host, name, `${owner}.${name}`, note));
  }
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    for (const step of undo.toReversed()) step();
    syncBuiltinESMExports();
  }
  return asked;
}

function replace(host: Host, name: string, what: string, note: (what: string) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(host, name);
  const original = host[name];
  if (typeof original !== 'function') return () => {};
  const watched = function (this: unknown, ...args: unknown[]): unknown {
    note(what);
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(host, name, { configurable: true, writable: true, value: Object.assign(watched, original) });
  return () => {
    if (own === undefined) delete host[name];
    else Object.defineProperty(host, name, own);
  };
}

/** `new Date()` without arguments is a clock too. */
function watchDate(note: (what: string) => void): () => void {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    construct(target, args, self) {
      if (args.length === 0) note('new Date()');
      return Reflect.construct(target, args, self) as Date;
    },
  });
  return () => void (globalThis.Date = original);
}

/** The first frame of a stack that is not ours. */
function placeOf(stack: string): string {
  const frames = stack.split('\n').slice(1);
  return (frames.find((frame) => !/checks[\\/]guard\.[jt]s/.test(frame)) ?? 'somewhere').trim();
}
