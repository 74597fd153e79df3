# Simulated tables that are hard on survival statistics, and what R says of them.
# Run in this folder: Rscript make.R  (R 4.2.2, survival 3.5-3, riskRegression 2022.11.28,
# pec 2022.05.04, prodlim 2019.11.13, maxstat 0.7-25)
suppressMessages({library(survival); library(riskRegression); library(pec); library(maxstat); library(prodlim)})
options(warn = 1)
set.seed(2026)
tables <- list(); values <- list()
exactly <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
cases <- expand.grid(n = c(15, 60), censored = c(0, .3, .8), ties = c("none", "heavy"), stringsAsFactors = FALSE)
for (id in seq_len(nrow(cases))) {
  n <- cases$n[id]
  x1 <- rnorm(n); x2 <- rbinom(n, 1, .4); x3 <- runif(n) * 50 + 20
  score <- .8 * x1 + .5 * x2 + .02 * x3
  event <- rexp(n) / exp(score) * 60
  end <- if (cases$censored[id] == 0) rep(Inf, n) else runif(n, 0, 2 * quantile(event, 1 - cases$censored[id]))
  time <- pmin(event, end); status <- as.integer(event <= end)
  if (cases$ties[id] == "heavy") { time <- ceiling(time / 6) * 6; score <- round(score); x1 <- round(x1) }
  time <- signif(time, 9); x1 <- signif(x1, 9); x3 <- signif(x3, 9); score <- signif(score, 9)
  d <- data.frame(time, status, x1, x2, x3, score)
  if (sum(status) < 6) next
  add <- function(key, value) values[[length(values) + 1]] <<- data.frame(table = id, key, value = sprintf("%.17g", as.numeric(value)))
  tables[[length(tables) + 1]] <- cbind(table = id, d)
  for (ties in c("efron", "breslow")) {
    separated <- FALSE
    f <- withCallingHandlers(coxph(Surv(time, status) ~ x1 + x2 + x3, d, ties = ties, control = exactly),
      warning = function(w) { separated <<- TRUE; invokeRestart("muffleWarning") })
    add(paste0(ties, ".separated"), separated)
    if (separated) next
    for (v in names(coef(f))) {
      add(paste(ties, "coef", v, sep = "."), coef(f)[v]); add(paste(ties, "se", v, sep = "."), sqrt(vcov(f)[v, v]))
    }
    add(paste0(ties, ".ll0"), f$loglik[1]); add(paste0(ties, ".ll1"), f$loglik[2])
    add(paste0(ties, ".score"), f$score); add(paste0(ties, ".wald"), f$wald.test)
    add(paste0(ties, ".c"), concordance(f)$concordance); add(paste0(ties, ".cse"), sqrt(concordance(f)$var))
    h <- basehaz(f, centered = FALSE); add(paste0(ties, ".h0"), tail(h$hazard, 1))
  }
  g <- concordance(Surv(time, status) ~ score, d, reverse = TRUE)
  add("c", g$concordance); add("cse", sqrt(g$var))
  for (k in c("concordant", "discordant", "tied.x")) add(k, g$count[k])
  horizons <- sort(unique(as.numeric(quantile(time, c(.3, .6), type = 1)))); horizons <- horizons[horizons < max(time)]
  tau <- max(horizons)
  u <- concordance(Surv(time, status) ~ score, d, reverse = TRUE, timewt = "n/G2", ymax = tau)
  add("uno", u$concordance); add("unose", sqrt(u$var))
  s <- coxph(Surv(time, status) ~ score, d, x = TRUE, y = TRUE, control = exactly)
  add("slope", coef(s)); add("slopese", sqrt(vcov(s)))
  for (h in horizons) {
    r <- suppressMessages(Score(list(s = s), Surv(time, status) ~ 1, data = d, times = h, metrics = c("auc", "brier"),
      conf.int = TRUE, se.fit = TRUE, cens.model = "km", contrasts = FALSE))
    a <- r$AUC$score; b <- r$Brier$score
    add("horizon", h)
    add("auc", a$AUC[a$model == "s"]); add("aucse", a$se[a$model == "s"])
    add("brier", b$Brier[b$model == "s"]); add("brierse", b$se[b$model == "s"]); add("brierkm", b$Brier[b$model == "Null model"])
  }
  p <- pec(list(cox = s), Surv(time, status) ~ 1, data = d, exact = TRUE, maxtime = tau, cens.model = "marginal", verbose = FALSE)
  add("ibs.km", crps(p, times = tau)[1, 1]); add("ibs.cox", crps(p, times = tau)[2, 1])
  cut <- median(score); high <- as.integer(score > cut)
  add("cut", cut)
  lr <- survdiff(Surv(time, status) ~ high); add("logrank", lr$chisq); add("expected", lr$exp[1])
  km <- survfit(Surv(time, status) ~ high); add("median.low", summary(km)$table[1, "median"]); add("median.high", summary(km)$table[2, "median"])
  at <- summary(km, times = horizons[1], extend = TRUE); add("km", at$surv[1]); add("kmse", at$std.err[1])
  if (any(status == 0)) {
    q <- quantile(prodlim(Hist(time, status) ~ 1, reverse = TRUE, data = d), .5)
    add("followup", q[[1]][["quantile"]])
  }
  m <- maxstat.test(Surv(time, status) ~ score, data = d, smethod = "LogRank", pmethod = "Lau94")
  add("maxstat.cut", m$estimate); add("maxstat", m$statistic); add("maxstat.p", m$p.value)
}
write.csv(do.call(rbind, tables), "tables.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, values), "expected.csv", row.names = FALSE, quote = FALSE)
