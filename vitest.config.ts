import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['@foldb/source'] },
  ssr: { resolve: { conditions: ['@foldb/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['{packages,apps,bench,sdk}/**/{src,test}/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    execArgv: ['--conditions=@foldb/source'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    typecheck: {
      include: ['packages/*/{src,test}/**/*.test-d.ts'],
      tsconfig: './tsconfig.typecheck.json',
      ignoreSourceErrors: true,
    },
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportOnFailure: true,
      thresholds: { lines: 90 },
    },
  },
})
