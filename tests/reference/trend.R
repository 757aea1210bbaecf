# The published numbers of tests/unit/test_contingency.c: the example of R's own help page of
# prop.trend.test prints X-squared = 8.2249, df = 1, p-value = 0.004132 and, with the scores
# 0 0 0 1, X-squared = 12.173, df = 1, p-value = 0.0004848.  Rscript trend.R; more digits: trend.py
smokers <- c(83, 90, 129, 70)
patients <- c(86, 93, 136, 82)
print(prop.trend.test(smokers, patients))
print(prop.trend.test(smokers, patients, c(0, 0, 0, 1)))
print(prop.trend.test(c(33, 54, 28, 12), c(61, 151, 121, 67)))
