// The rules of the house. Rooms and their order are in scripts/rooms.json, from which docs/architecture.md has its tables:
// within a package each room, and within a room each floor, may import only those above it. Tests may import anything.
const packages = require('./scripts/rooms.json');

const CODE = { pathNot: '\\.test\\.ts$' };
const within = (place, names) => `^${place}/(${names.join('|')})/`;

/** One rule for each of `names` but the last: none of those after it. */
const downward = (place, names) =>
  names.slice(0, -1).map((name, i) => ({
    name: `${place.replace(/^packages\//, '').replace('/src', '')}/${name}-imports-upward-only`,
    comment: 'only what stands above it in scripts/rooms.json',
    severity: 'error',
    from: { path: `^${place}/${name}/`, ...CODE },
    to: { path: within(place, names.slice(i + 1)) },
  }));

const floors = packages.flatMap(({ package: at, rooms }) =>
  rooms
    .filter((room) => room.floors !== undefined)
    .flatMap((room) => {
      const place = `packages/${at}/src/${room.name}`;
      const names = room.floors.map(({ name }) => name);
      const door = {
        name: `${at}/${room.name}-floors-do-not-import-what-joins-them`,
        comment: 'files that stand in the room itself join its floors',
        severity: 'error',
        from: { path: within(place, names), ...CODE },
        to: { path: `^${place}/[^/]+$` },
      };
      return [...downward(place, names), door];
    }),
);

module.exports = {
  forbidden: [
    ...packages.flatMap(({ package: at, rooms }) =>
      downward(
        `packages/${at}/src`,
        rooms.map(({ name }) => name),
      ),
    ),
    ...floors,
    ...downward(
      'packages',
      packages.map((each) => each.package),
    ),
    {
      name: 'rooms-do-not-import-doors',
      comment:
        'what a package exports is made of its rooms, not the other way round; the command line stands before it',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/[^/]+/', pathNot: '\\.test\\.ts$|^packages/minotaur/src/cli/' },
      to: { path: '^packages/$1/src/[^/]+\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-and-view-run-anywhere',
      comment: 'files, sockets and processes are of packages/minotaur',
      severity: 'error',
      from: { path: '^packages/(core|view)/', ...CODE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'view-comes-as-a-bundle',
      comment: 'minotaur has the pages as `#view`: one file without dependencies',
      severity: 'error',
      from: { path: '^packages/minotaur/src/' },
      to: { path: '^packages/view/src/' },
    },
    {
      name: 'nothing-live-looks-forward',
      comment: 'labels and splits know what comes after a row',
      severity: 'error',
      from: { path: '^packages/core/src/(chain|live)/', ...CODE },
      to: { path: '^packages/core/src/(labels|splits)/' },
    },
    {
      name: 'cli-only-prints',
      comment: 'what a command does is a run, which a program can call too, or a view of one',
      severity: 'error',
      from: { path: '^packages/minotaur/src/cli/', ...CODE },
      to: {
        path: '^packages/minotaur/src/',
        pathNot: '^packages/minotaur/src/((cli|runs|viewer|pages)/|[^/]+$|files/config-file\\.ts$)',
      },
    },
    {
      name: 'cli-takes-types-of-core',
      comment: 'beside errors, times and the version, which printing needs',
      severity: 'error',
      from: { path: '^packages/minotaur/src/cli/', ...CODE },
      to: { path: '^packages/core/src/(?!base/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unlisted',
      severity: 'error',
      from: { path: '^packages/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-dependencies-in-product',
      severity: 'error',
      from: { path: '^packages/(core|minotaur)/', ...CODE },
      // Those that the bundles of minotaur have inside are installed with it all the same.
      to: {
        pathNot: '^node_modules/(hyparquet|hyparquet-writer|yaml)/',
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-optional', 'npm-peer'],
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['minotaur-source', 'import', 'types', 'default'],
    },
  },
};
