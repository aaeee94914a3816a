/** Texts of messages: most are those of the message before, and making one takes as long as all else of a head. */

// A mark of byte order is a part of the text: a name without it is another.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Of these, so many are kept. */
const KNOWN_TEXTS = 8;

/** Those that came last. */
const known: { readonly bytes: Uint8Array; readonly text: string }[] = [];
let oldest = 0;

/** The text of bytes [from, to); one that came a short while ago is not made again. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  for (let k = 0; k < known.length; k++) if (isAt(known[k].bytes, bytes, from, to)) return known[k].text;
  const own = new Uint8Array(bytes.subarray(from, to));
  const text = decoder.decode(own);
  known[oldest] = { bytes: own, text };
  oldest = (oldest + 1) % KNOWN_TEXTS;
  return text;
}

function isAt(text: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text[i] !== bytes[from + i]) return false;
  return true;
}
