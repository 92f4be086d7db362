// What a working directory says of the run: CI systems check out at paths that carry names. Only what a path says beyond
// doubt is taken: a directory deeper down could be a subgroup, a folder of jobs, or just a directory.

/**
 * GitLab's runners: `/builds/<group>/<project>` in containers, `/home/gitlab-runner/builds/<token>/<slot>/<group>/<project>`
 * with the shell executor (https://docs.gitlab.com/runner/executors/shell/). `<project>.tmp` lies beside the checkout.
 */
const GITLAB = /^(?:\/home\/gitlab-runner\/builds\/[^/]+\/\d+|\/builds)\/([^/]+)\/([^/]+)$/;

export function gitlabProject(cwd: string): string | undefined {
  const [, group, project = ''] = GITLAB.exec(cwd) ?? [];
  return group === undefined ? undefined : `${group}/${project.replace(/\.tmp$/, '')}`;
}

/** GitHub's runners: `…/work/<repo>/<repo>` or `…/_work/<repo>/<repo>`, and below. The owner is not in it. */
const GITHUB = /\/_?work\/([^/]+)\/([^/]+)(?:\/|$)/;

export function githubRepositoryName(cwd: string): string | undefined {
  const [, outer, inner] = GITHUB.exec(cwd) ?? [];
  return outer === inner ? outer : undefined;
}

/**
 * Jenkins agents: `…/workspace/<job>`, with `@2` for a second build at the same time and `@tmp` for its scratch files; a
 * job's name holds no `@`.
 */
const JENKINS = /[\\/]workspace[\\/]([^\\/]+)$/;

export function jenkinsJob(cwd: string): string | undefined {
  return /jenkins/i.test(cwd) ? JENKINS.exec(cwd)?.[1]?.split('@', 1)[0] || undefined : undefined;
}
