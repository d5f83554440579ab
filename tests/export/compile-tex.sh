#!/usr/bin/env bash
# Compiles every figure as LaTeX and compares it with its PDF. Not part of the tests: it needs
# pdflatex, lualatex and pdftoppm, and takes some minutes.
#
#   tests/export/compile-tex.sh PROGRAM FOLDER [PRESET ...]
#
# Writes into FOLDER: figures as .tex and .pdf, compiled pages, and both as PNG. Prints failures,
# counts, and the figures that differ most from their PDF: the mean difference of grey values, in
# percent of the difference between black and white.
set -u
program=$(realpath "$1") folder=$2
shift 2
for tool in pdflatex lualatex pdftoppm python3; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 1; }
done
mkdir -p "$folder/figures" "$folder/studies"
cd "$folder" || exit 1
export TASKSCOPE_STATE=$PWD/state

presets=("$@")
[ $# -gt 0 ] || mapfile -t presets < <("$program" presets | awk 'NF { print $1 }')
size=${SIZE:-column} trials=${TRIALS:-4}
look=(--preset "$size" --colours "${COLOURS:-okabe-ito}" --format tex,pdf)
for preset in "${presets[@]}"; do
    "$program" export "$preset" --trials "$trials" --figure all "${look[@]}" \
        --out figures >/dev/null 2>>skipped.log || echo "no figures of $preset: see skipped.log"
done
study() {
    local name=$1
    shift
    [ -d "studies/$name" ] || "$program" "$@" --out "studies/$name" >/dev/null 2>&1
    mkdir -p "figures/$name"
    "$program" export "studies/$name" --figure all "${look[@]}" --out "figures/$name" >/dev/null
}
study sweep sweep two-tasks --x source.angle=0:90:7 --trials 10
study phase sweep two-tasks --x source.angle=0:90:7 --y source.samples=40:4000:5:log --trials 6
study affinity affinity six-tasks --trials 6

# One figure: compiled alone by both programs and as a part of a document.
compile() {
    local tex=$1 base=${1%.tex} problem=""
    local name=${base//\//-}
    mkdir -p "made/$name"
    cp "$tex" "made/$name/part.tex"
    cat >"made/$name/whole.tex" <<'DOCUMENT'
\documentclass{article}
\usepackage{tikz}
\usepackage{standalone}
\begin{document}
\begin{figure}
\centering
\input{part.tex}
\caption{A figure.}
\end{figure}
\end{document}
DOCUMENT
    (
        cd "made/$name" || exit
        pdflatex -halt-on-error -interaction=batchmode -jobname=pdf part.tex >/dev/null ||
            echo "FAILED pdflatex $name"
        lualatex -halt-on-error -interaction=batchmode -jobname=lua part.tex >/dev/null ||
            echo "FAILED lualatex $name"
        pdflatex -halt-on-error -interaction=batchmode whole.tex >/dev/null ||
            echo "FAILED input $name"
        [ -f pdf.pdf ] && pdftoppm -r 100 -gray -singlefile pdf.pdf tex
        [ -f lua.pdf ] && pdftoppm -r 100 -gray -singlefile lua.pdf lua
    )
    pdftoppm -r 100 -gray -singlefile "$base.pdf" "made/$name/own"
}
export -f compile
find figures -name '*.tex' | sort | xargs -P "$(nproc)" -I{} bash -c 'compile "$1"' _ {} | sort | tee failures.log
total=$(find figures -name '*.tex' | wc -l)
for way in pdflatex lualatex input; do
    echo "$way: $((total - $(grep -c "^FAILED $way" failures.log))) of $total compile"
done
python3 - <<'PYTHON'
import pathlib

def read(path):
    data = path.read_bytes()
    parts = data.split(maxsplit=4)
    width, height = int(parts[1]), int(parts[2])
    return width, height, data[-width * height:]

found = []
for own in pathlib.Path("made").glob("*/own.pgm"):
    for kind in ("tex", "lua"):
        other = own.with_name(kind + ".pgm")
        if not other.exists():
            continue
        (w, h, a), (v, g, b) = read(own), read(other)
        if abs(w - v) > 1 or abs(h - g) > 1:
            print("SIZE", own.parent.name, (w, h), (v, g))
            continue
        rows, columns = min(h, g), min(w, v)
        apart = sum(abs(a[r * w + c] - b[r * v + c]) for r in range(rows) for c in range(columns))
        found.append((apart / (rows * columns) / 2.55, own.parent.name, kind))
found.sort(reverse=True)
for apart, name, kind in found[:8]:
    print(f"{apart:.2f} % mean difference: {name} ({kind})")
if found:
    print(f"{sum(f[0] for f in found) / len(found):.2f} % on average over {len(found)} pages")
PYTHON
! grep -q . failures.log
