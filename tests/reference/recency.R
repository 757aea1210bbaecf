# Half-lives of two classes of events: profile likelihood of R's glm plus the prior, its optimum and
# interval by optimize and uniroot, one half-life for both and one for each (optim), and the
# likelihood-ratio test between them. The leads are drawn by a generator that C repeats exactly.
# R 4.2.2: Rscript recency.R
options(digits = 12)
state <- 20266
unit <- function() { state <<- (state * 16807) %% 2147483647; state / 2147483647 }
n <- 1800
events <- list(vector("list", n), vector("list", n))
y <- numeric(n)
for (i in 1:n) {
    for (c in 1:2) {
        k <- floor(unit() * 5)
        events[[c]][[i]] <- if (k > 0) sapply(1:k, function(e) floor(120 * unit())) else numeric(0)
    }
    eta <- -3.2 + 1.1 * sum(2^(-events[[1]][[i]] / 9)) + 0.7 * sum(2^(-events[[2]][[i]] / 60))
    y[i] <- unit() < 1 / (1 + exp(-eta))
}
x <- function(c, l) sapply(events[[c]], function(a) sum(2^(-a / exp(l))))
model <- function(l1, l2) glm(y ~ x(1, l1) + x(2, l2), family = binomial, control = list(epsilon = 1e-14, maxit = 100))
prior <- function(l) -((l - log(30)) / log(2))^2 / 2
likelihood <- function(l1, l2) as.numeric(logLik(model(l1, l2)))
ends <- function(f, best) {
    level <- f(best) - qchisq(0.95, 1) / 2
    end <- function(to) if (f(to) >= level) to else uniroot(function(l) f(l) - level, sort(c(best, to)), tol = 1e-10)$root
    exp(c(best, end(log(2)), end(log(365))))
}
cat("wins", sum(y), "\n")
both <- function(l) likelihood(l, l) + prior(l)
tied <- optimize(both, log(c(2, 365)), maximum = TRUE, tol = 1e-10)$maximum
cat("tied", ends(both, tied), "\n")
apart <- optim(c(tied, tied), function(l) -likelihood(l[1], l[2]) - prior(l[1]) - prior(l[2]),
               control = list(reltol = 1e-15, maxit = 2000))$par
for (k in 1:5) { # one after the other, more precisely than optim
    apart[1] <- optimize(function(l) likelihood(l, apart[2]) + prior(l), apart[1] + c(-.1, .1), maximum = TRUE, tol = 1e-10)$maximum
    apart[2] <- optimize(function(l) likelihood(apart[1], l) + prior(l), apart[2] + c(-.1, .1), maximum = TRUE, tol = 1e-10)$maximum
}
cat("first", ends(function(l) likelihood(l, apart[2]) + prior(l), apart[1]), "\n")
cat("second", ends(function(l) likelihood(apart[1], l) + prior(l), apart[2]), "\n")
cat("p", pchisq(2 * (likelihood(apart[1], apart[2]) - likelihood(tied, tied)), 1, lower.tail = FALSE), "\n")
print(coef(summary(model(apart[1], apart[2])))[2:3, 1:2])
alone <- function(l) as.numeric(logLik(glm(y ~ x(1, l), family = binomial, control = list(epsilon = 1e-14)))) + prior(l)
cat("first alone", ends(alone, optimize(alone, log(c(2, 365)), maximum = TRUE, tol = 1e-10)$maximum), "\n")
