import { shells } from "./command-table.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { writeOutput } from "./write-text.js";

/** Prints a script that lets a shell ask the hidden command `__complete`. */
export function runCompletions({ operands }: Invocation, host: Host): number {
  const shell = shells.find((name) => name === operands[0]);
  if (shell === undefined || operands.length > 1) {
    return fail([`'completions' needs one of ${shells.join(", ")}`], host);
  }
  writeOutput(scripts[shell], host);
  return 0;
}

const scripts: { readonly [shell in (typeof shells)[number]]: string } = {
  bash: `# Completions for bash: source <(inventory2nix completions bash)
_inventory2nix() {
  local line word
  local -a words=()
  COMPREPLY=()
  # The words are as typed, with their quotes.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    case $word in
      [\\"\\']*) words+=("\${word:1:-1}") ;;
      *) IFS= read line <<< "$word"; words+=("$line") ;;
    esac
  done
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
    else
      printf -v line %q "\${line%%$'\\t'*}"
      COMPREPLY+=("$line")
    fi
  done < <("$1" __complete "\${words[@]}" 2>/dev/null)
}
complete -F _inventory2nix inventory2nix
`,
  zsh: `#compdef inventory2nix
# Completions for zsh: source <(inventory2nix completions zsh)
_inventory2nix() {
  local line name meaning
  local -a typed=("\${(@Q)words[2,CURRENT]}") found
  for line in "\${(@f)$("\${(Q)words[1]}" __complete "\${(@)typed}" 2>/dev/null)}"; do
    name="\${line%%$'\\t'*}"
    meaning="\${line#*$'\\t'}"
    if [[ $line == :files ]]; then
      _files
    elif [[ -n $name ]]; then
      found+=("\${name//:/\\\\:}\${meaning:+:$meaning}")
    fi
  done
  (( $#found )) && _describe 'inventory2nix' found
}
if [[ $funcstack[1] == _inventory2nix ]]; then _inventory2nix "$@"; else compdef _inventory2nix inventory2nix; fi
`,
  fish: `# Completions for fish: inventory2nix completions fish | source
function __inventory2nix_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    for line in ($typed[1] __complete $typed[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c inventory2nix -f -a "(__inventory2nix_complete)"
`,
};
