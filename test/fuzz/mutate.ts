/** Inputs from inputs: what is flipped, cut, repeated, spliced, or said otherwise. */
import type { Uniform } from '../../packages/core/src/base/random.ts';

/** What is put in: numbers at their bounds, what JSON and HTTP mean something by, what objects have by themselves. */
const WORDS: readonly string[] = [
  '\u0000',
  '\u001b[2J',
  '\r\n',
  ...'0 -0 -1 NaN null true 1e400 1e-400 0.1e1 9007199254740993 18446744073709551616 99999999999999999999 "-0.5" "" "0" [] {} [[[[ {"a": __proto__ constructor toString \\u0000 \\ud800 " \\ , : } ] 1723161255342 2024-08-08T00:00:00Z %00 %2e%2e%2f % & = * ? 0:0 -1:0 1:1e308 latest rows ../..'.split(
    ' ',
  ),
];

const whole = (uniform: Uniform, below: number): number => Math.floor(below * uniform());
const piece = (bytes: Buffer, uniform: Uniform): Buffer => {
  const from = whole(uniform, bytes.length);
  return bytes.subarray(from, from + 1 + whole(uniform, 1 + Math.min(64, bytes.length - from)));
};

type Mutation = (bytes: Buffer, uniform: Uniform, other: Buffer) => Buffer;

const put = (bytes: Buffer, at: number, cut: number, what: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(Math.min(bytes.length, at + cut))]);

/** A number or text of JSON, or a word, in place of another. */
function reword(bytes: Buffer, uniform: Uniform): Buffer {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(/"[^"]*"|-?[\d.]+|true|false|null/g)];
  if (found.length === 0) return bytes;
  const { index, 0: old } = found[whole(uniform, found.length)];
  const word = WORDS[whole(uniform, WORDS.length)];
  return put(bytes, index, old.length, Buffer.from(word, 'latin1'));
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, uniform) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[whole(uniform, copy.length)] ^= 1 << whole(uniform, 8);
    return copy;
  },
  (bytes, uniform) => put(bytes, whole(uniform, bytes.length), whole(uniform, 16), Buffer.alloc(0)),
  (bytes, uniform) => put(bytes, whole(uniform, bytes.length + 1), 0, piece(bytes, uniform)),
  (bytes, uniform) => {
    const word = WORDS[whole(uniform, WORDS.length)];
    return put(bytes, whole(uniform, bytes.length + 1), whole(uniform, 3), Buffer.from(word, 'latin1'));
  },
  reword,
  reword,
  (bytes, uniform, other) => put(bytes, whole(uniform, bytes.length), whole(uniform, 64), piece(other, uniform)),
  (bytes, uniform) => bytes.subarray(0, whole(uniform, bytes.length + 1)),
  (bytes, uniform) => {
    const part = piece(bytes, uniform);
    return put(bytes, whole(uniform, bytes.length + 1), 0, Buffer.concat(Array.from({ length: 20 }, () => part)));
  },
];

/** Bytes of the longest input that is made. */
const LONGEST = 64 * 1024;

export function mutate(bytes: Buffer, uniform: Uniform, other: Buffer): Buffer {
  let made = bytes;
  for (let times = 1 + whole(uniform, 4); times > 0; times--)
    made = MUTATIONS[whole(uniform, MUTATIONS.length)](made, uniform, other);
  return made.subarray(0, LONGEST);
}
