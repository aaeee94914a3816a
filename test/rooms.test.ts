/** A folder that is not in the list of rooms would escape the rules that are made from it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { packages } from '../scripts/docs/rooms.ts';

const folders = (path: string): string[] => {
  const place = new URL(`../packages/${path}/`, import.meta.url);
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
};

test('every folder of a package is a room, and every folder of a room with floors a floor', () => {
  assert.deepEqual(folders('.').sort(), packages.map((each) => each.package).sort());
  for (const { package: at, rooms } of packages) {
    const names = new Set(rooms.map(({ name }) => name));
    assert.deepEqual(
      folders(`${at}/src`).filter((name) => !names.has(name)),
      [],
      `packages/${at}/src`,
    );
    for (const { name: room, floors } of rooms.filter((one) => one.floors !== undefined)) {
      const listed = new Set((floors ?? []).map(({ name }) => name));
      assert.deepEqual(
        folders(`${at}/src/${room}`).filter((name) => !listed.has(name)),
        [],
        `${at}/${room}`,
      );
    }
  }
});

test('no room is listed twice', () => {
  for (const { rooms } of packages)
    for (const names of [rooms, ...rooms.map(({ floors }) => floors ?? [])].map((list) => list.map(({ name }) => name)))
      assert.equal(new Set(names).size, names.length, names.join());
});
