// Steps of the catalogue service, a Go project in a container image.
import { sha } from './ids.ts';
import type { LogText } from './log-text.ts';
import type { RunContext, Step } from './workflow.ts';

const MODULES = ['chi/v5 v5.2.1', 'pgx/v5 v5.7.4', 'zerolog v1.34.0', 'otel v1.35.0', 'sync v0.14.0'];
const PACKAGES = ['price', 'stock', 'http', 'store'];
const IMAGES = 'images.container.example';

export const setupGo: Step = {
  name: 'Run actions/setup-go@v5',
  write(log) {
    log.group('Run actions/setup-go@v5', 'with:', '  go-version: 1.26', '  token: ***');
    log.line('Successfully set up Go version 1.26');
  },
};

export const testGo: Step = {
  name: 'go test',
  fragile: true,
  write(log, run) {
    log.run('go test -race ./...', ['GOPROXY: https://proxy.gomod.example']);
    for (const name of run.random.some(MODULES, run.random.int(2, 4))) {
      log.wait(60, 500);
      log.line(`go: downloading gomod.example/${name}`);
    }
    log.line(`# get https://proxy.gomod.example/gomod.example/chi/v5/@v/list: 200 OK (0.${run.random.int(100, 900)}s)`);
    for (const name of PACKAGES) {
      log.wait(300, 4000);
      log.line(
        `ok  \tlumen-works.example/catalog/internal/${name}\t${run.random.int(0, 5)}.${run.random.int(100, 999)}s`,
      );
    }
  },
};

function buildImage(log: LogText, run: RunContext, tag: string): void {
  log.run(`docker build -t ${IMAGES}/lumen-works/catalog-api:${tag} .`);
  log.line('#1 [internal] load build definition from Dockerfile');
  log.line(`#2 [internal] load metadata for ${IMAGES}/library/golang:1.26`);
  log.wait(300, 1200);
  log.line(`#3 [1/4] FROM ${IMAGES}/library/golang:1.26@sha256:${sha('image/golang')}${sha('golang').slice(0, 24)}`);
  log.line('#3 CACHED');
  log.line('#4 [2/4] COPY go.mod go.sum ./');
  log.line('#5 [3/4] RUN go mod download');
  log.wait(2000, 9000);
  log.line(`#5 DONE ${run.random.int(2, 9)}.${run.random.int(0, 9)}s`);
  log.line('#6 [4/4] RUN go build -o /catalog ./cmd/catalog');
  log.wait(4000, 15_000);
  log.line(`#6 DONE ${run.random.int(5, 18)}.${run.random.int(0, 9)}s`);
  log.line(`#7 naming to ${IMAGES}/lumen-works/catalog-api:${tag} done`);
}

export const buildImageOnly: Step = {
  name: 'docker build',
  write(log, run) {
    buildImage(log, run, run.sha.slice(0, 12));
  },
};

export const pushImage: Step = {
  name: 'docker push',
  write(log, run) {
    buildImage(log, run, run.ref);
    log.run(`docker push ${IMAGES}/lumen-works/catalog-api:${run.ref}`);
    log.line(`The push refers to repository [${IMAGES}/lumen-works/catalog-api]`);
    for (const layer of run.random.some(['5f70bf18a086', '9b3f1a0c7d22', 'c0ffa1d35e10', 'e2d41a96b803'], 3)) {
      log.wait(200, 1500);
      log.line(`${layer}: Pushed`);
    }
    log.line(`${run.ref}: digest: sha256:${sha(`image/${run.ref}`)}${sha(run.ref).slice(0, 24)} size: 1786`);
  },
};
