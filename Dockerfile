# syntax=docker/dockerfile:1
# Pipewarden as the published package runs it: JavaScript, production dependencies, no shell needed, not root.
ARG NODE=node:24.21.0-slim

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing that is installed may run.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY services services
COPY detectors detectors
COPY playbooks playbooks
COPY tools tools
RUN node tools/build.ts

FROM ${NODE}
ENV NODE_ENV=production
WORKDIR /app
# Docker gives a new volume the owner of the folder that it covers.
RUN install -d -o node -g node -m 0700 /data /credentials
COPY package.json config.schema.json LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY deploy/elasticsearch/setup.ts deploy/elasticsearch/setup.ts
# `node` in this image; a number, so that Kubernetes can see that it is not root.
USER 1000:1000
ENV PIPEWARDEN_DATA=/data
VOLUME /data
EXPOSE 7117 7118 7119
ENTRYPOINT ["node", "/app/dist/services/pipewarden.js"]
CMD ["start"]
