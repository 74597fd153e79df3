import type { StoredResult } from '../../../src/chain/storedResult';
import type { Outcome, Session } from './session';
import { isUnsaved } from './session';
import { NOT_STORED } from './storing';

/** A stored result on its way from the archive into the panel. */
export type Opening =
  | { readonly state: 'opening'; readonly uid: string }
  | { readonly state: 'failed'; readonly uid: string; readonly message: string };

export type ArchiveAction =
  | { readonly type: 'stored/opening'; readonly uid: string }
  | { readonly type: 'stored/opened'; readonly stored: StoredResult }
  | { readonly type: 'stored/failed'; readonly uid: string; readonly message: string };

export function reduceArchive(session: Session, action: ArchiveAction): Session {
  switch (action.type) {
    case 'stored/opening':
      return { ...session, opening: { state: 'opening', uid: action.uid } };
    case 'stored/opened': {
      const { identity } = action.stored;
      // Another one was chosen meanwhile, or a new result was computed, which must not be pushed aside.
      if (session.opening?.uid !== identity.sopInstanceUid) return session;
      if (!mayShowStored(session)) return { ...session, opening: null };
      return { ...session, opening: null, outcome: outcomeOf(action.stored) };
    }
    case 'stored/failed': {
      if (session.opening?.uid !== action.uid) return session;
      const { uid, message } = action;
      return { ...session, opening: { state: 'failed', uid, message } };
    }
  }
}

/** A result that is not stored yet is never replaced by one that is. */
export function mayShowStored({ run, outcome }: Session): boolean {
  return run.phase !== 'running' && !(outcome && isUnsaved(outcome));
}

function outcomeOf({ result, identity, changes }: StoredResult): Outcome {
  const verified = { state: 'verified' } as const;
  return {
    result,
    tumour: null,
    inputs: '',
    storing: { ...NOT_STORED, phase: 'stored', objects: { SEG: verified, SR: verified } },
    archive: { identity, changes },
  };
}

/**
 * The stored result to show without being asked: the newest. Series are listed one by one, so a newer one
 * may come to light later; a result that was computed here is never replaced.
 */
export function resultToOpen(session: Session): string | null {
  const { facts, outcome, opening } = session;
  const newest = facts.reports.at(0)?.sopInstanceUid;
  if (newest === undefined || !mayShowStored(session)) return null;
  if (outcome && !outcome.archive) return null;
  const present = opening?.uid ?? outcome?.archive?.identity.sopInstanceUid;
  return present === newest ? null : newest;
}

/** Why a stored result is no longer current, in sentences. */
export function archiveCautions({ model }: Session, { result, archive }: Outcome): string[] {
  if (!archive) return [];
  const now = model.current?.model;
  const { name, version, hash } = result.provenance.model;
  const same = hash === '' ? now?.name === name && now.version === version : now?.hash === hash;
  const changed =
    now && !same
      ? [
          `This result was computed with the model ${name} ${version}; the model loaded now, ${now.name} ${now.version}, is another one: analyse again to apply it.`,
        ]
      : [];
  return [...archive.changes, ...changed];
}
