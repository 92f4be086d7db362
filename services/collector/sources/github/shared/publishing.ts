// Releases and packages: what leaves the repository.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#release, #package and #registry_package
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, flag, known, list, number, text } from '../../../fields.ts';
import { loginOf } from './actor.ts';
import { type Delivery, headOf, type Piece, vcsOf } from './delivery.ts';

const MOST_FILES = 20;

export function release(delivery: Delivery): readonly Piece[] {
  const { action, body } = delivery;
  const found = at(body, 'release');
  const tag = text(found, 'tag_name');
  const piece: Piece = {
    kind: 'release',
    vcs: vcsOf(delivery, { ref: anyKnown({ head: headOf(tag, undefined, 'tag') }) }),
    detail: known({
      action: action ?? 'changed',
      tag,
      author: loginOf(at(found, 'author')),
      prerelease: flag(found, 'prerelease'),
      draft: flag(found, 'draft'),
      assets: at(found, 'assets') === undefined ? undefined : list(found, 'assets').length,
    }),
  };
  return [piece];
}

/** A package or container image, and each file that came with it, with its digest. */
export function packaged(delivery: Delivery): readonly Piece[] {
  const { action = 'changed', event, body } = delivery;
  const found = at(body, event) ?? at(body, 'package');
  const version = at(found, 'package_version');
  const name = text(found, 'name');
  const image = at(version, 'container_metadata');
  const digest = text(image, 'manifest', 'digest') ?? text(image, 'tag', 'digest');
  // Of an image, the version is its digest again, and the tag is what people know it by.
  const said = text(image, 'tag', 'name') ?? text(version, 'version') ?? text(found, 'version');
  const head = headOf(undefined, text(version, 'target_oid'));
  const vcs = vcsOf(delivery, { ref: anyKnown({ head }) });
  const location = text(version, 'package_url') ?? text(found, 'html_url');
  const piece: Piece = {
    kind: 'package',
    vcs,
    detail: known({
      action,
      name,
      version: said,
      type: (text(found, 'package_type') ?? text(found, 'type'))?.toLowerCase(),
      digest,
      author: loginOf(at(version, 'author')) ?? loginOf(at(found, 'creator')),
    }),
  };
  const images: readonly Piece[] = digest
    ? [{ kind: 'artifact', vcs, detail: known({ action, name, version: said, digest, location }) }]
    : [];
  const files = list(version, 'package_files').slice(0, MOST_FILES);
  return [piece, ...images, ...files.map((file) => fileOf(file, action, said, vcs))];
}

function fileOf(file: Json, action: string, version: string | undefined, vcs: ReturnType<typeof vcsOf>): Piece {
  const sha256 = text(file, 'sha256');
  return {
    kind: 'artifact',
    vcs,
    detail: known({
      action,
      name: text(file, 'name'),
      version,
      digest: sha256 === undefined ? undefined : `sha256:${sha256}`,
      size: number(file, 'size'),
      location: text(file, 'download_url'),
    }),
  };
}
