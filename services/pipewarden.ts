#!/usr/bin/env node
// The command. Checks the runtime before anything is loaded that an older one could not even parse.
const NEEDED = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found < NEEDED) {
  process.stderr.write(
    `pipewarden: needs Node.js ${NEEDED} or newer, this is ${process.versions.node}. Without installing: npx --package=node@${NEEDED} --package=pipewarden pipewarden\n`,
  );
  process.exitCode = 2;
} else {
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
}

export {};
