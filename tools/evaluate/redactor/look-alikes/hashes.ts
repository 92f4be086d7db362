// Look-alikes that are hashes: of commits, images, packages, files, caches and public keys.
import type { Random } from '../../../sample/random.ts';
import { base64, draw, type Family, hex, letters, time, version, word } from './draw.ts';

const UPPER_HEX = '0123456789ABCDEF';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function commit(random: Random): string {
  const sha = hex(random, 40);
  return random.pick([
    `HEAD is now at ${sha.slice(0, 8)} Merge ${sha} into main`,
    `${time(random)} [command]/usr/bin/git checkout --progress --force ${sha}`,
    ` * [new ref]         ${sha} -> pull/${random.int(1, 9000)}/merge`,
    `index ${sha.slice(0, 7)}..${sha.slice(8, 15)} 100644`,
    `GITHUB_SHA: ${sha}`,
    `    "gitHead": "${sha}",`,
    `Download action repository 'actions/checkout@v6' (SHA:${sha})`,
    `      - uses: ${word(random)}/${word(random)}@${sha} # v${version(random)}`,
    `${word(random)}@git+https://git.example.com/${word(random)}/${word(random)}.git#${sha}`,
    `https://git.example.com/${word(random)}/${word(random)}/commit/${sha}`,
    `+ git rev-parse HEAD\n${sha}`,
    `COMMIT=${sha} BRANCH=main make release`,
    `  head_sha=${sha}&per_page=100`,
  ]);
}

function image(random: Random): string {
  const digest = hex(random, 64);
  return random.pick([
    `Digest: sha256:${digest}`,
    `#${random.int(1, 30)} exporting manifest sha256:${digest} 0.0s done`,
    `registry.example.com/${word(random)}/${word(random)}@sha256:${digest}`,
    `${digest.slice(0, 12)}: Pull complete`,
    ` ---> ${digest.slice(0, 12)}`,
    `Successfully built ${digest.slice(0, 12)}`,
    `FROM node:24-alpine@sha256:${digest} AS build`,
    `Removing intermediate container ${digest.slice(0, 12)}`,
    `{"Id":"sha256:${digest}","RepoTags":["${word(random)}:${version(random)}"]}`,
    `${digest}`,
  ]);
}

function integrity(random: Random): string {
  const sha512 = base64(random, 64);
  const name = word(random);
  return random.pick([
    `      "integrity": "sha512-${sha512}",`,
    `  integrity sha1-${base64(random, 20)}`,
    `npm error sha512-${sha512} integrity checksum failed when using sha512: wanted sha512-${base64(random, 64)}`,
    `<script src="/${name}.js" integrity="sha384-${base64(random, 48)}" crossorigin="anonymous"></script>`,
    `    resolution: {integrity: sha512-${sha512}}`,
    `  checksum: 10c0/${hex(random, 128)}`,
  ]);
}

function goSum(random: Random): string {
  const path = `git.example.com/${word(random)}/${word(random)}`;
  const pseudo = `v0.0.0-20260${random.int(1, 9)}1${random.int(0, 9)}${random.int(100000, 235959)}-${hex(random, 12)}`;
  return random.pick([
    `${path} v${random.int(0, 9)}.${random.int(0, 9)}.0 h1:${base64(random, 32)}`,
    `${path} ${pseudo}/go.mod h1:${base64(random, 32)}`,
    `verifying ${path}@${pseudo}: checksum mismatch\n\tdownloaded: h1:${base64(random, 32)}`,
    `go: downloading ${path} ${pseudo}`,
  ]);
}

function checksum(random: Random): string {
  const name = word(random);
  return random.pick([
    `${hex(random, 64)}  ${name}-${version(random)}.tar.gz`,
    `MD5 (${name}.iso) = ${hex(random, 32)}`,
    `checksum = "${hex(random, 64)}"`,
    `${name}==${version(random)} --hash=sha256:${hex(random, 64)}`,
    `ETag: "${hex(random, 32)}"`,
    `Expected SHA-256: ${hex(random, 64)}, got ${hex(random, 64)}`,
    `    sha256 "${hex(random, 64)}"`,
    `narHash = "sha256-${base64(random, 32)}";`,
    `/nix/store/${draw(random, '0123456789abcdfghijklmnpqrsvwxyz', 32)}-${name}-${version(random)}`,
    `Get:${random.int(1, 90)} https://deb.example.com/pool/main/${name}_${version(random)}_amd64.deb SHA1:${hex(random, 40)}`,
    `==> Downloading https://example.com/v2/${name}/blobs/sha256:${hex(random, 64)}`,
  ]);
}

function cacheKey(random: Random): string {
  const name = word(random);
  return random.pick([
    `Cache restored from key: Linux-node-24-${hex(random, 64)}`,
    `Cache not found for input keys: setup-go-Linux-x64-go-1.25-${hex(random, 64)}, setup-go-Linux`,
    `dependencies-${hex(random, 32)}`,
    `        key: ${name}-v3-${hex(random, 40)}`,
    `Build cache key for task ':${name}:compileJava' is ${hex(random, 32)}`,
    `Sent ${random.int(1, 900)} of ${random.int(900, 9000)} (${name}-${hex(random, 32)}.tzst)`,
    `ccache: direct/${hex(random, 2)}/${hex(random, 30)}-${draw(random, BASE62, 8)}`,
  ]);
}

function publicKey(random: Random): string {
  const lines = Array.from({ length: 4 }, () => base64(random, 48));
  return random.pick([
    `gpg:                using RSA key ${draw(random, UPPER_HEX, 40)}`,
    `gpg: key ${draw(random, UPPER_HEX, 16)}: public key "${word(random)} release" imported`,
    `The following signatures could not be verified: NO_PUBKEY ${draw(random, UPPER_HEX, 16)}`,
    `SHA256:${base64(random, 32).replace('=', '')} ${word(random)}@build (ED25519)`,
    `git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${base64(random, 32).slice(0, 43)}`,
    `MD5:${hex(random, 32).replace(/..(?=.)/g, '$&:')}`,
    `-----BEGIN CERTIFICATE-----\nMIID${lines.join('\n')}\n-----END CERTIFICATE-----`,
    `-----BEGIN PUBLIC KEY-----\nMIIB${lines.join('\n')}\n-----END PUBLIC KEY-----`,
    `X509v3 Subject Key Identifier: ${draw(random, UPPER_HEX, 40).replace(/..(?=.)/g, '$&:')}`,
    `serial=${draw(random, UPPER_HEX, 32)} issuer=CN=${letters(random, 8)}`,
  ]);
}

export const hashes: readonly Family[] = [
  { name: 'commit', make: commit },
  { name: 'image digest', make: image },
  { name: 'integrity hash', make: integrity },
  { name: 'go.sum', make: goSum },
  { name: 'checksum', make: checksum },
  { name: 'cache key', make: cacheKey },
  { name: 'public key', make: publicKey },
];
