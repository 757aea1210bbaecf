# Mixture cure of survival::gbsg by maximum likelihood: methods K12, with more digits, for the
# log-normal and the plain law, and with times in whole 30 days. The gradient by hand, its zero by
# Newton with differences of it, standard errors from the same.
# R 4.2.2, survival 3.5-3: Rscript cure.R
library(survival)
options(digits = 13)
law <- list(
    weibull = list(above = function(z) exp(-exp(z)), g = function(z) exp(z - exp(z))),
    lognormal = list(above = function(z) pnorm(z, lower.tail = FALSE), g = dnorm))
# -log-likelihood; b: log-odds of c (left out: c is 1), location, log scale
minus <- function(b, l, t, d, tick) {
    c <- if (length(b) == 3) plogis(b[1]) else 1
    b <- tail(b, 2)
    z <- function(t) (log(t) - b[1]) / exp(b[2])
    won <- if (tick > 0) log(l$above(z(t)) - l$above(z(t + tick))) else log(l$g(z(t))) - b[2] - log(t)
    -sum(ifelse(d == 1, log(c) + won, log(1 - c + c * l$above(z(t + tick)))))
}
# Differences of eighth order: the functions are smooth, so nothing but rounding is left.
weights <- c(4 / 5, -1 / 5, 4 / 105, -1 / 280)
slope <- function(f, b, j, h) {
    at <- function(k) { e <- b; e[j] <- e[j] + k * h; f(e) }
    Reduce(`+`, lapply(1:4, function(k) weights[k] * (at(k) - at(-k)))) / h
}
gradient <- function(b, ...) sapply(seq_along(b), function(j) slope(function(e) minus(e, ...), b, j, 2e-3))
hessian <- function(b, ...) sapply(seq_along(b), function(j) slope(function(e) gradient(e, ...), b, j, 2e-3))
show <- function(what, start, ...) {
    b <- optim(start, function(e) minus(e, ...), control = list(maxit = 5000, reltol = 1e-14))$par
    for (k in 1:20) b <- b - solve(hessian(b, ...), gradient(b, ...))
    cat(what, "logLik", -minus(b, ...), "\n")
    print(rbind(b, se = sqrt(diag(solve(hessian(b, ...))))))
}
t <- gbsg$rfstime
d <- gbsg$status
for (l in names(law)) {
    show(paste(l, "cure"), c(0.5, 7, -0.4), law[[l]], t, d, 0)
    show(paste(l, "plain"), c(7, -0.4), law[[l]], t, d, 0)
    show(paste(l, "cure, months"), c(0.5, 7, -0.4), law[[l]], t %/% 30 * 30, d, 30)
}
