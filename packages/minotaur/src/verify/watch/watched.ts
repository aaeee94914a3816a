/** What a chain may not ask, and where its names are found: clocks, chance, files, locale, functions of `Math` whose bits are the engine's. */
import nodeCrypto from 'node:crypto';
import fs from 'node:fs';

export type Host = Record<string, unknown>;

export interface Watched {
  /** As a person writes it: `Math`, in `Math.log`. */
  readonly owner: string;
  readonly host: object;
  readonly names: readonly string[];
  /** The first argument says what is asked for: a path, an address. */
  readonly named?: boolean;
  /** It reads the contents of the file that the first argument names. */
  readonly reads?: boolean;
}

/** Functions that the standard leaves to the engine: their last bit differs between processors and versions of Node. */
function approximated(): string[] {
  const exact = /^(abs|ceil|clz32|f16round|floor|fround|imul|max|min|random|round|sign|sqrt|sumPrecise|trunc)$/;
  return Object.getOwnPropertyNames(Math).filter((name) => isFunction(Math, name) && !exact.test(name));
}

/** Methods of a date that read the machine's time zone or locale. */
function localTimeNames(): string[] {
  return Object.getOwnPropertyNames(Date.prototype).filter(
    (name) => /^(get|set)(?!UTC|Time$)/.test(name) || /^to(Locale|Date|Time|String)/.test(name),
  );
}

/** Of instances of `Intl`: what gives a text, an order or a choice. One may have been made before. */
const TOLD_BY_LOCALE = /^(compare|format|formatRange|formatRangeToParts|formatToParts|of|segment|select|selectRange)$/;

/** What `Intl` makes, and what the instances are asked. */
function locale(): Watched[] {
  const names = Object.getOwnPropertyNames(Intl).filter((name) => isFunction(Intl, name));
  const instances = names.flatMap((name): Watched[] => {
    const { prototype } = (Intl as unknown as Record<string, { prototype?: object }>)[name];
    const methods = Object.getOwnPropertyNames(prototype ?? {}).filter((method) => TOLD_BY_LOCALE.test(method));
    return prototype === undefined ? [] : [{ owner: `Intl.${name}`, host: prototype, names: methods }];
  });
  return [{ owner: 'Intl', host: Intl, names }, ...instances];
}

function isFunction(host: object, name: string): boolean {
  return typeof (host as Host)[name] === 'function';
}

const READING = ['readFile', 'open'];

/** All of it, as this runtime has it; a name that it lacks is left out when the watch is laid. */
export const WATCHED: readonly Watched[] = [
  { owner: 'Date', host: Date, names: ['now'] },
  { owner: 'Date', host: Date.prototype, names: localTimeNames() },
  { owner: 'Math', host: Math, names: ['random', ...approximated()] },
  { owner: 'performance', host: performance, names: ['now', 'mark', 'measure'] },
  { owner: 'process', host: process, names: ['hrtime', 'cwd', 'uptime', 'memoryUsage', 'cpuUsage'] },
  { owner: 'process.hrtime', host: process.hrtime, names: ['bigint'] },
  { owner: 'crypto', host: crypto, names: ['getRandomValues', 'randomUUID'] },
  {
    owner: 'crypto',
    host: nodeCrypto,
    names: ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID'],
  },
  { owner: 'global', host: globalThis, names: ['setTimeout', 'setInterval', 'queueMicrotask'] },
  { owner: 'global', host: globalThis, names: ['fetch'], named: true },
  {
    owner: 'fs',
    host: fs,
    names: ['readFileSync', 'openSync', ...READING, 'createReadStream'],
    named: true,
    reads: true,
  },
  { owner: 'fs.promises', host: fs.promises, names: READING, named: true, reads: true },
  {
    owner: 'fs',
    host: fs,
    names: ['existsSync', 'statSync', 'readdirSync', 'writeFileSync', 'appendFileSync'],
    named: true,
  },
  { owner: 'fs', host: fs, names: ['readSync'] },
  { owner: 'fs.promises', host: fs.promises, names: ['stat', 'readdir', 'writeFile', 'appendFile'], named: true },
  ...locale(),
  { owner: 'Number', host: Number.prototype, names: ['toLocaleString'] },
  {
    owner: 'String',
    host: String.prototype,
    names: ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase'],
  },
];
