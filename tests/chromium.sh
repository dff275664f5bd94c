#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: the system's, or one that is installed now.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi
.venv/bin/playwright install chromium && exit 0
echo "The browser tests need Chromium: install your system's package, or let 'playwright install chromium' reach its host." >&2
exit 1
