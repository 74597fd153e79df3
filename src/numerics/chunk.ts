/**
 * Samples that a kernel handles in one call. V8 compiles a function when it is called often: one that
 * loops over a whole image in a single call runs uncompiled for long, is then compiled in the middle
 * of its loop, thrown away at its end (what follows was never seen), and compiled again. A kernel that
 * holds its loop only, called for pieces, is compiled once, and the compiled code is used as soon as
 * it is there. docs/performance.md has the times.
 */
export const CHUNK = 512;
