// The rooms, in order: each may import only rooms before it, and core nothing of minotaur. docs/architecture.md lists them too.
const core = [
  'base',
  'trades',
  'bars',
  'features',
  'rows',
  'chain',
  'numeric',
  'transform',
  'labels',
  'splits',
  'model',
  'artefact',
  'live',
  'config',
];
/** Rooms of core whose order among themselves is not kept yet. */
const unordered = ['chain', 'live', 'config'];
const minotaur = ['files', 'store', 'journal', 'runtime', 'onnx', 'verify', 'runs', 'pages', 'cli'];

const TESTS = '\\.test\\.ts$';
const upward = (pkg, rooms) =>
  rooms.flatMap((room, i) => {
    const later = rooms.slice(i + 1).filter((other) => !(unordered.includes(room) && unordered.includes(other)));
    if (later.length === 0) return [];
    return {
      name: `${pkg}-${room}-imports-earlier-rooms-only`,
      severity: 'error',
      from: { path: `^packages/${pkg}/src/${room}/`, pathNot: TESTS },
      to: { path: `^packages/${pkg}/src/(${later.join('|')})/` },
    };
  });

module.exports = {
  forbidden: [
    ...upward('core', core),
    ...upward('minotaur', minotaur),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-no-other-package',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { path: '^packages/(minotaur|view)/' },
    },
    {
      name: 'core-is-for-any-runtime',
      comment: 'no clock, file or network of a runtime: they are handed in',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'what-looks-forward-stays-out-of-the-chain',
      severity: 'error',
      from: { path: '^packages/core/src/(chain|live)/', pathNot: TESTS },
      to: { path: '^packages/core/src/(labels|splits)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cli-is-flags-and-printing',
      comment: 'flags -> runs -> print: files and formats are no business of the command line',
      severity: 'error',
      from: { path: '^packages/minotaur/src/cli/(?!report/)', pathNot: TESTS },
      to: { path: '^packages/minotaur/src/(files/(?!config-file\\.ts)|store|journal|runtime|onnx|verify)' },
    },
    {
      name: 'cli-takes-types-of-core',
      comment: 'beside errors, times and the version, which printing needs',
      severity: 'error',
      from: { path: '^packages/minotaur/src/cli/(?!report/)', pathNot: TESTS },
      to: { path: '^packages/core/src/(?!base/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unlisted',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-dependencies-in-product',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node'] },
  },
};
