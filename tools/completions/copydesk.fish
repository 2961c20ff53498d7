# fish completion: the options are read from --help, so that they cannot fall behind.
function __copydesk_options
    $argv[1] --help 2>/dev/null | string match --regex --groups-only -- '^ +(?:-\w, )?(--[a-z-]+)'
end
for tool in extract clean dedupe tokenize
    complete -c $tool -n 'string match -q -- "-*" (commandline -ct)' -f -a "(__copydesk_options $tool)"
    complete -c $tool -s f -l from -x -a 'text jsonl markdown html warc'
    complete -c $tool -s t -l to -x -a 'text jsonl markdown'
    complete -c $tool -l color -x -a 'auto always never'
end
