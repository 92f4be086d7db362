// Which files of a repository would explain that a run does something new: what defines it, what it depends on, how it is
// built.
import { definitionsIn } from './definition-paths.ts';

/** Lock files and manifests of package managers, image and build definitions, by their own documentation. */
const NAMES: readonly RegExp[] = [
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.(?:json|lock))$/,
  /^(?:requirements[\w.-]*\.(?:txt|in)|poetry\.lock|pyproject\.toml|uv\.lock|pdm\.lock|Pipfile(?:\.lock)?|setup\.(?:py|cfg)|tox\.ini)$/,
  /^(?:go\.(?:mod|sum|work)|Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|Gemfile(?:\.lock)?|[\w.-]+\.gemspec|composer\.(?:json|lock))$/,
  /^(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|gradle\.(?:properties|lockfile)|libs\.versions\.toml|build\.sbt|mix\.(?:exs|lock)|Podfile(?:\.lock)?)$/,
  /^(?:packages\.lock\.json|Directory\.(?:Build|Packages)\.props|[\w.-]+\.csproj|nuget\.config|global\.json|conanfile\.(?:txt|py)|vcpkg\.json)$/i,
  /^(?:(?:[\w.-]+\.)?Dockerfile(?:\.[\w-]+)?|Containerfile|(?:docker-)?compose[\w.-]*\.ya?ml|flake\.(?:nix|lock)|\.tool-versions|\.nvmrc|\.node-version)$/,
  /^(?:Makefile|GNUmakefile|CMakeLists\.txt|justfile|Taskfile\.ya?ml|meson\.build|BUILD(?:\.bazel)?|WORKSPACE(?:\.bazel)?|MODULE\.bazel)$/,
];

/** Those of `paths` that define a pipeline, its dependencies or its build. */
export function explainingIn(paths: readonly string[]): readonly string[] {
  const definitions = new Set(definitionsIn(paths));
  return paths.filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return definitions.has(path) || NAMES.some((pattern) => pattern.test(name));
  });
}
