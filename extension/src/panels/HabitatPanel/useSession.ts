import { useEffect, useState, useSyncExternalStore } from 'react';
import type { HabitatRunService } from '../../services/HabitatRunService';
import type { Session } from '../../services/session';

/** A value that changes outside React. */
export interface Observed<Value> {
  get(): Value;
  subscribe(listener: () => void): () => void;
}

export function useObserved<Value>({ subscribe, get }: Observed<Value>): Value {
  return useSyncExternalStore(subscribe, get, get);
}

export function useSession(service: HabitatRunService, study: string): Session {
  return useObserved(service.session(study));
}

const TICK_MS = 1000;

/** The clock, read every second while `active`. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
