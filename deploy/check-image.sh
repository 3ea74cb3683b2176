#!/bin/sh
# Runs the Dockerfile's own steps for one deployable, outside a container: each stage in its own folder, with what
# .dockerignore lets through, and with JAVA_HOME's JDK 25 in place of the JVMs of the images.
#   deploy/check-image.sh DEPLOYABLE        as the image is built: minutes
#   deploy/check-image.sh DEPLOYABLE JAR    uses JAR instead of building with Maven: seconds
set -eu
cd "$(dirname -- "$0")/.."
export DEPLOYABLE="$1"
jar=${2:-}
: "${JAVA_HOME:?is the folder of a JDK 25}"
export PATH="$JAVA_HOME/bin:$PATH"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
context=$scratch/context
stages=$scratch/stages

fail() {
    echo "$*" >&2
    exit 1
}

# By .dockerignore's rules: the last pattern that matches a path, or a folder above it, decides.
let_through() {
    find . -name .git -prune -o -type f -print | sed 's#^\./##' | awk '
        NR == FNR {
            if (/^(#|$)/) next
            kept[++patterns] = sub(/^!/, "")
            gsub(/[.]/, "[.]")
            gsub(/[*][*]\//, "<folders>")
            gsub(/[*]/, "[^/]*")
            gsub(/<folders>/, "(.*/)?")
            fits[patterns] = "^" $0 "(/.*)?$"
            next
        }
        {
            keep = 1
            for (i = 1; i <= patterns; i++) if ($0 ~ fits[i]) keep = kept[i]
            if (keep) print
        }' .dockerignore -
}

# One instruction per line.
instructions() {
    sed -e '/^ *#/d' -e ':join' -e '/\\$/{' -e 'N' -e 's/ *\\\n */ /' -e 'b join' -e '}' Dockerfile
}

# A path in the image becomes one below its stage's folder.
below_root() {
    sed -E "s#(^|[ =])/#\1$root/#g"
}

copy() {
    from=$context
    case $1 in
        --from=*)
            from=$stages/${1#--from=}
            shift
            ;;
    esac
    [ $# -eq 2 ] || fail "COPY $*: only COPY SOURCE TARGET is supported here"
    [ -e "$from/$1" ] || fail "COPY $*: $1 is not there, or .dockerignore leaves it out"
    case $2 in
        /*) target=$root$2 ;;
        *) target=$directory/$2 ;;
    esac
    if [ -d "$from/$1" ]; then
        mkdir -p "$target"
        cp -a "$from/$1/." "$target"
    else
        mkdir -p "$(dirname "$target.")"
        cp -a "$from/$1" "$target"
    fi
}

run() {
    command=$(printf '%s\n' "$1" | sed -E 's/^(--mount=[^ ]* )*//' | below_root)
    case $command in
        mvn*)
            # Reads all projects, and builds none.
            [ -z "$jar" ] || command=$(printf '%s\n' "$command" | sed 's/ package / validate /')
            (cd "$directory" && sh -euc "$command")
            if [ -n "$jar" ]; then
                mkdir -p "$directory/$DEPLOYABLE/target"
                cp "$jar" "$directory/$DEPLOYABLE/target/$DEPLOYABLE.jar"
            fi
            ;;
        *) (cd "$directory" && sh -euc "$command") ;;
    esac
}

# What ["java", "-jar", "/app/app.jar"] runs.
program() {
    printf '%s\n' "$1" | sed -E -e 's/^[^[]*\[//' -e 's/\]$//' -e 's/", "/ /g' -e 's/"//g' | below_root
}

mkdir -p "$context" "$stages"
let_through >"$scratch/let-through"
tar -cf - -T "$scratch/let-through" | tar -xf - -C "$context"

instructions >"$scratch/instructions"
while read -r instruction arguments <&3; do
    case $instruction in
        '' | ARG | ENV | EXPOSE | LABEL | USER) ;;
        FROM)
            image=${arguments%% AS *}
            case $arguments in
                *' AS '*) root=$stages/${arguments##* AS } ;;
                *) root=$stages/last ;;
            esac
            mkdir "$root"
            [ ! -d "$stages/$image" ] || cp -a "$stages/$image/." "$root"
            directory=$root
            ;;
        WORKDIR)
            directory=$root$arguments
            mkdir -p "$directory"
            ;;
        COPY) eval "copy $arguments" ;;
        RUN) run "$arguments" ;;
        HEALTHCHECK) health=$(program "$arguments") ;;
        ENTRYPOINT) entry=$(program "$arguments") ;;
        *) fail "$instruction is not known here" ;;
    esac
done 3<"$scratch/instructions"

unreadable=$(find "$root" ! -perm -o=r)
[ -z "$unreadable" ] || fail "the image's user cannot read $unreadable"
# A JVM ignores a cache that does not fit its options, unless the cache is required.
cd "$directory"
export _JAVA_OPTIONS=-XX:AOTMode=on
$entry --help
# The provisioner exits by itself, and has no health check.
[ "$DEPLOYABLE" = provisioner ] || $health --help
