// Files that run code on the machine of whoever opens or commits to a checkout: editors' tasks, agents' hooks, git's hooks.
// Worms of 2026 planted these instead of workflows, so they are watched like definitions.

const HOOKS: readonly RegExp[] = [
  // https://code.visualstudio.com/docs/debugtest/tasks: a task may run when the folder is opened
  /^\.vscode\/tasks\.json$/,
  // https://containers.dev/implementors/json_reference/#lifecycle-scripts
  /^\.devcontainer(?:\/.{1,200})?\/?devcontainer\.json$/,
  // https://docs.claude.com/en/docs/claude-code/hooks, https://cursor.com/docs/agent/hooks, https://geminicli.com/docs/hooks
  /^\.(?:claude|cursor|gemini)\/(?:settings(?:\.local)?|hooks|mcp)\.json$/,
  /^\.(?:claude|cursor|gemini)\/hooks\/.{1,200}$/,
  /^\.mcp\.json$/,
  // https://typicode.github.io/husky/
  /^\.(?:husky|githooks)\/[^_].{0,200}$/,
];

/** Those of `paths` that are such hooks. */
export function hooksIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => HOOKS.some((pattern) => pattern.test(path)));
}
