# Shrout and Fleiss 1979, table 2: six targets, four judges. Rscript icc.R prints what icc.test.ts expects.
x <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), 6, byrow = TRUE)
n <- 6; k <- 4; d <- data.frame(y = c(x), p = factor(rep(1:n, k)), r = factor(rep(1:k, each = n)))
m <- summary(aov(y ~ p + r, d))[[1]][["Mean Sq"]]; R <- m[1]; C <- m[2]; E <- m[3]
A <- (R - E) / (R + (k - 1) * E + k * (C - E) / n); K <- (R - E) / (R + (k - 1) * E)
a <- k * A / (n * (1 - A)); b <- 1 + k * A * (n - 1) / (n * (1 - A))
v <- (a * C + b * E)^2 / ((a * C)^2 / (k - 1) + (b * E)^2 / ((n - 1) * (k - 1)))
l <- qf(.975, n - 1, v); u <- qf(.975, v, n - 1)
fl <- R / E / qf(.975, n - 1, (n - 1) * (k - 1)); fu <- R / E * qf(.975, (n - 1) * (k - 1), n - 1)
print(c(A, n * (R - l * E) / (l * (k * C + (k * n - k - n) * E) + n * R),
  n * (u * R - E) / (k * C + (k * n - k - n) * E + n * u * R),
  K, (fl - 1) / (fl + k - 1), (fu - 1) / (fu + k - 1)), digits = 15)
