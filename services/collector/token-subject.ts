// What the subject of a pipeline's OpenID Connect token says: which repository, ref and pipeline asked for a role.
import type { Cicd, Vcs } from '../core/activity.ts';
import { known } from './fields.ts';

export interface Origin {
  readonly vcs?: Vcs;
  readonly cicd?: Cicd;
}

/** Issuers whose tokens are a pipeline's, never a person's. */
const ISSUERS =
  /(?:^|[/:.])(?:token\.actions\.githubusercontent\.com|gitlab\.com|oidc\.circleci\.com|agent\.buildkite\.com|vstoken\.dev\.azure\.com|api\.bitbucket\.org)(?:$|[/:])/;

/** `arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`. */
export function isPipelineIssuer(provider: string | undefined): boolean {
  return provider !== undefined && ISSUERS.test(provider);
}

const READERS: readonly ((subject: string) => Origin | undefined)[] = [github, gitlab, circleci, buildkite];

/** Nothing for a subject of another form, or of one that somebody customized beyond recognition. */
export function subjectOrigin(subject: string | undefined): Origin {
  for (const read of subject === undefined ? [] : READERS) {
    const origin = read(subject ?? '');
    if (origin) return origin;
  }
  return {};
}

/**
 * `repo:owner/name:ref:refs/heads/main`, `…:environment:production`, `…:pull_request`; newer subjects carry ids:
 * `repo:owner@12/name@34:…`. https://docs.github.com/en/actions/reference/security/oidc
 */
function github(subject: string): Origin | undefined {
  const [, owner, name, rest = ''] = /^repo:([^:/@]+)(?:@\d+)?\/([^:/@]+)(?:@\d+)?(?::(.*))?$/.exec(subject) ?? [];
  if (owner === undefined || name === undefined) return undefined;
  return originOf('github', `${owner}/${name}`, /(?:^|:)ref:(refs\/[^:]+)/.exec(rest)?.[1]);
}

/** `project_path:group/name:ref_type:branch:ref:main`. https://docs.gitlab.com/ci/secrets/id_token_authentication/ */
function gitlab(subject: string): Origin | undefined {
  const [, path, type, ref] = /^project_path:([^:]+)(?::ref_type:(branch|tag):ref:(.+))?$/.exec(subject) ?? [];
  if (path === undefined) return undefined;
  const prefix = type === 'tag' ? 'refs/tags/' : 'refs/heads/';
  return originOf('gitlab', path, ref === undefined ? undefined : prefix + ref);
}

/**
 * `org/ID/project/ID/user/ID`, and since version 2 of the token `…/vcs-origin/github.com/owner/name/vcs-ref/refs/heads/main`.
 * https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/
 */
function circleci(subject: string): Origin | undefined {
  if (!/^org\/[^/]+\/project\/[^/]+\/user\//.test(subject)) return undefined;
  const from = subject.split('/vcs-origin/')[1]?.split('/vcs-ref/');
  const name = from?.[0]?.split('/').slice(1).join('/');
  return name ? originOf(undefined, name, from?.[1]) : {};
}

/**
 * `organization:ORG:pipeline:NAME:ref:refs/heads/main:commit:SHA:step:KEY`.
 * https://buildkite.com/docs/agent/cli/reference/oidc
 */
function buildkite(subject: string): Origin | undefined {
  const [, pipeline, ref, revision] =
    /^organization:[^:]+:pipeline:([^:]+)(?::ref:([^:]+))?(?::commit:([^:]+))?/.exec(subject) ?? [];
  if (pipeline === undefined) return undefined;
  const head = ref === undefined ? undefined : known({ ...headOf(ref), revision });
  return known({ cicd: { pipeline: { name: pipeline } }, vcs: head && { ref: { head } } });
}

function originOf(provider: string | undefined, repository: string, ref: string | undefined): Origin {
  return {
    vcs: known({
      provider: provider === undefined ? undefined : { name: provider },
      repository: { name: repository },
      ref: ref === undefined ? undefined : { head: headOf(ref) },
    }),
  };
}

function headOf(ref: string): NonNullable<NonNullable<Vcs['ref']>['head']> {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === undefined || name === undefined) return { name: ref };
  return { name, type: kind === 'tags' ? 'tag' : 'branch' };
}
