#!/bin/sh
# scripts.sh - shellcheck over every shell script of the checkout.
set -eu
cd "$(dirname "$0")/../.."
command -v shellcheck >/dev/null || { echo "no shellcheck is installed: ./dev lint installs it"; exit 77; }
find . \( -name 'build*' -o -name .git -o -name .fresh \) -prune -o -type f -size -200k -print |
    while read -r file; do
        case "$(head -c 64 "$file" | head -n 1 | tr -d '\0')" in
        '#!/bin/sh'* | '#!/bin/bash'* | '#!/usr/bin/env bash'*) echo "$file" ;;
        esac
    done | xargs shellcheck
