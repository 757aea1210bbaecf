/* The scripts of the pictures. Each is a constant: whatever a customer's data holds reaches gnuplot
 * as a cell of a data file, which it never evaluates. Colours: Okabe and Ito (2008), told apart with
 * any colour vision, and never alone: marks differ in form. Texts of the data are drawn as labels,
 * not tics, since gnuplot takes a per cent sign in a tic for a format. */
#include <assert.h>

#include "figure_internal.h"

#define BLUE       "'#0072B2'"
#define VERMILLION "'#D55E00'"
#define GREEN      "'#009E73'"
#define GREY       "'#595959'"
#define FAINT      "'#DDDDDD'"

/* clang-format off */

/* The first plot draws nothing: it reads the axes' ends and the lines under the title. `height` is
 * an expression that may use them. Margins are in pixels, whatever the height. */
#define BEGIN(title, height) \
    "set encoding utf8\n" \
    "set datafile separator '\\t'\n" \
    "set terminal unknown\n" \
    "set xrange [0:2]\n" \
    "set yrange [0:2]\n" \
    "plot 'head.tsv' using (x_min = $1, x_max = $2, y_max = $3, base = $4, 1):" \
        "(second = $5, who = strcol(6), when = strcol(7), 1)\n" \
    "h = 1.0 * (" height ")\n" \
    "set terminal svg size 720,h font 'sans-serif,13' background 'white' noenhanced\n" \
    "set output 'figure.svg'\n" \
    "set label 1 '" title "' at screen 0.02,1-21/h left font ',16'\n" \
    "set label 2 who at screen 0.02,1-42/h left font ',12' textcolor rgb " GREY "\n" \
    "set label 3 when at screen 0.02,1-59/h left font ',12' textcolor rgb " GREY "\n" \
    "set border 3 linecolor rgb " GREY "\n" \
    "set tics nomirror out\n" \
    "set tmargin at screen 1-84/h\n" \
    "set bmargin at screen 68/h\n" \
    "set xrange [x_min:x_max]\n" \
    "set yrange [0:y_max]\n" \
    "set bars small\n"

#define END "unset output\n"

/* ---- levels around 1 ---- */

#define LOG_AXIS(what) \
    "set lmargin at screen 0.37\n" \
    "set rmargin at screen 0.80\n" \
    "set border 1\n" \
    "unset ytics\n" \
    "unset key\n" \
    "set logscale x\n" \
    "if (x_max / x_min > 40) set xtics ('0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1, " \
        "'2' 2, '5' 5, '10' 10, '20' 20); " \
    "else set xtics ('0.05' 0.05, '0.1' 0.1, '0.15' 0.15, '0.2' 0.2, '0.3' 0.3, '0.5' 0.5, " \
        "'0.7' 0.7, '1' 1, '1.5' 1.5, '2' 2, '3' 3, '5' 5, '7' 7, '10' 10, '15' 15, '20' 20)\n" \
    "set xlabel '" what "'\n" \
    "set arrow 1 from 1, graph 0 to 1, graph 1 nohead dashtype 2 linewidth 1.5 linecolor rgb " \
        VERMILLION "\n" \
    "set label 4 'worse' at first 1, graph 1 right offset character -0.8,0.6 font ',12' " \
        "textcolor rgb " GREY "\n" \
    "set label 5 'better' at first 1, graph 1 left offset character 0.8,0.6 font ',12' " \
        "textcolor rgb " GREY "\n"

#define LEVELS "  '' using (x_min):2:(strcol(6)) with labels right offset character -1,0 font ',12'"
#define TEXTS  "  '' using (x_max):2:(strcol(7)) with labels left offset character 1,0 font ',12' " \
               "textcolor rgb " GREY

static const char rates[] =
    BEGIN("How often each level closes, against all leads, with 95 % intervals",
          "166 + 20 * (y_max - 1)")
    LOG_AXIS("times the close rate of all leads (log scale)")
    "set rmargin at screen 0.74\n"
    "set label 6 'rate, won of leads' at graph 1, graph 1 left offset character 1,0.6 "
        "font ',12' textcolor rgb " GREY "\n"
    "plot 'data.tsv' using ($1 == 1 ? $3 : NaN):2:4:5 with xerrorbars pointtype 7 pointsize 0.6 "
        "linewidth 1.5 linecolor rgb " BLUE ",\\\n"
    "  '' using ($1 == 2 ? $3 : NaN):2:4:5 with xerrorbars pointtype 6 pointsize 0.7 "
        "linewidth 1.5 linecolor rgb " BLUE ",\\\n"
    LEVELS ",\\\n" TEXTS "\n"
    END;

