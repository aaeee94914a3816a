// The globals of core: what every JavaScript runtime has, browsers, workers and edge runtimes alike. Nothing else is
// declared, so the compiler refuses Node and the DOM in this package.

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(bytes?: Uint8Array): string;
}
declare const TextDecoder: { new (label?: string): TextDecoder };
