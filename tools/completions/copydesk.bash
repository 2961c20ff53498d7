# bash completion for extract, clean, dedupe and tokenize: options from --help, the values of the ones
# that take a closed set, files for the rest. Source it, or install it as the completion of each program.

_copydesk() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} help words
  help=$("${COMP_WORDS[0]}" --help 2> /dev/null)
  COMPREPLY=()
  case $previous in
    -f | --from | -t | --to) words="text jsonl markdown html warc" ;;
    --color) words="auto always never" ;;
    *)
      if [[ $current == -* ]]; then
        words=$(grep -oE '^ +(-[A-Za-z0-9], )?--[a-z-]+' <<< "$help" | grep -oE -- '--[a-z-]+')
      fi
      ;;
  esac
  if [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _copydesk extract clean dedupe tokenize
