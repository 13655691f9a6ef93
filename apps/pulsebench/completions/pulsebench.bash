# Completion of pulsebench in bash. The program answers the candidates for the line up to the cursor,
# one a line, quoted for the shell, without what lies before the last of COMP_WORDBREAKS.
_pulsebench() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(
    command pulsebench __complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -o bashdefault -o default -F _pulsebench pulsebench
