// The dependency rule of the architecture (docs/adr/0018-rooms.md): arrows go down only.
//   functions/ cli/ local/  →  shared/pipeline/  →  shared/<concept>/  →  shared/core/
const clientFiles = '(^|/)(azure|graph)-[^/]+[.]ts$|^functions/compose[.]ts$';
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-cycles-of-folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^(functions/main|cli/rollcall|local/)' },
      to: {},
    },
    {
      name: 'core-knows-nothing',
      severity: 'error',
      from: { path: '^shared/core/' },
      to: { path: '^(shared/(?!core/)|functions/|cli/|local/)' },
    },
    {
      name: 'concepts-never-import-the-pipeline',
      severity: 'error',
      from: { path: '^shared/(?!pipeline/)' },
      to: { path: '^shared/pipeline/' },
    },
    {
      name: 'the-page-kit-knows-no-concept',
      severity: 'error',
      from: { path: '^shared/page/' },
      to: { path: '^shared/(?!core/|page/)' },
    },
    {
      name: 'shared-imports-no-shell',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(functions|cli|local)/' },
    },
    {
      name: 'shells-do-not-import-each-other',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(cli|local)/' },
    },
    {
      name: 'nothing-outside-knows-the-local-host',
      severity: 'error',
      from: { path: '^(shared|functions|cli)/' },
      to: { path: '^local/' },
    },
    {
      name: 'the-simulator-shares-nothing',
      severity: 'error',
      from: { path: '^local/entra/' },
      to: { path: '^(shared|functions|cli)/' },
    },
    {
      name: 'the-host-knows-no-product',
      severity: 'error',
      from: { path: '^local/host/' },
      to: { path: '^(shared|functions|cli)/' },
    },
    {
      name: 'azure-functions-only-in-functions',
      severity: 'error',
      from: { path: '^(shared|cli)/' },
      to: { path: 'node_modules/@azure/functions' },
    },
    {
      name: 'clients-only-in-files-named-for-them',
      severity: 'error',
      from: { path: '^(shared|functions)/', pathNot: clientFiles },
      to: { path: 'node_modules/@(azure|microsoft)/(?!functions)' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(shared|functions|cli)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'no-barrels-no-drawers',
      severity: 'error',
      from: {},
      to: { path: '/(index|util|utils|helper|helpers|common|misc)([.]ts|/)', pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'require', 'types', 'default'] },
  },
};