static const char points[] =
    BEGIN("What each level is worth: HubSpot points against logistic points",
          "196 + 20 * (y_max - 1)")
    LOG_AXIS("times the average lead (log scale)")
    "set bmargin at screen 96/h\n"
    "set key at screen 0.04,12/h left bottom horizontal maxcols 3 reverse Left samplen 1 "
        "width -3 font ',12'\n"
    "set label 6 'ratio and points' at graph 1, graph 1 left offset character 1,0.6 "
        "font ',12' textcolor rgb " GREY "\n"
    "plot 'data.tsv' using ($1 == 1 ? $4 : NaN):2:($3 - $4):(0) with vectors "
        "nohead linewidth 2 linecolor rgb '#999999' notitle,\\\n"
    "  '' using ($1 == 2 ? $4 : NaN):2:($3 - $4):(0) with vectors nohead linewidth 2 "
        "linecolor rgb " VERMILLION " notitle,\\\n"
    "  '' using 4:2 with points pointtype 4 pointsize 0.7 linewidth 1.5 linecolor rgb " GREEN
        " title 'ratio, alone',\\\n"
    "  '' using 3:2 with points pointtype 7 pointsize 0.7 linewidth 1.5 linecolor rgb " BLUE
        " title 'points, the others held',\\\n"
    "  NaN with lines linewidth 2 linecolor rgb " VERMILLION
        " title (second > 0 ? 'opposed' : ''),\\\n"
    "  '' using (x_min):2:(strcol(6)) with labels right offset character -1,0 font ',12' notitle,\\\n"
    "  '' using (x_max):2:(strcol(7)) with labels left offset character 1,0 font ',12' "
        "textcolor rgb " GREY " notitle\n"
    END;

/* ---- grades ---- */

#define UPRIGHT(unit) \
    "set lmargin at screen 0.10\n" \
    "set rmargin at screen 0.98\n" \
    "set bmargin at screen 100/h\n" \
    "unset xtics\n" \
    "set grid ytics linecolor rgb " FAINT "\n" \
    "set ylabel '" unit "' offset character 1.5,0\n" \
    "set key at screen 0.06,12/h left bottom horizontal maxcols 3 reverse Left samplen 1.5 " \
        "width -3 font ',12'\n"

#define NAMES \
    "  '' using 2:($1 == 3 ? 0 : NaN):(strcol(6)) with labels offset character 0,-1 " \
        "font ',12' notitle,\\\n" \
    "  '' using 2:($1 == 4 ? 0 : NaN):(strcol(6)) with labels offset character 0,-2.2 " \
        "font ',12' textcolor rgb " GREY " notitle\n"

static const char grades[] =
    BEGIN("Close rate by grade, with 95 % intervals", "480")
    UPRIGHT("close rate, %")
    "set arrow 1 from graph 0, first base to graph 1, first base nohead dashtype 2 "
        "linecolor rgb " VERMILLION "\n"
    "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN):4:5 with yerrorbars pointtype 7 "
        "pointsize 0.7 linewidth 1.5 linecolor rgb " BLUE " title 'observed',\\\n"
    "  '' using 2:($1 == 2 ? $3 : NaN) with points pointtype 6 pointsize 0.9 linewidth 1.5 "
        "linecolor rgb " GREEN " title (second > 0 ? 'expected (few leads)' : ''),\\\n"
    "  NaN with lines dashtype 2 linecolor rgb " VERMILLION " title 'all leads',\\\n"
    NAMES
    END;

static const char cycle[] =
    BEGIN("Days from start to won by grade: median with 95 % interval", "420")
    UPRIGHT("days")
    "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN):4:5 with yerrorbars pointtype 7 "
        "pointsize 0.7 linewidth 1.5 linecolor rgb " BLUE " title 'entered to won',\\\n"
    "  '' using 2:($1 == 2 ? $3 : NaN):4:5 with yerrorbars pointtype 5 pointsize 0.7 "
        "linewidth 1.5 linecolor rgb " VERMILLION
        " title (second > 0 ? 'opportunity created to won' : ''),\\\n"
    NAMES
    END;

/* ---- calibration and lift ---- */

#define BOTH_AXES(x, y) \
    "set lmargin at screen 0.10\n" \
    "set rmargin at screen 0.97\n" \
    "set grid linecolor rgb " FAINT "\n" \
    "set xlabel '" x "'\n" \
    "set ylabel '" y "' offset character 1,0\n"

static const char calibration[] =
    BEGIN("Does the score keep its word? Predicted against observed close rate", "460")
    BOTH_AXES("predicted by the new model, % (tenths of the test leads)", "observed, %")
    "set key top left reverse Left samplen 2\n"
    "plot x with lines dashtype 2 linecolor rgb " GREY " title 'as predicted',\\\n"
    "  'data.tsv' using 2:3:4:5 with yerrorbars pointtype 7 pointsize 0.8 linewidth 1.5 "
        "linecolor rgb " BLUE " title 'observed, with 95 % interval'\n"
    END;

