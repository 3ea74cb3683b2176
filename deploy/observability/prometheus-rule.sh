#!/bin/sh
# Writes prometheus-rule.yaml, which has the rules of alerts.yml as a resource of the Prometheus Operator.
set -eu
cd "$(dirname -- "$0")"
{
    printf '%s\n' '# Written by prometheus-rule.sh.' \
        'apiVersion: monitoring.coreos.com/v1' \
        'kind: PrometheusRule' \
        'metadata:' \
        '  name: threadly' \
        'spec:'
    sed -n '/^groups:/,$s/^/  /p' alerts.yml
} >"${1:-prometheus-rule.yaml}"
