# Completion of pulsebench in fish. The program answers candidates with their descriptions, one a
# line; without any, files are completed.
function __pulsebench_complete
    set -l words (commandline -opc) "$(commandline -ct)"
    set -e words[1]
    set -l candidates (command pulsebench __complete words $words 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path $words[-1]
    end
end
complete -c pulsebench -f -a '(__pulsebench_complete)'
