/* The scripts of the pictures. Each is a constant: whatever a customer's data holds reaches gnuplot
 * as a cell of a data file, which it never evaluates. Colours: Okabe and Ito (2008), told apart with
 * any colour vision. Texts of the data are drawn as labels, not tics, since gnuplot takes a per cent
 * sign in a tic for a format. */
#include <assert.h>

#include "figure_internal.h"

#define BLUE       "'#0072B2'"
#define VERMILLION "'#D55E00'"
#define GREEN      "'#009E73'"
#define GREY       "'#595959'"

/* The first plot draws nothing: it reads the axes' ends and the lines under the title. */
#define BEGIN(title)                                                                \
    "set encoding utf8\n"                                                           \
    "set datafile separator '\\t'\n"                                                \
    "set terminal unknown\n"                                                        \
    "set xrange [0:2]\n"                                                            \
    "set yrange [0:2]\n"                                                            \
    "plot 'head.tsv' using (x_max = $1, y_max = $2, base = $3, 1):"                 \
    "(second = $4, who = strcol(5), when = strcol(6), 1)\n"                         \
    "set terminal svg size 720,480 font 'sans,12' background 'white' noenhanced\n"  \
    "set output 'figure.svg'\n"                                                     \
    "set label 1 '" title "' at screen 0.02,0.96 left font ',15'\n"                 \
    "set label 2 who at screen 0.02,0.915 left font ',11' textcolor rgb " GREY "\n" \
    "set label 3 when at screen 0.02,0.88 left font ',11' textcolor rgb " GREY "\n" \
    "set border 3 linecolor rgb " GREY "\n"                                         \
    "set tics nomirror out\n"                                                       \
    "set tmargin at screen 0.83\n"                                                  \
    "set bmargin at screen 0.13\n"                                                  \
    "set xrange [0:x_max]\n"                                                        \
    "set yrange [0:y_max]\n"                                                        \
    "set bars small\n"

#define END "unset output\n"

static const char rates[] = BEGIN(
    "Close rate of the best-supported levels, with 95 % intervals") "set lmargin at screen 0.36\n"
                                                                    "set rmargin at screen 0.84\n"
                                                                    "set border 1\n"
                                                                    "unset ytics\n"
                                                                    "set xlabel 'close rate, %'\n"
                                                                    "set arrow 1 from base, graph 0 to base, graph 1 nohead dashtype 2 linecolor rgb " VERMILLION
                                                                    "\n"
                                                                    "unset key\n"
                                                                    "set label 4 'dashed: all leads' at screen 0.98,0.035 right font ',11' textcolor rgb " VERMILLION
                                                                    "\n"
                                                                    "plot 'data.tsv' using 3:2:4:5 with xerrorbars pointtype 7 pointsize 0.6 linewidth 1.5 "
                                                                    "linecolor rgb " BLUE
                                                                    ",\\\n"
                                                                    "  '' using (0):2:(strcol(6)) with labels right offset character -1,0 font ',11',\\\n"
                                                                    "  '' using (x_max):2:(strcol(7)) with labels left offset character 1,0 font ',11' "
                                                                    "textcolor rgb " GREY
                                                                    "\n" END;

static const char grades[] = BEGIN(
    "Close rate by grade, with 95 % intervals") "set lmargin at screen 0.09\n"
                                                "set rmargin at screen 0.98\n"
                                                "set bmargin at screen 0.19\n"
                                                "unset xtics\n"
                                                "set grid ytics linecolor rgb '#DDDDDD'\n"
                                                "set ylabel 'close rate, %' offset character 1,0\n"
                                                "set key at screen 0.53,0.035 center center horizontal maxrows 1 samplen 1.5\n"
                                                "set arrow 1 from graph 0, first base to graph 1, first base nohead dashtype 2 "
                                                "linecolor rgb " VERMILLION "\n"
                                                "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN):4:5 with yerrorbars pointtype 7 pointsize 0.7 "
                                                "linewidth 1.5 linecolor rgb " BLUE
                                                " title 'observed',\\\n"
                                                "  '' using 2:($1 == 2 ? $3 : NaN) with points pointtype 6 pointsize 0.9 linewidth 1.5 "
                                                "linecolor rgb " GREEN
                                                " title (second > 0 ? 'expected, under 20 leads' : ''),\\\n"
                                                "  NaN with lines dashtype 2 linecolor rgb " VERMILLION
                                                " title 'all leads',\\\n"
                                                "  '' using 2:($1 == 3 ? 0 : NaN):(strcol(6)) with labels offset character 0,-1 notitle,\\\n"
                                                "  '' using 2:($1 == 4 ? 0 : NaN):(strcol(6)) with labels offset character 0,-2.2 "
                                                "font ',11' textcolor rgb " GREY
                                                " notitle\n" END;

