/** The web's unit tests: Angular without zones, compiled by jest-preset-angular. */
import presets from 'jest-preset-angular/presets/index.js';

const preset = presets.createCjsPreset({ tsconfig: '<rootDir>/apps/web/tsconfig.spec.json' });

export default {
  ...preset,
  rootDir: '.',
  displayName: 'web',
  testMatch: ['<rootDir>/apps/web/src/**/*.spec.ts', '<rootDir>/libs/ui/src/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/apps/web/jest.setup.ts'],
  moduleNameMapper: {
    '^@waymark/contracts$': '<rootDir>/libs/contracts/src/index.ts',
    '^@waymark/ui$': '<rootDir>/libs/ui/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tmp', '<rootDir>/.waymark'],
};
