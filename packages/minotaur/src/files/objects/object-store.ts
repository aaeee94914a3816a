/** Objects of a store with the S3 interface: `s3://BUCKET/KEY`. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { globMatcher } from 'minotaur-core/internal/base/glob';
import { loadOptional } from '../../node/optional.ts';
import { askedChunks, asking, readPart } from './object-bytes.ts';

/** A file in a place, and what tells whether it is still the same one. */
export interface PlacedFile {
  readonly path: string;
  readonly bytes: number;
  /** Changes with its content: an object's ETag, or size and time of the last change of a file. */
  readonly tag: string;
}

/** A store that was opened. Every method fails with a {@link MinotaurError} that names the object where the store does not do it. */
export interface ObjectStore {
  /** What a name or pattern names, by key; `*` and `?` are known, and stand for no `/`. */
  list(pattern: string): Promise<PlacedFile[]>;
  /** A text; undefined where there is none. */
  read(url: string): Promise<string | undefined>;
  /** Writes an object to `file`. */
  download(url: string, file: string): Promise<void>;
  /** The object of that very name. */
  stat(url: string): Promise<PlacedFile>;
  /** The bytes of an object as they come. */
  stream(url: string): Promise<AsyncIterable<Uint8Array>>;
  /** Writes the file to an object, which is there whole or not at all. */
  upload(file: string, url: string): Promise<void>;
  /** Writes a text to an object. */
  write(url: string, text: string): Promise<void>;
  close(): void;
}

const PACKAGE = '@aws-sdk/client-s3';
const SCHEME = 's3://';
/** Above it a file goes in parts: a store takes 5 GiB at once, and 10,000 parts at most. */
const PART_BYTES = 1 << 26;
const MOST_PARTS = 10_000;

/** Whether a name is that of an object. */
export const isObject = (name: string): boolean => name.startsWith(SCHEME);

/**
 * Opens the store that the environment names, as every tool for S3 does: `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` (absent:
 * Amazon's), `AWS_REGION`, and credentials from the environment, the profile or the machine's role.
 * @throws {MinotaurError} where the optional package is not installed
 */
export async function openObjectStore(where: string): Promise<ObjectStore> {
  const sdk = await loadOptional(PACKAGE, () => import('@aws-sdk/client-s3'), {
    where,
    what: 'reads and writes s3://',
  });
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  const client = new sdk.S3Client({
    // Whoever runs a store of their own rarely has a host name for each bucket.
    forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
    // Stores that are older than these checksums refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const get = async (url: string): Promise<Readable> => {
    const { Body } = await client.send(new sdk.GetObjectCommand(placeOf(url)));
    return Body as Readable;
  };
  const put = (url: string, Body: string | Readable, ContentLength: number) =>
    client.send(new sdk.PutObjectCommand({ ...placeOf(url), Body, ContentLength }));
  return {
    list: (pattern) => asking(pattern, () => listObjects({ sdk, client }, pattern)),
    read: (url) =>
      asking(url, async () => {
        const { Body } = await client.send(new sdk.GetObjectCommand(placeOf(url)));
        return Body?.transformToString();
      }).catch((error: unknown) => (isAbsent(error) ? undefined : Promise.reject(error as Error))),
    download: (url, file) => asking(url, async () => pipeline(await get(url), createWriteStream(file))),
    stat: (url) =>
      asking(url, async () => {
        const { ContentLength: bytes = 0, ETag: tag = '' } = await client.send(new sdk.HeadObjectCommand(placeOf(url)));
        return { path: url, bytes, tag };
      }),
    stream: (url) => asking(url, async () => askedChunks(url, await get(url))),
    upload: (file, url) =>
      asking(url, async () => {
        const { size } = await stat(file);
        if (size > PART_BYTES) await uploadParts({ sdk, client }, file, url, size);
        else await put(url, createReadStream(file), size);
      }),
    write: (url, text) => asking(url, async () => void (await put(url, text, Buffer.byteLength(text)))),
    close: () => client.destroy(),
  };
}

interface Opened {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: import('@aws-sdk/client-s3').S3Client;
}

async function listObjects({ sdk, client }: Opened, pattern: string): Promise<PlacedFile[]> {
  const { Bucket, Key } = placeOf(pattern);
  const wild = Key.search(/[*?]/);
  const Prefix = wild < 0 ? Key : Key.slice(0, wild);
  const segments = Key.split('/').map(globMatcher);
  const found: PlacedFile[] = [];
  for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key: key = '', Size: bytes = 0, ETag: tag = '' } of Contents) {
      const parts = key.split('/');
      if (parts.length === segments.length && parts.every((part, i) => segments[i](part)))
        found.push({ path: `${SCHEME}${Bucket}/${key}`, bytes, tag });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** In parts, of which at most one is in memory; what was not completed is taken back. */
async function uploadParts({ sdk, client }: Opened, file: string, url: string, bytes: number): Promise<void> {
  const place = placeOf(url);
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(place));
  const size = Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS));
  const handle = await open(file);
  try {
    const Parts = [];
    for (let from = 0, PartNumber = 1; from < bytes; from += size, PartNumber++) {
      const Body = await readPart(handle, file, from, Math.min(size, bytes - from));
      const { ETag } = await client.send(new sdk.UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
      Parts.push({ ETag, PartNumber });
    }
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    await client.send(new sdk.AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

function placeOf(url: string): { Bucket: string; Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (Bucket === undefined) fail('config', url, 's3://BUCKET/KEY', 'no key');
  return { Bucket, Key };
}

const isAbsent = (error: unknown): boolean =>
  error instanceof MinotaurError && /^(NoSuchKey|NotFound)\b/.test(error.facts.found);
