import type { SequenceId } from '../model/schema';

export type BothSequences<T> = Readonly<Record<SequenceId, T>>;

export function forBoth<T>(make: (sequence: SequenceId) => T): BothSequences<T> {
  return { fsT2: make('fsT2'), ceT1: make('ceT1') };
}

export function otherSequence(sequence: SequenceId): SequenceId {
  return sequence === 'fsT2' ? 'ceT1' : 'fsT2';
}
