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
module.exports = {
  forbidden: [
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
