# Logistic regression with leads whose lag is not over: won adds log p, not won log(1 - s p), s the
# share of the lag that has passed. The objective by hand, its optimum by Newton on exact
# derivatives of numeric precision; standard errors from the Hessian by Richardson's differences.
# R 4.2.2: Rscript logit_seen.R
options(digits = 12)
i <- 0:59
x <- (i * 7) %% 11 / 3
g <- i %% 3
s <- 0.15 + 0.85 * ((i * 13) %% 17) / 16
y <- as.numeric((i * 5 + i %/% 7) %% 6 < 2)
X <- cbind(1, g == 1, g == 2, x)
minus <- function(b, prior) {
    p <- plogis(drop(X %*% b))
    -sum(ifelse(y == 1, log(p), log1p(-s * p))) + prior / 2 * sum(b[2:3]^2)
}
gradient <- function(b, prior) {
    p <- plogis(drop(X %*% b))
    r <- ifelse(y == 1, 1 - p, -s * p * (1 - p) / (1 - s * p))
    -drop(t(X) %*% r) + prior * c(0, b[2:3], 0)
}
hessian <- function(b, prior) {
    h <- 1e-4
    sapply(1:4, function(j) {
        at <- function(k) { e <- b; e[j] <- e[j] + k * h; gradient(e, prior) }
        (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
    })
}
for (prior in c(0, 1 / 0.49)) {
    b <- optim(c(-1, 0, 0, 0), minus, gradient, prior = prior, method = "BFGS",
               control = list(reltol = 1e-15, maxit = 1000))$par
    for (k in 1:30) b <- b - solve(hessian(b, prior), gradient(b, prior))
    print(b)
    print(sqrt(diag(solve(hessian(b, prior)))))
    cat("deviance", 2 * minus(b, 0), "largest gradient", max(abs(gradient(b, prior))), "\n")
}
null <- optimize(function(b) minus(c(b, 0, 0, 0), 0), c(-5, 5), tol = 1e-12)
cat("null deviance", 2 * null$objective, " won", sum(y), "\n")
