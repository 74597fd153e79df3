/** The result is written, but a part of it is missing; the message says which. */
export class IncompleteResult extends Error {
  override readonly name = 'IncompleteResult';
}
