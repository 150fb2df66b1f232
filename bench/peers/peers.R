# CPU seconds of metafor (Debian: apt-get install r-base-core r-cran-metafor) for the work of bench/Numerics, same data.
# Prints "time KEY SECONDS" lines; called by bench/Numerics, which passes the data.
suppressMessages(library(metafor))
start <- sum(proc.time()[1:2])
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
arguments <- commandArgs(trailingOnly = TRUE)
x <- numbers(arguments[1]); u <- numbers(arguments[2]); x6 <- numbers(arguments[3]); u6 <- numbers(arguments[4])

cpu <- function(work, count, runs = 5) {
  work()
  median(replicate(runs, { t <- proc.time(); for (i in seq_len(count)) work(); sum((proc.time() - t)[1:2]) / count }))
}
report <- function(key, seconds) cat(sprintf("time %s %.9f\n", key, seconds))

cat(sprintf("versions %s, metafor %s\n", R.version.string, packageVersion("metafor")))
report("start", start)
report("dl", cpu(function() rma(yi = x, sei = u, method = "DL"), 20))
report("pm", cpu(function() rma(yi = x, sei = u, method = "PM"), 20))
report("reml", cpu(function() rma(yi = x, sei = u, method = "REML"), 20))
report("loo", cpu(function() leave1out(rma(yi = x, sei = u, method = "DL")), 2))

# NICOB's parametric bootstrap calls rma once a replicate: 200 of them, times fifty.
fit <- rma(yi = x6, sei = u6, method = "DL")
replicate_once <- function() rma(yi = rnorm(6, fit$b, sqrt(fit$tau2 + u6^2)), sei = u6, method = "DL")
report("dl_bootstrap", 10000 * cpu(replicate_once, 40))
