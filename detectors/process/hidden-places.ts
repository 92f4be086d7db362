// Folders that nobody looks into and no tool keeps its programs in.

/** Hidden folders that tools and builds keep programs in. */
const KNOWN = new Set(
  '.bin .local .cargo .rustup .nvm .npm .npm-global .yarn .pnpm .pnpm-store .bun .deno .gem .rbenv .rvm .pyenv .venv .virtualenvs .tox .nox .sdkman .jenv .asdf .mise .dotnet .nuget .gradle .m2 .ivy2 .sbt .config .vscode .vscode-server .git .github .hooks .husky .terraform .terraform.d .tfenv .tenv .kube .krew .docker .opam .ghcup .cabal .stack .linuxbrew .fnm .volta .jdks .tools .build .next .nuxt .cpanm .poetry .rye .pixi .wine .swiftly .swiftpm .elan .juliaup .julia .nix-profile .nix-defexpr .pub-cache .fvm .android .foundry .conan .conan2 .platformio .espressif .luarocks .composer .symfony .symfony5 .wasmtime .wasmer .jbang .ansible .minikube .pulumi .serverless .fly .sonar .codeql .codecov .prisma .cache'.split(
    ' ',
  ),
);
/** Below these a tool keeps its programs, whatever it is called. */
const TOOLISH = new Set(
  'bin sbin shims libexec versions node_modules site-packages toolchains packages store'.split(' '),
);

/** Of a program's path: in such a folder, or in one that everybody may write and that outlives the job's own. */
export function isHiddenPlace(executable: string): boolean {
  if (executable.startsWith('/dev/shm/') || executable.startsWith('/var/tmp/')) return true;
  const folders = executable.split('/').slice(0, -1);
  return folders.some((folder, index) => {
    if (!folder.startsWith('.') || folder === '.' || folder === '..') return false;
    const below = folders.slice(index + 1);
    // A cache has a folder for each tool; nothing lies in it by itself.
    if (folder === '.cache') return below.length === 0;
    return !KNOWN.has(folder) && !below.some((each) => TOOLISH.has(each));
  });
}
