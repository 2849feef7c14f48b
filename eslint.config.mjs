import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom: docs/decisions/0002 and the architecture's table. An import not listed is an error. */
const boundaries = [
  { sourceTag: 'scope:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:engine', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:ui', onlyDependOnLibsWithTags: ['scope:contracts'] },
  { sourceTag: 'scope:platform', onlyDependOnLibsWithTags: ['scope:contracts'] },
  { sourceTag: 'scope:people', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:platform'] },
  {
    sourceTag: 'scope:mentoring',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:platform', 'scope:people', 'scope:engine'],
  },
  {
    sourceTag: 'scope:report-back',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:platform', 'scope:people'],
  },
  {
    sourceTag: 'scope:funding',
    onlyDependOnLibsWithTags: [
      'scope:contracts',
      'scope:platform',
      'scope:people',
      'scope:report-back',
      'scope:engine',
    ],
  },
  {
    sourceTag: 'scope:api',
    onlyDependOnLibsWithTags: [
      'scope:contracts',
      'scope:platform',
      'scope:people',
      'scope:mentoring',
      'scope:report-back',
      'scope:funding',
    ],
  },
  { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:ui'] },
  { sourceTag: 'scope:e2e', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'scope:tools', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:browser', 'runtime:any'] },
  { sourceTag: 'runtime:server', onlyDependOnLibsWithTags: ['runtime:server', 'runtime:any'] },
  { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'] },
];

/** The applications under test and their surroundings: for the end-to-end tests and the tools alone. */
const outside = ['@waymark/api-app', '@waymark/test-database', '@waymark/fund-call', '@waymark/browser'];

export default tseslint.config(
  { ignores: ['**/dist', '**/tmp', '**/node_modules', '.nx', '.angular', '.waymark', 'coverage'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Nest modules and markers are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: outside,
          depConstraints: boundaries,
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
        },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['tools/**/*.ts', 'apps/api/src/{main,worker,migrate,demonstration,verify-audit,add-institution}.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['apps/web/**/*.ts', 'libs/ui/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'wm', style: 'kebab-case' }],
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
  {
    files: ['apps/web/**/*.html', 'libs/ui/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  prettier,
);
