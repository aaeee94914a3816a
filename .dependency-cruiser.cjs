// The rooms, in order: each may import only rooms above it. io may be imported by cli alone (and bench, tests);
// live never sees dataset, which is the only room that may look forward.
const rooms = [
  'core',
  'trades',
  'bars',
  'features',
  'rows',
  'transform',
  'pipeline',
  'dataset',
  'model',
  'live',
  'verify',
  'io',
  'cli',
];
const upward = rooms.map((room, i) => ({
  name: `${room}-imports-upward-only`,
  comment: `src/${room} may import only the rooms above it in docs/architecture.md`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${rooms.slice(i + 1).join('|') || 'none'})/` },
}));
// Pages and scripts are made of parts; a script reaches a page as text (`client:NAME`), and no other way.
const viewRooms = [
  ['parts', 'pages|client'],
  ['pages', 'client'],
  ['client', 'pages'],
].map(([room, below]) => ({
  name: `view-${room}-imports-upward-only`,
  severity: 'error',
  from: { path: `^packages/view/src/${room}/` },
  to: { path: `^packages/view/src/(${below})/` },
}));
module.exports = {
  forbidden: [
    ...viewRooms,
    {
      name: 'view-imports-core-only',
      severity: 'error',
      from: { path: '^packages/view/src/' },
      to: { path: '^packages/minotaur/' },
    },
    {
      name: 'view-comes-as-a-bundle',
      comment: 'minotaur has the pages as `#view`, one file without dependencies; core knows nothing of them',
      severity: 'error',
      from: { path: '^packages/(core|minotaur)/src/' },
      to: { path: '^packages/view/src/' },
    },
    ...upward.filter((r) => !r.to.path.includes('(none)')),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'chain-stays-pure',
      comment: 'the chain has no clock, file or network: those live in io and cli',
      severity: 'error',
      from: { path: '^src/(core|trades|bars|features|rows|transform|pipeline)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    {
      name: 'live-never-imports-dataset',
      severity: 'error',
      from: { path: '^src/live/' },
      to: { path: '^src/dataset/' },
    },
    {
      name: 'no-unlisted',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-dependencies-in-product',
      severity: 'error',
      from: { path: '^src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
