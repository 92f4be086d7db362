// Steps of the storefront, a Node.js project.
import { curlMeter } from './log-text.ts';
import type { Step } from './workflow.ts';

/** Since a reviewed change brought it, the build fetches fonts from a host of their own. */
export const FONTS_SCRIPT = 'scripts/fonts.sh';
const PACKAGES = ['vite', 'react', 'react-dom', 'zod', 'vitest', 'postcss', 'esbuild', 'typescript', 'rollup', 'jsdom'];
const SUITES = ['cart', 'checkout', 'search', 'session', 'theme', 'client'];

export const setupNode: Step = {
  name: 'Run actions/setup-node@v4',
  write(log, run) {
    log.group('Run actions/setup-node@v4', 'with:', '  node-version: 24', '  cache: npm', '  token: ***');
    log.line('Found in cache @ /opt/hostedtoolcache/node/24.14.0/x64');
    log.line(`Cache hit for: node-cache-Linux-x64-npm-${run.random.int(10 ** 8, 10 ** 9)}`);
  },
};

export const install: Step = {
  name: 'npm ci',
  write(log, run) {
    log.run('npm ci --loglevel http');
    log.wait(1000, 4000);
    for (const name of run.random.some(PACKAGES, run.random.int(4, 7))) {
      const taken = run.random.int(18, 420);
      log.wait(taken, taken + 60);
      log.line(`npm http fetch GET 200 https://registry.npm.example/${name} ${taken}ms (cache revalidated)`);
    }
    log.line(`added ${run.random.int(480, 490)} packages, and audited 491 packages in ${run.random.int(6, 19)}s`);
    log.line('found 0 vulnerabilities');
  },
};

export const testNode: Step = {
  name: 'npm test',
  fragile: true,
  write(log, run) {
    log.run('npm test', ['CI: true']);
    log.lines('> storefront@2.0.0 test', '> vitest run --coverage');
    for (const suite of SUITES) {
      log.wait(150, 2200);
      log.line(` ✓ test/${suite}.test.ts (${run.random.int(6, 41)} tests) ${run.random.int(40, 1900)}ms`);
    }
    log.line(`   Duration  ${run.random.int(9, 30)}.${run.random.int(10, 99)}s`);
  },
};

export const buildNode: Step = {
  name: 'npm run build',
  write(log, run) {
    log.run('npm run build');
    if (run.has(FONTS_SCRIPT)) {
      log.line('+ curl -fL https://cdn.fontkit.example/inter/4.1/inter-latin.woff2 -o public/inter.woff2');
      curlMeter(log, 48_256, 'down');
    }
    log.wait(2500, 9000);
    for (const chunk of ['index', 'cart', 'checkout', 'vendor']) {
      const size = run.random.int(40, 390);
      log.line(`dist/assets/${chunk}.js  ${size}.${run.random.int(10, 99)} kB │ gzip: ${Math.round(size / 3.2)} kB`);
    }
    log.line(`✓ built in ${run.random.int(3, 9)}.${run.random.int(10, 99)}s`);
  },
};

export const publishPackage: Step = {
  name: 'npm publish',
  write(log, run) {
    log.run('npm publish --loglevel http', ['NODE_AUTH_TOKEN: ***']);
    log.wait(700, 2500);
    log.line(`npm notice package: @lumen-works/storefront@${run.ref.slice(1)}`);
    log.line(
      `npm http fetch PUT 200 https://registry.npm.example/@lumen-works%2fstorefront ${run.random.int(400, 1900)}ms`,
    );
    log.line(`+ @lumen-works/storefront@${run.ref.slice(1)}`);
  },
};
