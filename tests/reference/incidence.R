# Aalen-Johansen curves of two competing ends with their standard errors (infinitesimal jackknife),
# restricted means, log-rank tests. R 4.2.2, survival 3.5-3: Rscript incidence.R
library(survival)
options(digits = 12)
time <- c(3, 5, 5, 8, 9, 12, 12, 12, 15, 17, 21, 21, 24, 30, 30, 33, 38, 41, 47, 52, 52, 60, 66, 71)
end <- c(1, 2, 0, 2, 1, 1, 2, 0, 2, 1, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 0, 2, 0)
show <- function(time, end, at) {
    f <- survfit(Surv(time, factor(end, 0:2, c("open", "won", "lost"))) ~ 1)
    s <- summary(f, times = at)
    print(cbind(at, n = s$n.risk[, 1], s$pstate, se = s$std.err[, 2:3]))
}
show(time, end, c(2, 5, 12, 21, 30, 41, 52, 71))
show(time, pmin(end, 1), c(5, 12, 30)) # nothing but the first end: 1 - Kaplan-Meier
k <- survfit(Surv(time, end == 1) ~ 1)
print(summary(k, times = c(5, 12, 30))$std.err)
print(summary(survfit(Surv(time, sex) ~ 1, transform(lung, sex = factor(status))), times = 1)$n)
rmean <- function(f, tau) print(summary(f, rmean = tau)$table[, c("rmean", "se(rmean)")])
rmean(survfit(Surv(time, status) ~ sex, lung), 500) # methods K5
p <- pbc[1:312, ]
rmean(survfit(Surv(time / 365.25, status == 2) ~ trt, p), 10) # methods K7
print(survdiff(Surv(futime, fustat) ~ rx, ovarian)$chisq) # methods K8
print(survdiff(Surv(time, status) ~ ph.ecog, lung)) # methods K9
print(survdiff(Surv(time, status) ~ celltype, veteran))
print(survdiff(Surv(time, status) ~ x, aml, rho = 1)$chisq) # methods K6
