#!/bin/sh
# What docker-compose.yml wants before its first start: passwords and keys in .env, an authority and a certificate for
# Elasticsearch in certificates/. Works in the present folder; what is there already stays.
set -eu
umask 077

if [ ! -e .env ]; then
  for name in REDIS_PASSWORD ELASTIC_PASSWORD KIBANA_PASSWORD GITHUB_WEBHOOK_SECRET; do
    echo "$name=$(openssl rand -hex 24)"
  done > .env.new
  echo "KIBANA_ENCRYPTION_KEY=$(openssl rand -hex 32)" >> .env.new
  echo "PIPEWARDEN_REDACTION_KEY=$(openssl rand -base64 32)" >> .env.new
  mv .env.new .env
fi

if [ ! -d certificates ]; then
  rm -rf certificates.new
  mkdir certificates.new
  cd certificates.new
  new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
  openssl req -x509 $new -keyout ca.key -out ca.pem -days 3650 -subj "/CN=Pipewarden compose authority" 2> /dev/null
  openssl req $new -keyout elasticsearch.key -out request -subj "/CN=elasticsearch" 2> /dev/null
  echo "subjectAltName=DNS:elasticsearch,DNS:localhost" > names
  openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 -extfile names \
    -out elasticsearch.pem 2> /dev/null
  rm -f request names
  # The containers read them as another user; this folder keeps everybody else out.
  chmod 0644 ca.pem elasticsearch.pem elasticsearch.key
  cd ..
  mv certificates.new certificates
fi
