# glmnet's ridge on the training leads that quality.py wrote, and its log loss on the test leads.
#
# usage: Rscript quality.R FOLDER
#
# FOLDER has levels.csv (attributes as levels, numbers in leadcal's bins) and columns.csv (numbers as
# numbers), each with the columns .test (0/1) and .won (0/1). cv.glmnet as it comes: ten folds drawn
# by lot (seed 1), columns standardised, deviance. Prints design, rule, lambda, log loss.
# Made with R 4.2.2, glmnet 4.1-6.
suppressPackageStartupMessages(library(glmnet))
folder <- commandArgs(trailingOnly = TRUE)[1]

log_loss <- function(p, y) {
    p <- pmin(pmax(p, 1e-15), 1 - 1e-15)
    -mean(y * log(p) + (1 - y) * log(1 - p))
}

# Every level that a training lead has gets a column; a level that none has is a row of zeros.
design <- function(all, train) {
    blocks <- lapply(setdiff(names(all), c(".test", ".won")), function(name) {
        value <- all[[name]]
        if (is.numeric(value)) {
            value[is.na(value)] <- mean(value[train], na.rm = TRUE)
            return(matrix(value, ncol = 1))
        }
        known <- sort(unique(value[train]))
        outer(value, known, "==") + 0
    })
    do.call(cbind, blocks)
}

for (name in c("levels", "columns")) {
    all <- read.csv(file.path(folder, paste0(name, ".csv")), check.names = FALSE, na.strings = "",
                    colClasses = if (name == "levels") "character" else NA)
    all$.test <- as.integer(all$.test)
    all$.won <- as.integer(all$.won)
    for (j in seq_along(all)) if (is.character(all[[j]])) all[[j]][is.na(all[[j]])] <- "(missing)"
    train <- all$.test == 0
    x <- design(all, train)
    x <- x[, apply(x[train, , drop = FALSE], 2, sd) > 0, drop = FALSE]
    set.seed(1)
    cv <- cv.glmnet(x[train, ], all$.won[train], family = "binomial", alpha = 0)
    for (rule in c("lambda.min", "lambda.1se")) {
        p <- predict(cv, x[!train, ], s = rule, type = "response")
        cat(name, rule, format(cv[[rule]], digits = 10),
            format(log_loss(as.vector(p), all$.won[!train]), digits = 10), "\n")
    }
}
