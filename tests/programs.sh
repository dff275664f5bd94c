#!/bin/sh
# Makes sure that the tests find the programs that users have: Chromium, and LibreOffice for slides.
set -eu

here() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

may_install() { here apt-get && [ "$(id -u)" = 0 ]; }

install() { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

# LibreOffice comes in parts; the one that opens slides may not be there.
slides() {
    here soffice && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsdlo.so" ]
}

if ! slides; then
    { may_install && install libreoffice-impress fonts-noto-cjk; } ||
        echo "LibreOffice is not here; the tests that open slides with it are skipped." >&2
fi

here chromium chromium-browser google-chrome && exit 0
{ may_install && install chromium fonts-noto-cjk; } && exit 0
.venv/bin/playwright install chromium && exit 0
echo "The browser tests need Chromium: install your system's package, or let 'playwright install chromium' reach its host." >&2
exit 1
