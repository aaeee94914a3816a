/**
 * Writes packages/minotaur/src/onnx/proto/onnx.gen.ts, the messages of an ONNX file, from what protoc-gen-es 2.17.0 (`target=ts`) made
 * of onnx.proto of the Python package onnx 1.23.2 without its comments:
 *
 *     protoc -I. --plugin=protoc-gen-es --es_out=. --es_opt=target=ts,import_extension=none onnx.proto
 *     node scripts/onnx-proto.ts onnx_pb.ts
 *
 * Node runs TypeScript whose types can be erased; enums cannot be, and become constants.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const HEAD = `/** Messages of an ONNX file; generated, see scripts/onnx-proto.ts. */\n`;
const made = readFileSync(process.argv[2], 'utf8');
const body = made
  .slice(made.indexOf('import '))
  .replaceAll(/^ *\/\*\*\n(?: *\*[^\n]*\n)+? *\*\/\n/gm, '')
  .replaceAll(/export enum (\w+) \{([^}]*)\}/g, (_, name: string, members: string) => {
    const values = members.replaceAll(/(\w+) = (\d+)/g, '$1: $2');
    return `export const ${name} = {${values}} as const;\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  });
writeFileSync(new URL('../packages/minotaur/src/onnx/proto/onnx.gen.ts', import.meta.url), HEAD + body);
