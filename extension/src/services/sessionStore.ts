import type { Action } from './reduce';
import type { Session } from './session';
import type { StateStore } from './stateStore';

/** The state of one study; everything that changes goes through it. */
export type SessionStore = StateStore<Session, Action>;

/** What the parts of the service share: the session of a study, and its habitats over the images. */
export interface Sessions {
  session(studyInstanceUid: string): SessionStore;
  /** Shows the study's registration and, where a result has come onto the screen, its habitats. */
  refresh(studyInstanceUid: string, shown: boolean): Promise<void>;
}
