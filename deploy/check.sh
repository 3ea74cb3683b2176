#!/bin/sh
# Checks what is deployed, without deploying it. A check whose tool is not on this machine is skipped, and says so.
#   deploy/check.sh             files only: seconds
#   deploy/check.sh image NAME  also the Dockerfile's own steps for one deployable, outside a container
# shellcheck disable=SC2317 # functions are called by name
set -eu
cd "$(dirname -- "$0")/.."

failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check() {
    name=$1
    shift
    if ! command -v "$1" >/dev/null 2>&1; then
        printf 'skipped  %s: no %s here\n' "$name" "$1"
    elif output=$("$@" 2>&1); then
        printf 'ok       %s\n' "$name"
    else
        printf 'FAILED   %s\n%s\n' "$name" "$output"
        failed=1
    fi
}

# Docker Compose as a program of its own, or as Docker's plug-in.
compose() {
    if command -v docker-compose >/dev/null 2>&1; then
        docker-compose "$@"
    else
        docker compose "$@"
    fi
}

compose_config() {
    deploy/new-secrets.sh >"$scratch/env"
    compose --env-file "$scratch/env" --file docker-compose.yml config --quiet
}

# Each path that the Dockerfile copies out of this folder is there, and .dockerignore lets it through.
copied_paths() {
    sed -n 's/^COPY \([^-].*\) [^ ]*$/\1/p' Dockerfile | tr ' ' '\n' | while read -r path; do
        [ -e "$path" ] || { echo "the Dockerfile copies $path, which is not there"; exit 1; }
        grep -q -x -e "!$path" -e "!${path%/*}" .dockerignore \
            || { echo "the Dockerfile copies $path, which .dockerignore leaves out"; exit 1; }
    done
}

render() {
    for folder in deploy/kubernetes/overlays/production deploy/kubernetes/rebuild; do
        "$kustomize" build "$folder" >"$scratch/$(basename "$folder").yaml" || return 1
    done
}

check 'paths that the Dockerfile copies' copied_paths
check 'Dockerfile' hadolint Dockerfile
for script in threadly deploy/*.sh deploy/image/*.sh; do
    check "$script" shellcheck "$script"
done
if command -v docker-compose >/dev/null 2>&1 || docker compose version >/dev/null 2>&1; then
    check 'docker-compose.yml' compose_config
else
    printf 'skipped  docker-compose.yml: no docker-compose here\n'
fi
check 'alert rules' promtool check rules deploy/observability/alerts.yml
check 'alerts on made-up series' promtool test rules deploy/observability/alerts.test.yml
check 'Prometheus configuration' promtool check config deploy/observability/prometheus.yml

kustomize=$(command -v kustomize || true)
if [ -n "$kustomize" ]; then
    check 'Kubernetes manifests are rendered' render
    check 'Kubernetes manifests fit their schemas' kubernetes-validate --strict --quiet "$scratch"/*.yaml
else
    printf 'skipped  Kubernetes manifests: no kustomize here\n'
fi

if [ "${1:-}" = image ]; then
    deployable=$2
    # The JVM that records; ./threadly would find one, train.sh takes what it is given.
    : "${JAVA_HOME:?is the folder of a JDK 25}"
    ./threadly test -pl "$deployable" -am -DskipTests
    check "AOT cache of $deployable" deploy/image/train.sh "$deployable" "$deployable/target/$deployable.jar" "$scratch/app.aot"
fi
exit $failed