static const char lift[] =
    BEGIN("How many wins do the best-scored leads hold?", "460")
    BOTH_AXES("share of the leads, best score first, %", "share of the wins, %")
    "set key bottom right samplen 3\n"
    "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN) with linespoints pointtype 7 pointsize 0.5 "
        "linewidth 2 linecolor rgb " BLUE " title 'new model (logistic)',\\\n"
    "  '' using 2:($1 == 2 ? $3 : NaN) with linespoints pointtype 4 pointsize 0.6 "
        "linewidth 1.5 linecolor rgb " VERMILLION " title 'ratio points',\\\n"
    "  '' using 2:($1 == 5 ? $3 : NaN) with linespoints pointtype 9 pointsize 0.6 "
        "linewidth 1.5 linecolor rgb " GREEN " title (second > 0 ? 'the score in use' : ''),\\\n"
    "  x with lines dashtype 2 linecolor rgb " GREY " title 'no score at all'\n"
    END;

/* ---- quarters ---- */

static const char funnel[] =
    BEGIN("Wins against leads by quarter: those who came, and those who closed", "380")
    UPRIGHT("won, % of the leads")
    "set bmargin at screen 76/h\n"
    "plot 'data.tsv' using 2:($1 == 2 ? $3 : NaN) with linespoints pointtype 4 pointsize 0.7 "
        "linewidth 1.5 dashtype 2 linecolor rgb " VERMILLION
        " title (second > 0 ? 'period rate' : ''),\\\n"
    "  '' using 2:($1 == 1 ? $3 : NaN) with linespoints pointtype 7 pointsize 0.8 "
        "linewidth 2 linecolor rgb " BLUE " title 'cohort rate',\\\n"
    "  '' using 2:($1 == 1 && strcol(7) eq 'open' ? $3 : NaN) with points pointtype 7 "
        "pointsize 0.45 linecolor rgb 'white' notitle,\\\n"
    "  NaN with points pointtype 6 pointsize 0.8 linecolor rgb " BLUE
        " title 'with open leads',\\\n"
    NAMES
    END;

static const char accept[] =
    BEGIN("What sales accepted, quarter by quarter, with 95 % intervals", "340")
    UPRIGHT("accepted, %")
    "set bmargin at screen 76/h\n"
    "set arrow 1 from graph 0, first base to graph 1, first base nohead dashtype 2 "
        "linecolor rgb " VERMILLION "\n"
    "plot 'data.tsv' using 2:($1 == 1 ? $3 : NaN):4:5 with yerrorbars pointtype 7 "
        "pointsize 0.8 linewidth 1.5 linecolor rgb " BLUE " title 'accepted',\\\n"
    "  NaN with lines dashtype 2 linecolor rgb " VERMILLION " title 'all quarters',\\\n"
    NAMES
    END;

/* ---- age ---- */

static const char maturity[] =
    BEGIN("How many leads are won by an age, with 95 % intervals", "420")
    BOTH_AXES("age of the lead, days since its decision", "won, %")
    "set key bottom right samplen 3\n"
    "if (second > 0) set arrow 1 from graph 0, first base to graph 1, first base nohead dashtype 2 "
        "linecolor rgb " VERMILLION "\n"
    "plot 'data.tsv' using 2:3 with lines linewidth 1.5 linecolor rgb " BLUE " notitle,\\\n"
    "  '' using ($2 > 0 ? $2 : NaN):3:4:5 with yerrorbars pointtype 7 pointsize 0.7 "
        "linewidth 1.5 linecolor rgb " BLUE " title 'won so far',\\\n"
    "  NaN with lines dashtype 2 linecolor rgb " VERMILLION
        " title (second > 0 ? 'won in the end' : '')\n"
    END;

/* clang-format on */

const char *lc_plot_script(enum lc_figure figure)
{
    switch (figure) {
    case LC_FIGURE_FUNNEL: return funnel;
    case LC_FIGURE_GRADES: return grades;
    case LC_FIGURE_RATES: return rates;
    case LC_FIGURE_POINTS: return points;
    case LC_FIGURE_CALIBRATION: return calibration;
    case LC_FIGURE_LIFT: return lift;
    case LC_FIGURE_CYCLE: return cycle;
    case LC_FIGURE_ACCEPT: return accept;
    case LC_FIGURE_MATURITY: return maturity;
    }
    assert(0 && "there is no such figure");
    return NULL;
}
