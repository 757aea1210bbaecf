# R's glm stops at a relative change of the deviance of 1e-8, and its standard errors are those of
# the step before the last, even with epsilon 1e-14. Taken from the information at the estimate
# itself they agree with ours to ten digits.  R 4.2.2:
# Rscript logit_tight.R DATASETS
folder <- commandArgs(TRUE)[1]
options(digits = 12)
show <- function(m) {
    x <- model.matrix(m)
    v <- solve(t(x) %*% (x * (fitted(m) * (1 - fitted(m)))))
    print(cbind(coef(m), sqrt(diag(v)), summary(m)$coefficients[, 2]))
    v
}
tight <- list(epsilon = 1e-14, maxit = 100)
d <- read.csv(file.path(folder, "ucla-admissions/binary.csv"))
m <- glm(admit ~ gre + gpa + factor(rank), binomial, d, control = tight)
v <- show(m)
b <- coef(m)[4:6]
print(drop(t(b) %*% solve(v[4:6, 4:6]) %*% b))
r <- read.table(text = "1 .8 1.9 .996
1 .9 1.4 .992
0 .8 .8 .982
0 1 .7 .986
1 .9 1.3 .98
0 1 .6 .982
1 .95 1 .992
0 .95 1.9 1.02
0 1 .8 .999
0 .95 .5 1.038
0 .85 .7 .988
0 .7 1.2 .982
0 .8 .4 1.006
0 .2 .8 .99
0 1 1.1 .99
1 1 1.9 1.02
0 .65 .5 1.014
0 1 1 1.004
0 .5 .6 .99
1 1 1.1 .986
0 1 .4 1.01
0 .9 .6 1.02
1 1 1 1.002
0 .95 1.6 .988
1 1 1.7 .99
1 1 .9 .986
0 1 .7 .986")
m <- glm(V1 ~ V2 + V3 + V4, binomial, r, control = tight)
invisible(show(m))
