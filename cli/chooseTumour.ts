import { InputError } from '../src/chain/errors';
import type { TumourSource } from '../src/chain/analysis';
import type { TumourCandidate } from './study';

/**
 * The tumour that `--tumour SERIES[:segment or ROI name]` names, or the only one there is.
 * @throws InputError MASK_UNREADABLE listing what could be named instead
 */
export function chooseTumour(
  candidates: readonly TumourCandidate[],
  wanted: string | undefined,
): TumourSource {
  const named = wanted === undefined ? drawnByPeople(candidates) : matching(candidates, wanted);
  if (named.length === 1) return sourceOf(named[0]);
  throw new InputError('MASK_UNREADABLE', refusal(candidates, named, wanted));
}

/** Segments of results stored earlier are copies; they are taken only when they are asked for. */
function drawnByPeople(candidates: readonly TumourCandidate[]): readonly TumourCandidate[] {
  return candidates.filter((candidate) => !candidate.fromResult);
}

function matching(
  candidates: readonly TumourCandidate[],
  wanted: string,
): readonly TumourCandidate[] {
  const separator = wanted.indexOf(':');
  const series = separator < 0 ? wanted : wanted.slice(0, separator);
  const name = separator < 0 ? null : wanted.slice(separator + 1);
  return candidates.filter(
    (candidate) =>
      candidate.seriesInstanceUid === series &&
      (name === null || candidate.label === name || String(candidate.number) === name),
  );
}

function sourceOf({ kind, seriesInstanceUid, number }: TumourCandidate): TumourSource {
  return kind === 'seg'
    ? { kind, seriesInstanceUid, segmentNumber: number }
    : { kind, seriesInstanceUid, roiNumber: number };
}

function refusal(
  candidates: readonly TumourCandidate[],
  named: readonly TumourCandidate[],
  wanted: string | undefined,
): string {
  if (candidates.length === 0) {
    return 'The study holds no SEG and no RTSTRUCT with a tumour: draw the tumour and store it first.';
  }
  const list = candidates
    .map(({ seriesInstanceUid, label }) => `${seriesInstanceUid}:${label}`)
    .join(', ');
  if (wanted === undefined) {
    return named.length === 0
      ? `The study holds only tumours of earlier results: name one with --tumour: ${list}.`
      : `The study holds ${named.length} candidates for the tumour: name one with --tumour: ${list}.`;
  }
  return named.length === 0
    ? `The study has no tumour “${wanted}”: name one of ${list} with --tumour.`
    : `“${wanted}” names ${named.length} segments: add the segment after a colon, one of ${list}.`;
}
