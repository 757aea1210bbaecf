# The numbers of tests/unit/test_beta.c and test_contingency.c.  R 4.2.2: Rscript beta_and_fisher.R
options(digits = 15)
shapes <- list(c(0.5, 20.5), c(5.4, 45.2), c(81.5, 182.5), c(1e5, 9e5), c(3e6, 27e6), c(2e4, 3),
               c(0.7, 1e6), c(2.385, 0.035))
for (s in shapes)
    cat(sprintf("    {%.17g, %.17g, %.15g, %.15g, %.15g},\n", s[1], s[2], qbeta(.025, s[1], s[2]),
                qbeta(.975, s[1], s[2]), pbeta(s[1] / sum(s), s[1], s[2])))
tables <- list(c(3, 7, 19, 211), c(40, 960, 1210, 97790), c(8, 2, 1, 9), c(0, 13, 30, 36),
               c(250000, 250000, 250600, 249400))
for (t in tables)
    cat(sprintf("    {%g, %g, %g, %g, %.15g},\n", t[1], t[2], t[3], t[4],
                fisher.test(matrix(t, 2, byrow = TRUE))$p.value))
