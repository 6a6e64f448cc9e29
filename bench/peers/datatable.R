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
for (question in c("rows", "pooled")) {
	period <- if (question == "rows") "period"
	for (turn in 1:5) {
		facts <- copy(rows)
		began <- now()
		if (question == "pooled" || arguments[3] == "several") facts[, cell := sum(value), by = c(period, "region", "industry")] else facts[, cell := value]
		facts[, r := sum(value), by = c(period, "region")]
		facts[, i := sum(value), by = c(period, "industry")]
		if (is.null(period)) facts[, n := sum(value)] else facts[, n := sum(value), by = period]
		answer <- facts[, sum((cell / r) / (i / n))]
		say(question, began, answer)
	}
}
