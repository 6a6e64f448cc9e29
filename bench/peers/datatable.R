# data.table: datatable.R THREADS FILE TABLE
suppressMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
threads <- as.integer(arguments[1])
setDTthreads(threads)

now <- function() as.numeric(Sys.time()) * 1000
say <- function(what, began, answer) {
	cat(sprintf("data.table %s\t%d\t%s\t%.1f\t%.17g\n", packageVersion("data.table"), threads, what, now() - began, answer))
}

began <- now()
rows <- fread(arguments[2], nThread = threads)
say("load", began, NA)
for (turn in 1:5) {
	facts <- copy(rows)
	began <- now()
	if (arguments[3] == "several") facts[, cell := sum(value), by = .(period, region, industry)] else facts[, cell := value]
	facts[, r := sum(value), by = .(period, region)]
	facts[, i := sum(value), by = .(period, industry)]
	facts[, n := sum(value), by = period]
	answer <- facts[, sum((cell / r) / (i / n))]
	say("compute", began, answer)
}
