#!/bin/sh
# Checks the files that are deployed, without deploying them. A check whose tool is missing is skipped, and says so;
# if CI=true, it fails.
# shellcheck disable=SC2317 # functions are called by name
set -eu
cd "$(dirname -- "$0")/.."

failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# missing TOOL CHECK
missing() {
    if [ "${CI:-}" = true ]; then
        printf 'FAILED   %s: no %s here; deploy/check-tools.sh FOLDER installs it, then add FOLDER/bin to PATH\n' "$2" "$1"
        failed=1
    else
        printf 'skipped  %s: no %s here\n' "$2" "$1"
    fi
}

check() {
    name=$1
    shift
    if ! command -v "$1" >/dev/null 2>&1; then
        missing "$1" "$name"
    elif output=$("$@" 2>&1); then
        printf 'ok       %s\n' "$name"
    else
        printf 'FAILED   %s\n%s\n' "$name" "$output"
        failed=1
    fi
}

# Docker Compose as Docker's plug-in, or as a standalone program.
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose "$@"
    else
        docker-compose "$@"
    fi
}

compose_config() {
    deploy/new-secrets.sh "$scratch/env"
    compose --env-file "$scratch/env" --file docker-compose.yml config --quiet
}

render() {
    "$kustomize" build deploy/kubernetes/overlays/production >"$scratch/production.yaml"
}

rules_written() {
    deploy/observability/prometheus-rule.sh "$scratch/prometheus-rule.yaml"
    diff "$scratch/prometheus-rule.yaml" deploy/observability/prometheus-rule.yaml
    rm "$scratch/prometheus-rule.yaml"
}

check 'Dockerfile' hadolint Dockerfile
for script in threadly deploy/*.sh deploy/image/*.sh deploy/observability/*.sh; do
    check "$script" shellcheck "$script"
done
if command -v docker-compose >/dev/null 2>&1 || docker compose version >/dev/null 2>&1; then
    check 'docker-compose.yml' compose_config
else
    missing docker-compose docker-compose.yml
fi
check 'alert rules' promtool check rules deploy/observability/alerts.yml
check 'alert rules for the Prometheus Operator, as deploy/observability/prometheus-rule.sh writes them' rules_written
check 'alerts on made-up series' promtool test rules deploy/observability/alerts.test.yml
check 'Prometheus configuration' promtool check config deploy/observability/prometheus.yml

kustomize=$(command -v kustomize || true)
if [ -n "$kustomize" ]; then
    check 'Kubernetes manifests are rendered' render
    check 'Kubernetes manifests fit their schemas' kubernetes-validate --strict --quiet "$scratch"/*.yaml
else
    missing kustomize 'Kubernetes manifests'
fi
exit $failed