static const char cycle[] = BEGIN(
    "Days from start to won by grade: median with 95 % interval") "set lmargin at screen 0.09\n"
                                                                  "set rmargin at screen 0.98\n"
                                                                  "set bmargin at screen 0.19\n"
                                                                  "unset xtics\n"
                                                                  "set grid ytics linecolor rgb '#DDDDDD'\n"
                                                                  "set ylabel 'days' offset character 1,0\n"
                                                                  "set key at screen 0.53,0.035 center center horizontal maxrows 1 samplen 1.5\n"
                                                                  "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN):4:5 with yerrorbars pointtype 7 pointsize 0.7 "
                                                                  "linewidth 1.5 linecolor rgb " BLUE
                                                                  " title 'entered to won',\\\n"
                                                                  "  '' using 2:($1 == 2 ? $3 : NaN):4:5 with yerrorbars pointtype 5 pointsize 0.7 "
                                                                  "linewidth 1.5 linecolor rgb " VERMILLION
                                                                  " title (second > 0 ? 'opportunity created to won' : ''),\\\n"
                                                                  "  '' using 2:($1 == 3 ? 0 : NaN):(strcol(6)) with labels offset character 0,-1 notitle,\\\n"
                                                                  "  '' using 2:($1 == 4 ? 0 : NaN):(strcol(6)) with labels offset character 0,-2.2 "
                                                                  "font ',11' textcolor rgb " GREY
                                                                  " notitle\n" END;

static const char calibration[] = BEGIN(
    "Does the score keep its word? Predicted against observed close rate") "set lmargin at screen 0.10\n"
                                                                           "set rmargin at screen 0.97\n"
                                                                           "set grid linecolor rgb '#DDDDDD'\n"
                                                                           "set xlabel 'predicted by the new model, % (tenths of the test leads)'\n"
                                                                           "set ylabel 'observed, %' offset character 1,0\n"
                                                                           "set key top left reverse Left samplen 2\n"
                                                                           "plot x with lines dashtype 2 linecolor rgb " GREY
                                                                           " title 'as predicted',\\\n"
                                                                           "  'data.tsv' using 2:3:4:5 with yerrorbars pointtype 7 pointsize 0.8 linewidth 1.5 "
                                                                           "linecolor rgb " BLUE
                                                                           " title 'observed, with 95 % interval'\n" END;

static const char lift[] = BEGIN(
    "How many wins do the best-scored leads hold?") "set lmargin at screen 0.10\n"
                                                    "set rmargin at screen 0.97\n"
                                                    "set grid linecolor rgb '#DDDDDD'\n"
                                                    "set xlabel 'share of the leads, best score first, %'\n"
                                                    "set ylabel 'share of the wins, %' offset character 1,0\n"
                                                    "set key bottom right samplen 3\n"
                                                    "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN) with linespoints pointtype 7 pointsize 0.5 "
                                                    "linewidth 2 linecolor rgb " BLUE
                                                    " title 'new model (logistic)',\\\n"
                                                    "  '' using 2:($1 == 2 ? $3 : NaN) with linespoints pointtype 4 pointsize 0.6 linewidth 1.5 "
                                                    "linecolor rgb " VERMILLION
                                                    " title 'ratio points',\\\n"
                                                    "  x with lines dashtype 2 linecolor rgb " GREY
                                                    " title 'no score at all'\n" END;

const char *lc_plot_script(enum lc_figure figure)
{
    switch (figure) {
    case LC_FIGURE_RATES: return rates;
    case LC_FIGURE_GRADES: return grades;
    case LC_FIGURE_CYCLE: return cycle;
    case LC_FIGURE_CALIBRATION: return calibration;
    case LC_FIGURE_LIFT: return lift;
    }
    assert(0 && "there is no such figure");
    return NULL;
}
